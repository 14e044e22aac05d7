import Fieldmark
import Foundation
import Testing

private func written(
  _ audit: SmallAudit, picture: (Int) throws -> Picture = SmallAudit.picture
) throws -> String {
  var written = ""
  try audit.run { run in
    written = try AuditPage(run, AuditSummary(run), picture: picture).written
  }
  return written
}

/// What stands between two texts, each time.
private func all(_ start: String, _ end: String, in page: String) -> [String] {
  page.components(separatedBy: start).dropFirst().map { $0.components(separatedBy: end)[0] }
}

@Test func aPageSaysInShortWhatWasFound() throws {
  let page = try written(.mixed)
  #expect(page.contains("<title>Does &lt;demo&gt; look at what tells classes apart?</title>"))
  #expect(page.contains("An audit of 7 pictures of 3 classes"))
  let short = try #require(all("id=\"summary\"", "id=\"classes\"", in: page).first)
  // 0.45 of the first and -0.1 of the second class.
  #expect(short.contains("<strong>0.175 (-0.100 to 0.450)</strong>"))
  #expect(short.contains("on 6 of 7 pictures (85.7 %)."))
  for (count, verdict) in [(1, "looks at the listed traits"), (1, "looks away from the bird")] {
    #expect(short.contains(">\(verdict)</span></th><td class=\"number\">\(count)</td>"))
  }
  #expect(short.contains("of 2 classes that could be judged 1 has a "))
  #expect(short.contains("<li><a href=\"#class-1\">"))
  #expect(short.contains("<bdi>a &lt;hooked&gt; bill</bdi>"))
}

@Test func theSectionsComeInTheOrderOfTheirReaders() throws {
  let page = try written(.mixed)
  let parts = all("<div class=\"part\" id=\"", "\"", in: page)
  #expect(
    parts == [
      "summary", "classes", "matrix", "each", "pairs", "definitions", "failures", "provenance",
    ])
  // No heading is more than one below the one before it.
  let levels = page.matches(of: /<h([1-6])>/).compactMap { Int($0.1) }
  #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
  #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
  #expect(page.contains("<html lang=\"en\">"))
}

@Test func everyClassHasARowAndASection() throws {
  let page = try written(.mixed)
  let rows = all("<tr data-verdict=\"", "</tr>", in: page)
  #expect(rows.count == 3)
  #expect(
    rows[0].hasPrefix("traits\"") && rows[1].hasPrefix("away\"") && rows[2].hasPrefix("wrong"))
  #expect(rows[0].contains(">4 of 4</td>") && rows[2].contains(">0 of 1</td>"))
  #expect(rows[0].contains("data-number=\"0.01\">0.010</td>"), "p beside absent attributes")
  #expect(rows[2].contains("data-number=\"\">–</td>"), "without a number it is sorted last")
  let sections = all("<details class=\"of-class\" id=\"", "</details>", in: page)
  #expect(sections.map { $0.prefix(7) } == ["class-0", "class-1", "class-2"])
  #expect(sections[0].contains("<bdi>red wings</bdi> (4)"))
  // Of four scores the first, the third and the last.
  let titles = all("<h4>", "</h4>", in: sections[0])
  #expect(
    titles == [
      "The lowest score: <bdi>birds/3.png</bdi>", "The median score: <bdi>birds/2.png</bdi>",
      "The highest score: <bdi>birds/1.png</bdi>",
    ])
  #expect(
    all("<h4>", "</h4>", in: sections[2]) == ["No score: <bdi>طائر &amp; &lt;b&gt;.png</bdi>"])
  #expect(sections[2].contains("classifier is wrong on every picture"))
}

@Test func whatCameFromOutsideStaysText() throws {
  let page = try written(.mixed)
  #expect(page.contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"))
  #expect(page.contains("<bdi>شحرور أسود</bdi>"))
  #expect(!page.contains("<script>alert") && !page.contains("<hooked>"))
  #expect(!page.contains("<nothing>") && page.contains("found &lt;nothing&gt;."))
  #expect(page.components(separatedBy: "<script>").count == 2, "the page's own")
}

