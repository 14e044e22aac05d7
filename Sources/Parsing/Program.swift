import Ground

/// A family of commands under one name, and the parsing of its command line.
package struct Program: Sendable {
  package let name: String
  let summary: String
  let version: @Sendable () -> String
  package let commands: [Command]
  /// Called when a command reads an option that it does not have. That is a mistake in Fieldmark:
  /// tests check for it, and users get the option's default.
  package var undeclared: @Sendable (_ command: String, Declaration) -> Void = { _, _ in }

  package init(
    name: String, summary: String, version: @escaping @Sendable () -> String, commands: [Command]
  ) {
    self.name = name
    self.summary = summary
    self.version = version
    self.commands = commands
  }

  static let helpOption = Option<Bool>("help", short: "h", "Shows this help.").declaration

  /// Runs the command that the words name. Every error ends in one sentence on standard error and a
  /// status that says what kind of error it was.
  package func run(_ words: [Word], output: Output = .standard) -> ExitStatus {
    do {
      return try start(words, output)
    } catch let error as InputError {
      output.note(error.description)
      return ExitStatus(error.kind)
    } catch is Interrupted {
      output.note("Interrupted; the same command goes on from there.")
      return .interrupted
    } catch {
      output.note("\(name): an internal error: \(error). Please report it.")
      return .ownFault
    }
  }

  private func start(_ words: [Word], _ output: Output) throws -> ExitStatus {
    var texts = words.map { String(decoding: $0, as: UTF8.self) }
    if texts.first == "--version" {
      try output.print(version())
      return .done
    }
    let helpWords = ["help", "--help", "-h"]
    let wantsHelp = texts.first.map(helpWords.contains) ?? true
    if wantsHelp { texts = Array(texts.dropFirst()) }
    if texts.isEmpty {
      try output.print(help)
      return .done
    }
    guard let (command, length) = command(startingWith: texts) else {
      guard let group = group(texts[0]) else { throw unknownCommand(texts) }
      return try group.start(Array(words.drop { $0 != Word(texts[0].utf8) }.dropFirst()), output)
    }
    let rest = Array(words.dropFirst(length))
    if wantsHelp || asksForHelp(rest) {
      try output.print(help(for: command))
      return .done
    }
    do {
      return try command.run(try parse(rest, for: command), output)
    } catch let error as InputError {
      throw error.naming(command.options)
    }
  }

  /// The command with the longest name that the words begin with, so that `models show` comes
  /// before `models`.
  private func command(startingWith texts: [String]) -> (command: Command, length: Int)? {
    let found = commands.filter { command in
      let name = command.name.split(separator: " ").map(String.init)
      return texts.starts(with: name)
    }
    return found.max { $0.name.count < $1.name.count }
      .map { ($0, $0.name.split(separator: " ").count) }
  }

  /// The commands that begin with a word which is no command itself, such as `bench`. The group has
  /// its own help.
  private func group(_ word: String) -> Program? {
    let members = commands.filter { $0.name.hasPrefix(word + " ") }
    return members.isEmpty
      ? nil
      : Program(
        name: "\(name) \(word)", summary: "The commands of '\(name) \(word)'.", version: version,
        commands: members.map { $0.named(String($0.name.dropFirst(word.count + 1))) })
  }

  private func unknownCommand(_ texts: [String]) -> InputError {
    let names = Set(commands.map { String($0.name.prefix { $0 != " " }) }).sorted()
    let hint = nearest(to: texts[0], among: names + ["--help", "--version"])
      .map { "did you mean '\($0)'?" }
    return InputError(
      name, expected: "a command", found: quoted(Word(texts[0].utf8)),
      hint: hint ?? "'\(name) --help' lists them", kind: .words)
  }

  /// Whether `--help` is among the options. It works even if other options are wrong.
  private func asksForHelp(_ words: [Word]) -> Bool {
    words.prefix { $0 != Word("--".utf8) }
      .contains { $0 == Word("--help".utf8) || $0 == Word("-h".utf8) }
  }
}

extension InputError {
  /// The error with the flags of the options that set what the hint is about: `a shorter text fits,
  /// or one that is cut (--truncate)`.
  fileprivate func naming(_ options: [Declaration]) -> InputError {
    let flags = settings.compactMap { setting in
      options.first { $0.setting == setting }?.flag
    }
    guard !flags.isEmpty, let hint else { return self }
    var named = self
    named.hint = "\(hint) (\(flags.joined(separator: ", ")))"
    return named
  }
}
