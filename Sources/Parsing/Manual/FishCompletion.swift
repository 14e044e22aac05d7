/// Completions for fish, with a sentence beside each command and option.
extension Program {
  package var fishCompletion: String {
    """
    # Completions of \(name) for fish, printed by '\(name) manual --form fish'.
    # Whether the words so far name a command: one word, or two.
    function __\(name)_is
      set -l words (commandline -opc)
      set -e words[1]
      test "$words[1]" = "$argv[1]"; or return 1
      if set -q argv[2]
        test "$words[2]" = "$argv[2]"; or return 1
      end
    end
    complete -c \(name) -f
    \(firstWords.map(fishFirst).joined(separator: "\n"))
    \(["help", "--help", "--version"].map { "complete -c \(name) -n __fish_use_subcommand -a \($0)" }.joined(separator: "\n"))
    \(firstWords.flatMap { secondWords(after: $0).map(fishSecond) }.joined(separator: "\n"))
    \(commands.flatMap(fishLines).joined(separator: "\n"))
    """
  }

  private func fishFirst(_ word: String) -> String {
    "complete -c \(name) -n __fish_use_subcommand -a \(word) -d \(summary(ofFirst: word).fishQuoted)"
  }

  private func fishSecond(_ command: Command) -> String {
    let first = String(command.name.prefix { $0 != " " })
    return
      "complete -c \(name) -n '__\(name)_is \(first); and test (count (commandline -opc)) -eq 2' "
      + "-a \(command.secondWord) -d \(command.summary.fishQuoted)"
  }

  private func fishLines(_ command: Command) -> [String] {
    let start = "complete -c \(name) -n \(condition(command).fishQuoted)"
    let operands = command.operands.completion == .files && command.operands.count.upperBound > 0
    let options = allOptions(of: command).map { option in
      var line = start
      if let short = option.short { line += " -s \(short)" }
      line += " -l \(option.name)"
      if option.placeholder != nil {
        switch option.completion {
        case .none: line += " -x"
        case .files: line += " -r -F"
        case .words(let words): line += " -x -a \(words.joined(separator: " ").fishQuoted)"
        case .list(let words):
          line += " -x -a \"(__fish_append , \(words.joined(separator: " ")))\""
        }
      }
      return line + " -d \(option.firstSentence.fishQuoted)"
    }
    return (operands ? [start + " -F"] : []) + options
  }

  /// The condition that the words so far name this command, and not a longer one that begins with
  /// its name.
  private func condition(_ command: Command) -> String {
    let longer = secondWords(after: command.name).map { "; and not __\(name)_is \($0.name)" }
    return "__\(name)_is \(command.name)" + longer.joined()
  }
}

extension String {
  /// The text in single quotes, which fish reads unchanged.
  fileprivate var fishQuoted: String { "'" + escaped("\\'") + "'" }
}
