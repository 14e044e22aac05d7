/// Completions for zsh, with a sentence beside each command and option.
extension Program {
  package var zshCompletion: String {
    """
    #compdef \(name)
    # Completions of \(name) for zsh, printed by '\(name) manual --form zsh'.
    _\(name)() {
      local -a commands
      commands=(
    \(firstWords.map { "    " + described($0, summary(ofFirst: $0)) }.joined(separator: "\n"))
      )
      if ((CURRENT == 2)); then
        _describe -t commands 'command' commands
        return
      fi
      local command=$words[2]
      case "$words[2] $words[3]" in
    \(commands.filter { $0.name.contains(" ") }.map(ofTwoWords).joined(separator: "\n"))
      esac
      shift words
      ((CURRENT--))
      case $command in
    \(firstWords.filter(isGroupAlone).map(zshGroup).joined(separator: "\n"))
    \(commands.map(zshCase).joined(separator: "\n"))
      help) _describe -t commands 'command' commands ;;
      esac
    }
    if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
      _\(name) "$@"
    else
      compdef _\(name) \(name)
    fi
    """
  }

  /// Moves to the words that follow a command of two words.
  private func ofTwoWords(_ command: Command) -> String {
    let name = command.name.shellQuoted
    return "  \(name)) ((CURRENT > 3)) && { command=\(name); shift words; ((CURRENT--)) } ;;"
  }

  /// Whether the word names a group and is not a command by itself.
  private func isGroupAlone(_ word: String) -> Bool { !commands.contains { $0.name == word } }

  private func described(_ word: String, _ summary: String) -> String {
    "\(word.escaped(":")):\(summary)".shellQuoted
  }

  private func seconds(_ first: String) -> String {
    secondWords(after: first).map { described($0.secondWord, $0.summary) }.joined(separator: " ")
  }

  private func zshGroup(_ first: String) -> String {
    "  \(first)) local -a members; members=(\(seconds(first))); _describe 'command' members ;;"
  }

  private func zshCase(_ command: Command) -> String {
    let options = allOptions(of: command).map { "    " + zshOption($0) }
    let members = seconds(command.name)
    let group =
      members.isEmpty
      ? ""
      : "    if ((CURRENT == 2)); then local -a members; members=(\(members)); "
        + "_describe 'command' members; fi\n"
    let operands = zshOperands(command.operands)
    return """
        \(command.name.shellQuoted))
      \(group)    _arguments -s \\
      \((options + operands.map { "    \($0)" }).joined(separator: " \\\n")) ;;
      """
  }

  private func zshOption(_ option: Declaration) -> String {
    let help = "[\(option.firstSentence.escaped("[]:\\"))]"
    let value: String
    if let placeholder = option.placeholder {
      let title = placeholder.escaped(":\\")
      value =
        switch option.completion {
        case .none: ":\(title): "
        case .files: ":\(title):_files"
        case .words(let words): ":\(title):(\(words.joined(separator: " ")))"
        case .list(let words): ":\(title):_values -s , value \(words.joined(separator: " "))"
        }
    } else {
      value = ""
    }
    let star = option.repeats ? "*" : ""
    let specifications = option.flags.map { flag in
      let attached = option.placeholder == nil ? "" : flag.hasPrefix("--") ? "=" : "+"
      return (star + flag + attached + help + value).shellQuoted
    }
    return specifications.joined(separator: " ")
  }

  private func zshOperands(_ operands: Operands) -> [String] {
    guard operands.count.upperBound > 0 else { return [] }
    let title = operands.word.escaped(":\\")
    let action = operands.completion == .files ? "_files" : " "
    return [(operands.count.upperBound > 1 ? "*:" : ":") + "\(title):\(action)"].map(\.shellQuoted)
  }
}

extension String {
  /// The text with a backslash before each of the given characters.
  func escaped(_ characters: String) -> String {
    map { characters.contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}