@Test func everyLinkLeadsSomewhere() throws {
  let page = try written(.mixed)
  let names = all(" id=\"", "\"", in: page)
  #expect(Set(names).count == names.count, "an id is one thing's")
  let links = all("href=\"#", "\"", in: page)
  #expect(Set(links).isSubset(of: names), "\(Set(links).subtracting(names))")
  // Nothing is asked of other places.
  #expect(!page.contains("http://") && !page.contains("https://"))
}

@Test func everyNumberIsDefined() throws {
  let page = try written(.mixed)
  for agreement in Agreement.all {
    #expect(page.contains("<dt id=\"define-agreement-\(agreement.name)\">"))
    #expect(page.contains("<a href=\"#define-agreement-\(agreement.name)\">"))
  }
  for control in Control.all {
    #expect(page.contains("<dt id=\"define-control-\(control.name)\">"))
    #expect(page.contains("<a href=\"#define-control-\(control.name)\">"))
  }
  for head in all("<th scope=\"col\" aria-sort=\"none\">", "</th>", in: page) {
    let name = head.prefix { $0 != " " }
    #expect(head.hasPrefix("<a href=\"#define-") || ["class", "told", "against"].contains(name))
  }
}

@Test func tablesAreSortedAndFilteredByKeys() throws {
  let page = try written(.mixed)
  let heads = all("<th scope=\"col\" aria-sort=\"none\">", "</th>", in: page)
  #expect(heads.count == 11 + 7)
  #expect(
    heads.allSatisfy { $0.contains("<button type=\"button\" hidden=\"\" aria-label=\"sort by ") })
  let form = try #require(all("<form class=\"filter\"", "</form>", in: page).first)
  #expect(
    form.contains("<input type=\"search\">") && form.contains("<output aria-live=\"polite\">"))
  #expect(
    all("<option value=\"", "\"", in: form) == [""] + Verdict.allCases.map(\.rawValue))
}

@Test func everyDrawingSaysWhatIsSeen() throws {
  let page = try written(.mixed)
  let drawings = all("<svg ", "</svg>", in: page)
  // Three, two and one picture; of each two maps of the classifier and one, two, one of traits.
  #expect(drawings.count == 3 * 4 + 2 * 5 + 4)
  #expect(drawings.allSatisfy { $0.hasPrefix("role=\"img\"") && $0.contains("<title>") })
  #expect(!drawings.contains { $0.contains("<title></title>") })
  #expect(!page.contains("<img"), "else it needs its alt")
  #expect(
    page.contains(
      "<title>Where the model sees red wings in birds/3.png, together 0.300. Most lies at the "
        + "lower right.</title>"))
  // A picture is held once.
  #expect(drawings.count { $0.contains("<image id=\"picture-") } == 6)
  #expect(drawings.count { $0.contains("<use href=\"#picture-") } == 20)
}

@Test func theMatrixHasTraitsOfSomeClassAndItsSigns() throws {
  var audit = SmallAudit()
  audit.attributes = (0..<30).map { "fin::\($0)" }
  audit.phrases = (0..<30).map { "fin \($0)" }
  for label in 0..<2 {
    audit.add(
      .init(
        label: label, rival: 1 - label, traits: [3 * label],
        cells: (0..<30).map { $0 == 0 ? 0.9 : -Float($0) / 100 }, absent: (5..<30).map { Float($0) }
      ))
  }
  let page = try written(audit)
  let matrix = try #require(all("<table class=\"matrix\">", "</table>", in: page).first)
  #expect(all("<th scope=\"row\" title=\"", "\"", in: matrix) == ["fin::0", "fin::3"])
  #expect(matrix.contains("<td class=\"v15 l s\" title=\"p 0.038, trait in 1\">•90*</td>"))
  #expect(matrix.contains("<td class=\"v15 s\" title=\"p 0.038, no trait\">90*</td>"))
  #expect(matrix.contains("<td class=\"v0 l s\" title=\"p 0.038, trait in 1\">•-3*</td>"))
}

