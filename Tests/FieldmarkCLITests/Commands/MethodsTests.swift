import Fieldmark
import FieldmarkCLI
import Parsing
import Testing

@Test func methodsListsEveryMethod() throws {
  let lines = Program.fieldmark.transcript(["methods"]).results.split(separator: "\n")
  #expect(lines.count == 3 + Method.all.count + Likeness.all.count + 1)
  #expect(lines[0] == "Methods that explain a concept, --method:")
  #expect(lines[1].hasPrefix("  grad-cam "))
  #expect(
    lines[1].hasSuffix(
      "  Channels weighted by their mean gradient. (Selvaraju et al. 2017, arXiv 1610.02391)"))
  let likenesses = lines.drop {
    $0 != "Methods that explain why pictures are similar, --like PICTURE --likeness:"
  }
  #expect(likenesses.dropFirst().first?.hasPrefix("  sfam ") == true)
  #expect(lines.last?.hasPrefix("  diffcam ") == true)
  let objects = Program.fieldmark.transcript(["methods", "--json"]).results
  #expect(
    objects.hasPrefix(
      #"{"name":"grad-cam","summary":"Channels weighted by their mean gradient.","#
        + #""paper":"Selvaraju et al. 2017, arXiv 1610.02391","option":"--method"}"#))
}
