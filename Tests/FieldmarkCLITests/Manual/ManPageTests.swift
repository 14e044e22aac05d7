import FieldmarkCLI
import Parsing
import Testing

@Test func theManPageNamesEveryCommandAndOption() {
  let page = Program.fieldmark.transcript(["manual"]).results
  #expect(page.hasPrefix(".TH FIELDMARK 1 "))
  for command in Program.fieldmark.commands {
    #expect(page.contains("\n.SS fieldmark \(command.name)"), "\(command.name)")
    for option in command.options {
      let flag = option.flag.split(separator: "-", omittingEmptySubsequences: false)
        .joined(separator: "\\-")
      #expect(page.contains("\\fB\(flag)\\fR"), "\(option.flag)")
    }
  }
}

private let mandoc = Shell.find("mandoc")

@Test(.enabled(if: mandoc != nil, "mandoc is not on this machine"))
func mandocFindsNothingWrongWithTheManPage() throws {
  try Shell.withManual("man") { folder in
    let found = try Shell.output(of: #require(mandoc), ["-Tlint", "-Wstyle", "manual"], in: folder)
    // A page without a date is the same page on every day.
    let lines = found.split(separator: "\n").filter { !$0.contains("missing date") }
    #expect(lines.isEmpty, "\(found)")
  }
}

@Test(.enabled(if: mandoc != nil, "mandoc is not on this machine"))
func aReaderOfTheManPageSeesWhatHelpSays() throws {
  try Shell.withManual("man") { folder in
    let page = try Shell.output(
      of: #require(mandoc), ["-Tascii", "-Owidth=200", "manual"], in: folder)
    // Letters in bold are written twice, with a step back between them.
    let plain = page.replacing(/.\u{8}/, with: "")
    let words = plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for command in Program.fieldmark.commands {
      #expect(words.contains(command.summary), "\(command.name)")
      for option in command.options {
        let help = option.help.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains(help), "\(command.name) \(option.flag)")
      }
    }
  }
}
