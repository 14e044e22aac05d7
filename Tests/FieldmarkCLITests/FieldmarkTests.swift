import FieldmarkCLI
import Parsing
import Testing

/// The whole text of every command's help stands in `Docs/Commands.md`, which `MarkdownTests` holds equal.
@Test(arguments: Program.fieldmark.commands.map(\.name))
func theHelpListsEveryCommand(name: String) {
  let lines = Program.fieldmark.transcript(["--help"]).results.split(separator: "\n")
  #expect(lines.contains { $0.hasPrefix("  \(name)  ") }, "\(name)")
}

@Test(arguments: Program.fieldmark.commands.map(\.name))
func aCommandDeclaresEachNameAndEachLetterOnce(name: String) throws {
  let command = try #require(Program.fieldmark.commands.first { $0.name == name })
  let options = command.options
  #expect(Set(options.map(\.name)).count == options.count, "\(options.map(\.name))")
  let letters = options.compactMap(\.short)
  #expect(Set(letters).count == letters.count, "\(letters)")
  #expect(!letters.contains("h") && !options.map(\.name).contains("help"))
}

/// Help is for people who read no code: whole sentences, in the spelling of the ecosystem.
@Test(arguments: Program.fieldmark.commands.map(\.name))
func everyOptionIsExplainedBySentences(name: String) throws {
  let command = try #require(Program.fieldmark.commands.first { $0.name == name })
  let helps = command.options.map { ($0.flag, $0.help) } + [(name, command.summary)]
  for (what, help) in helps {
    #expect(help.first?.isUppercase == true || help.hasPrefix("."), "\(what): \(help)")
    #expect(help.hasSuffix("."), "\(what): \(help)")
    let words = help.lowercased()
    for british in ["colour", "grey", "centre", "normalis", "standardis", "recognis"] {
      #expect(!words.contains(british), "\(what): \(help)")
    }
  }
}
