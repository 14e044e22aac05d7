/// Help texts, made from the declarations alone.
extension Program {
  /// The text of `fieldmark --help`.
  package var help: String {
    let width = commands.map(\.name.count).max() ?? 0
    let list = commands.map { "  \($0.name.padded(to: width))  \($0.summary)" }
    // The name of a group of commands has two words, of which the first is the program.
    let program = name.prefix { $0 != " " }
    return """
      \(summary)

      usage: \(name) COMMAND [WORDS] [OPTIONS]

      \(list.joined(separator: "\n"))

      '\(name) COMMAND --help' explains a command; '\(program) --version' names the version and
      the libraries that it runs on.
      """
  }

  /// The text of `fieldmark COMMAND --help`.
  package func help(for command: Command) -> String {
    let words = [name, command.name, command.operands.placeholder].filter { !$0.isEmpty }
    var rows =
      command.operands.help.isEmpty
      ? [] : [(command.operands.placeholder, command.operands.help)]
    rows += (command.options + [Program.helpOption]).map { option in
      let short = option.short.map { "-\($0), " } ?? "    "
      let value = option.placeholder.map { " " + $0 } ?? ""
      return (short + option.flag + value, option.help)
    }
    let text = """
      \(command.summary)

      usage: \(words.joined(separator: " ")) [OPTIONS]

      \(table(rows))
      """
    let notes = command.notes.map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    return text + (notes.map { "\n\n" + $0.map(wrapped).joined(separator: "\n") } ?? "")
  }

  /// A line of the notes, wrapped if interpolated text made it long.
  private func wrapped(_ line: Substring) -> String {
    let indent = String(line.prefix { $0 == " " })
    guard line.count > 110 else { return String(line) }
    return line.dropFirst(indent.count).wrapped(to: 100 - indent.count)
      .enumerated().map { indent + ($0 > 0 ? "  " : "") + $1 }.joined(separator: "\n")
  }

  /// Rows in two columns, of which the second is wrapped so that lines have at most 100 characters.
  private func table(_ rows: [(String, String)]) -> String {
    let left = min(28, rows.map(\.0.count).max() ?? 0)
    let indent = String(repeating: " ", count: left + 4)
    return rows.map { name, help in
      let lines = help.wrapped(to: 100 - indent.count)
      let first =
        name.count > left
        ? "  \(name)\n\(indent)" : "  \(name.padded(to: left))  "
      return first + lines.joined(separator: "\n" + indent)
    }.joined(separator: "\n")
  }
}

extension StringProtocol {
  package func padded(to width: Int) -> String {
    String(self) + String(repeating: " ", count: Swift.max(0, width - count))
  }

  /// The text in lines of at most `width` characters, broken at spaces.
  func wrapped(to width: Int) -> [String] {
    var lines = [""]
    for word in split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
