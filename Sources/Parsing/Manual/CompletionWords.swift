/// What a shell offers, gathered from the declarations.
extension Program {
  /// The first words of commands, in their order: `models` once.
  var firstWords: [String] {
    var seen: Set<String> = []
    return commands.map { String($0.name.prefix { $0 != " " }) }.filter { seen.insert($0).inserted }
  }

  /// The second words of commands that begin with a word: `show` and `get` of `models`.
  func secondWords(after first: String) -> [Command] {
    commands.filter { $0.name.hasPrefix(first + " ") }
  }

  /// The options of a command, with `--help`.
  func allOptions(of command: Command) -> [Declaration] { command.options + [Program.helpOption] }

  /// What may be said of a first word: a command's summary, or that of a group of them.
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
  /// The flags that name it, the short one first.
  var flags: [String] { (short.map { ["-\($0)"] } ?? []) + [flag] }

  /// Its help up to the end of the first sentence, for shells that show it beside the option.
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
  /// In single quotes, as shells read a text without changing it.
  var shellQuoted: String {
    "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
