/// Completions for bash: commands, options, values that are chosen from a list, and files.
extension Program {
  package var bashCompletion: String {
    """
    # Completions of \(name) for bash, printed by '\(name) manual --form bash'.
    _\(name)() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command words= files= list=
      COMPREPLY=()
      # '--option=value' is split into three words at the sign.
      if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi
      command=${COMP_WORDS[1]}
      case "$command ${COMP_WORDS[2]}" in
    \(groups)
      esac
      if ((COMP_CWORD == 1)); then
        words=\(firstWords.joined(separator: " ").shellQuoted)' help --help --version'
      else
        case $command in
    \(commands.map(bashCase).joined(separator: "\n"))
        help) words=\(firstWords.joined(separator: " ").shellQuoted) ;;
        esac
        # The word of a group's command may still be missing.
        if ((COMP_CWORD == 2)) && [[ $current != -* ]]; then
          case ${COMP_WORDS[1]} in
    \(seconds)
          esac
        fi
      fi
      if [[ -n $list && $current == *,* ]]; then
        local before=${current%,*},
        COMPREPLY=($(compgen -P "$before" -W "$list" -- "${current##*,}"))
      elif [[ -n $words$list ]]; then
        COMPREPLY=($(compgen -W "$words $list" -- "$current"))
      fi
      if [[ -n $files ]]; then
        compopt -o filenames 2>/dev/null
        local IFS=$'\\n'
        COMPREPLY+=($(compgen -f -- "$current"))
      fi
    }
    complete -F _\(name) \(name)
    """
  }

  private var groupsOfTwo: [String] { firstWords.filter { !secondWords(after: $0).isEmpty } }

  private var groups: String {
    commands.filter { $0.name.contains(" ") }
      .map { "  \($0.name.shellQuoted)) command=\($0.name.shellQuoted) ;;" }
      .joined(separator: "\n")
  }

  private var seconds: String {
    groupsOfTwo.map { first in
      let words = secondWords(after: first).map(\.secondWord).joined(separator: " ")
      return "      \(first)) words=\"$words \(words)\" ;;"
    }.joined(separator: "\n")
  }

  private func bashCase(_ command: Command) -> String {
    let options = allOptions(of: command)
    var lines = ["    \(command.name.shellQuoted))", "      case $previous in"]
    for option in options where option.placeholder != nil {
      let pattern = option.flags.joined(separator: "|")
      switch option.completion {
      case .none: lines.append("      \(pattern)) return ;;")
      case .files: lines.append("      \(pattern)) files=1 ;;")
      case .words(let words):
        lines.append("      \(pattern)) words=\(words.joined(separator: " ").shellQuoted) ;;")
      case .list(let words):
        lines.append("      \(pattern)) list=\(words.joined(separator: " ").shellQuoted) ;;")
      }
    }
    let flags = options.flatMap(\.flags).joined(separator: " ")
    let operands = command.operands.completion == .files ? "files=1" : ":"
    lines += [
      "      *) if [[ $current == -* ]]; then words=\(flags.shellQuoted); else \(operands); fi ;;",
      "      esac ;;",
    ]
    return lines.joined(separator: "\n")
  }
}
