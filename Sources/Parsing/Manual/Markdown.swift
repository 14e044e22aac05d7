/// The manual as a page in Markdown, made from the declarations: `Docs/Commands.md`.
extension Program {
  package var markdown: String {
    let list = commands.map { command in
      "| [`\(command.name)`](#\(anchor(command))) | \(command.summary.escaped) |"
    }
    let sections = commands.map { command in
      """
      ## \(name) \(command.name)

      ```
      \(help(for: command))
      ```
      """
    }
    return """
      # Commands

      \(summary) This page is what `\(name) manual --form markdown` prints.

      | Command | What it does |
      |---|---|
      \(list.joined(separator: "\n"))

      \(sections.joined(separator: "\n\n"))
      """
  }

  /// The anchor of a command's heading on the page.
  private func anchor(_ command: Command) -> String {
    "\(name)-\(command.name)".map { $0 == " " ? "-" : "\($0)" }.joined()
  }
}

extension String {
  /// The text with its bars escaped, for a cell of a Markdown table.
  fileprivate var escaped: String { replacing("|", with: "\\|") }

  fileprivate func replacing(_ old: Character, with new: String) -> String {
    map { $0 == old ? new : "\($0)" }.joined()
  }
}
