import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// The page is kept beside the program for those who read it on the web.
@Test func thePageOfCommandsIsWhatTheProgramPrints() throws {
  let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Docs/Commands.md")
  let printed = Program.fieldmark.transcript(["manual", "--form", "markdown"])
  #expect(printed.status == .done)
  let text = try String(contentsOf: page, encoding: .utf8)
  #expect(
    text == printed.results,
    "'fieldmark manual --form markdown > Docs/Commands.md' writes the page again")
}

@Test(arguments: Program.fieldmark.commands.map(\.name))
func thePageHasTheHelpOfEveryCommand(name: String) {
  let help = Program.fieldmark.transcript(name.split(separator: " ").map(String.init) + ["--help"])
  #expect(Program.fieldmark.markdown.contains("\n## fieldmark \(name)\n\n```\n\(help.results)```"))
}