/// (`python3 -c "import matplotlib as m; print(m.colormaps['viridis'](17 * i))"`, by way of `ColorMap`.)
@Test func theMatrixHasTheColorsOfViridis() throws {
  let page = try written(.mixed)
  for step in 0..<16 {
    let color = ColorMap.viridis.colors[17 * step]
    let hexadecimal = [color.red, color.green, color.blue].map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16)
    }.joined()
    #expect(page.contains(".v\(step) { background: #\(hexadecimal)"), "step \(step)")
  }
}

@Test func picturesThatAreGoneOrOthersAreLeftOut() throws {
  let gone = try written(.mixed) { _ in
    throw InputError("it", expected: "a picture", found: "none")
  }
  let other = try written(.mixed) { _ in Picture(width: 1, height: 1, pixels: [1, 2, 3]) }
  for page in [gone, other] {
    #expect(!page.contains("<svg"))
    #expect(
      all("<p>The picture is gone or another one", "</p>", in: page).count == 6)
    #expect(page.contains("<th scope=\"row\"><bdi>red wings</bdi></th>"), "its numbers are known")
  }
}

@Test func numbersThatSomebodyTamperedWithAreToldAsNone() throws {
  for value in [Double.nan, .infinity, -.infinity, 1e308, -1e308, 1e-300] {
    var audit = SmallAudit()
    for _ in 0..<5 {
      audit.add(
        .init(
          rival: 77, value: value, draws: [.infinity, 1, .nan], cells: [Float(value), 3e38, -3e38],
          absent: [1, 2, 99, -1, 0.5, .nan], inside: value, area: .nan))
    }
    audit.records[0].maps = [
      .init(name: "classifier", grid: Matrix([[Float(value), 0]])),
      .init(name: audit.attributes[0], grid: Matrix([[.nan, .infinity]])),
    ]
    audit.records[3].predicted = -5
    audit.records[4].label = 99
    let page = try written(audit)
    #expect(page.contains("class 77") && page.hasSuffix("</html>\n"))
    let cells = all("<td", "</td>", in: page)
    #expect(!cells.contains { $0.hasSuffix("nan") || $0.hasSuffix("inf") }, "\(value)")
  }
}

@Test func aRunThatIsNotFinishedSaysSo() throws {
  try SmallAudit.mixed.run { run in
    try run.expect(20)
    let page = try AuditPage(run, AuditSummary(run), picture: SmallAudit.picture).written
    #expect(
      page.contains(
        "</h1><p>This run is unfinished: it has 8 of 20 pictures, and every number here is of these "
          + "alone. An audit of 7 pictures"))
    #expect(page.contains("<bdi>pictures done</bdi></th><td>8 of 20</td>"))
  }
  let page = try written(SmallAudit())
  #expect(page.contains("An audit of 0 pictures") && page.contains("No picture had a rival."))
  #expect(
    page.contains(
      "<strong>none</strong>: no picture gave one. It is <a href=\"#define-right\">right</a> on 0 of 0 "
        + "pictures.</p>"))
}

@Test func longListsAreFolded() throws {
  var audit = SmallAudit()
  audit.classes = (0..<100).map { "Class \($0)" }
  let page = try written(audit)
  #expect(page.contains("<summary>100 of them</summary>"))
  #expect(page.contains("<td><bdi>red wings, a &lt;hooked&gt; bill, a forked tail</bdi></td>"))
}

/// A photograph's noise is what makes a page large.
@Test func aHundredClassesOfThreePicturesAreBelow25Megabytes() throws {
  var audit = SmallAudit()
  audit.classes = (0..<100).map { "Class \($0)" }
  audit.attributes = (0..<312).map { "has_fin::\($0)" }
  audit.phrases = audit.attributes
  for number in 0..<300 {
    audit.add(
      .init(
        label: number / 3, rival: 99 - number / 3, value: Double(number % 7) / 10,
        traits: (0..<3).map { (number / 3 + $0) % 312 },
        cells: (0..<312).map { Float($0 + number) / 600 }, absent: (200..<312).map { Float($0) }))
  }
  let start = ContinuousClock.now
  let page = try written(audit)
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  #expect(page.utf8.count < 25_000_000)
  #expect(seconds < 20, "\(seconds) s: a few on quiet cores")
}
