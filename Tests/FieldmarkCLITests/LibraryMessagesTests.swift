import Foundation
import Testing

/// The library has no command line: its messages say what is wrong in its own words, and the command line
/// adds the names of its options (`InputError.settings`).
@Test func noTextOfTheLibraryNamesAnOptionOfTheCommandLine() throws {
  let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")
  let walk = try #require(FileManager.default.enumerator(atPath: sources.path))
  let names = walk.compactMap { $0 as? String }.filter {
    $0.hasSuffix(".swift") && !$0.hasPrefix("FieldmarkCLI/") && !$0.hasPrefix("Parsing/")
      // It writes the command that gives the same as the page.
      && $0 != "Serving/Answers/CommandText.swift"
  }
  #expect(names.count > 200)
  for name in names {
    let text = try String(contentsOf: sources.appendingPathComponent(name), encoding: .utf8)
    for line in linesNamingFlags(text) { Issue.record("\(name): \(line)") }
  }
}

@Test func aFlagIsFoundInATextAndNotInAComment() {
  #expect(linesNamingFlags("/// --model takes it\nlet a = 1 // --model") == [])
  #expect(linesNamingFlags(#"let a = "x -- y", b = count"#) == [])
  #expect(linesNamingFlags(#"hint: "give --model a name")"#) == [#"hint: "give --model a name")"#])
  #expect(
    linesNamingFlags("let a = \"\"\"\n  give --model\n  \"\"\"\nlet b = a") == ["give --model"])
}

/// Lines of code whose texts name a flag.
private func linesNamingFlags(_ source: String) -> [String] {
  var isInside = false
  var found: [String] = []
  for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
    let code = line.drop { $0 == " " }
    let borders = code.split(separator: "\"\"\"", omittingEmptySubsequences: false).count - 1
    defer { if borders % 2 == 1 { isInside.toggle() } }
    if !isInside, code.hasPrefix("//") { continue }
    let texts =
      isInside
      ? [code]
      : code.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 1 }.map(\.element)
    if texts.contains(where: { $0.contains(/(^|[^\-\w])--[a-z]/) }) { found.append(String(code)) }
  }
  return found
}
