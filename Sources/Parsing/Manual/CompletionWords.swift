/// The words that shells complete, gathered from the declarations.
extension Program {
  /// The first words of all commands in order, without repetitions: `models` once.
  var firstWords: [String] {
    var seen: Set<String> = []
    return commands.map { String($0.name.prefix { $0 != " " }) }.filter { seen.insert($0).inserted }
  }

  /// The commands whose first word is `first`: `models show` and `models get` for `models`.
  func secondWords(after first: String) -> [Command] {
    commands.filter { $0.name.hasPrefix(first + " ") }
  }

  /// The options of a command, with `--help`.
  func allOptions(of command: Command) -> [Declaration] { command.options + [Program.helpOption] }

  /// The summary of the command with this name, or a list of the commands of this group.
  func summary(ofFirst word: String) -> String {
    commands.first { $0.name == word }?.summary
      ?? "Commands: \(secondWords(after: word).map { $0.secondWord }.joined(separator: ", "))."
  }
}

extension Command {
  /// `show` of `models show`.
  var secondWord: String { String(name.split(separator: " ").last ?? "") }
}

extension Declaration {
  /// The option's flags, the short one first.
  var flags: [String] { (short.map { ["-\($0)"] } ?? []) + [flag] }

  /// The first sentence of the help, for shells that show it beside the option.
  var firstSentence: String {
    var sentence = ""
    for word in help.split(separator: " ") {
      sentence += (sentence.isEmpty ? "" : " ") + word
      if word.hasSuffix("."), !word.hasSuffix("e.g.") { break }
    }
    return sentence
  }
}

extension String {
  /// The text in single quotes, which shells read unchanged.
  var shellQuoted: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
