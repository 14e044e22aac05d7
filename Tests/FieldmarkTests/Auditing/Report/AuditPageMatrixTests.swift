import Fieldmark
import Foundation
import Testing

@Test func theMatrixHasTraitsOfSomeClassOnly() throws {
  var audit = SmallAudit()
  audit.attributes = (0..<30).map { "fin::\($0)" }
  audit.phrases = (0..<30).map { "fin \($0)" }
  for label in 0..<2 {
    audit.add(
      .init(
        label: label, rival: 1 - label, traits: [3 * label],
        cells: (0..<30).map { $0 == 0 ? 0.9 : -Float($0) / 100 }))
  }
  let page = try WrittenPage(audit)
  let matrix = try #require(page.all("<table class=\"matrix\">", "</table>").first)
  #expect(
    matrix.components(separatedBy: "<th scope=\"row\" title=\"").dropFirst().map {
      $0.components(separatedBy: "\"")[0]
    } == ["fin::0", "fin::3"])
  #expect(matrix.contains("<td class=\"v15 l\" title=\"a trait in 1 picture\">•90</td>"))
  #expect(matrix.contains("<td class=\"v15\">90</td>"))
  #expect(matrix.contains("<td class=\"v0 l\" title=\"a trait in 1 picture\">•-3</td>"))
}

/// (`python3 -c "import matplotlib as m; print(m.colormaps['viridis'](17 * i))"`, by way of `ColorMap`.)
@Test func theMatrixHasTheColorsOfViridis() throws {
  let page = try WrittenPage(.mixed).text
  for step in 0..<16 {
    let color = ColorMap.viridis.colors[17 * step]
    let hexadecimal = [color.red, color.green, color.blue].map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }.joined()
    #expect(page.contains(".v\(step) { background: #\(hexadecimal)"), "step \(step)")
  }
}
