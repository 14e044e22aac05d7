/// The manual as a man page, made from the declarations: `share/man/man1/fieldmark.1`.
extension Program {
  package var manPage: String {
    let capital = name.uppercased()
    let sections = commands.map(section).joined(separator: "\n")
    return """
      .TH \(capital) 1 "" "\(version().prefix { $0 != "\n" }.roff)" "User Commands"
      .SH NAME
      \(name.roff) \\-
      \(summary.trimmed.roff)
      .SH SYNOPSIS
      .B \(name.roff)
      .I COMMAND
      [\\fIWORDS\\fR] [\\fIOPTIONS\\fR]
      .SH DESCRIPTION
      Results are written to standard output;
      notes, warnings and progress to standard error.
      An option is given as \\fB\\-\\-name value\\fR or \\fB\\-\\-name=value\\fR.
      Words after \\fB\\-\\-\\fR are not options, even if they begin with \\-.
      .SH COMMANDS
      \(sections)
      .SH EXIT STATUS
      \(Program.statuses.map { ".TP\n\($0)\n\($1.roff)" }.joined(separator: "\n"))
      """
  }

  private static let statuses = [
    (0, "The command is done."),
    (3, "The command has finished, but some inputs failed and are listed."),
    (64, "The command line is wrong."),
    (65, "An input is wrong: a file, a checkpoint or a dataset."),
    (70, "Fieldmark has made a mistake; please report it."),
    (73, "An output cannot be written."),
    (130, "The command was interrupted, and nothing that was done is lost."),
  ]

  private func section(_ command: Command) -> String {
    let title = [name, command.name, command.operands.placeholder].filter { !$0.isEmpty }
    var lines = [".SS \(title.joined(separator: " ").roff)", command.summary.roff]
    if !command.operands.help.isEmpty {
      lines += [".TP", "\\fI\(command.operands.placeholder.roff)\\fR", command.operands.help.roff]
    }
    for option in command.options {
      let flags = [option.short.map { "-\($0)" }, option.flag].compactMap { $0 }
        .map { "\\fB\($0.roff)\\fR" }.joined(separator: ", ")
      let value = option.placeholder.map { " \\fI\($0.roff)\\fR" } ?? ""
      lines += [".TP", flags + value, option.help.roff]
    }
    if let notes = command.notes {
      lines.append(".PP")
      lines += notes.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.isEmpty ? ".PP" : String($0).roff
      }
    }
    return lines.joined(separator: "\n")
  }
}

extension StringProtocol {
  /// The text for roff: its special characters are escaped, and no line begins like a request.
  fileprivate var roff: String {
    // Lines of lists keep their indentation, with which roff begins a new line.
    let indent = String(prefix { $0 == " " })
    return dropFirst(indent.count).wrapped(to: 60).map { indent + $0.escapedLine }
      .joined(separator: "\n")
  }

  private var escapedLine: String {
    let escaped = map { character in
      switch character {
      case "\\": "\\e"
      case "-": "\\-"
      case "'": "\\(aq"
      case "^": "\\(ha"
      case "`": "\\(ga"
      case "~": "\\(ti"
      default: "\(character)"
      }
    }.joined()
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }

  /// The text without its final period.
  fileprivate var trimmed: String { hasSuffix(".") ? String(dropLast()) : String(self) }
}
