import Ground

/// Parses words into operands and options: `--name value`, `--name=value`, `-n value`, `-n=value`.
/// Everything after `--` is an operand, whatever it looks like, and so is a lone `-`.
extension Program {
  func parse(_ words: [Word], for command: Command) throws -> Input {
    var operands: [Word] = []
    var given: [String: [Word]] = [:]
    var behind: [Unquoted?] = []
    var text: Unquoted?
    var rest = words[...]
    let options = command.options
    while let word = rest.popFirst() {
      if word == Word("--".utf8) {
        operands += rest
        behind += [Unquoted?](repeating: nil, count: rest.count)
        break
      }
      guard word.count > 1, word[0] == UInt8(ascii: "-") else {
        operands.append(word)
        behind.append(text)
        continue
      }
      let parts = word.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let flag = String(decoding: parts[0], as: UTF8.self)
      let option = try self.option(flag, among: options, of: command)
      let attached = parts.count > 1 ? Word(parts[1]) : nil
      if let value = try value(of: option, as: flag, attached: attached, rest: &rest, options) {
        if !option.repeats, given[option.name] != nil {
          throw InputError(
            "option \(option.flag)", expected: "a single value", found: "two", kind: .words)
        }
        given[option.name, default: []].append(value)
        text = option.takesWords ? Unquoted(flag: flag, value: value, place: rest.startIndex) : nil
      }
    }
    var input = Input(
      name: "\(name) \(command.name)", operands: operands, behind: behind,
      undeclared: { [undeclared] in undeclared(command.name, $0) })
    try check(input, command)
    input.values = try options.map { option in
      let (words, standard) = (given[option.name] ?? [], try option.check([]))
      let value = try option.check(words)
      return Input.Declared(
        option: option, value: value, isGiven: !words.isEmpty,
        isChanged: !words.isEmpty && "\(value)" != "\(standard)")
    }
    return input
  }

  private func option(
    _ flag: String, among options: [Declaration], of command: Command
  ) throws -> Declaration {
    let match = options.first { option in
      option.flag == flag || option.short.map { "-\($0)" } == flag
    }
    if let match { return match }
    let hint = renamed(flag, options) ?? suggestion(for: flag, options)
    throw InputError(
      "\(name) \(command.name)", expected: "one of its options", found: quoted(Word(flag.utf8)),
      hint: hint ?? "'\(name) \(command.name) --help' lists them", kind: .words)
  }

  /// A hint with the present name of an option that had this name, or a similar one, in an earlier
  /// version.
  private func renamed(_ flag: String, _ options: [Declaration]) -> String? {
    let former = options.compactMap { option in option.formerly.map { ("--" + $0, option.flag) } }
    return nearest(to: flag, among: options.map(\.flag) + former.map(\.0)).flatMap { name in
      former.first { $0.0 == name }.map { "did you mean '\($0.1)'?" }
    }
  }

  private func suggestion(for flag: String, _ options: [Declaration]) -> String? {
    nearest(to: flag, among: options.map(\.flag) + [Program.helpOption.flag])
      .map { "did you mean '\($0)'?" }
  }

  /// The word that is an option's value; an empty word for an option without a value.
  private func value(
    of option: Declaration, as flag: String, attached: Word?, rest: inout ArraySlice<Word>,
    _ options: [Declaration]
  ) throws -> Word? {
    guard option.placeholder != nil else {
      guard let attached else { return [] }
      throw InputError(
        "option \(option.flag)", expected: "no value", found: quoted(attached), kind: .words)
    }
    if let attached { return attached }
    guard let next = rest.popFirst() else {
      throw InputError(
        "option \(option.flag)", expected: "a value", found: "the end of the line", kind: .words)
    }
    let text = String(decoding: next, as: UTF8.self)
    let isOption = options.contains { $0.flag == text }
    if isOption {
      throw InputError(
        "option \(option.flag)", expected: "a value", found: "the option \(text)",
        hint: "write \(option.flag)=\(text) if that is the value", kind: .words)
    }
    return next
  }

  private func check(_ input: Input, _ command: Command) throws {
    let (count, operands) = (command.operands.count, input.operands)
    if count.contains(operands.count) { return }
    let expected =
      count.upperBound == 0
      ? "options only"
      : count.upperBound == 1
        ? "one \(command.operands.word)" : "at least one \(command.operands.word)"
    let found =
      operands.isEmpty
      ? "none" : count.upperBound == 0 ? quoted(operands[0]) : "\(operands.count)"
    throw InputError(
      "\(name) \(command.name)", expected: expected, found: found,
      hint: input.quotesThatWouldHelp ?? "see '\(name) \(command.name) --help'", kind: .words)
  }
}
