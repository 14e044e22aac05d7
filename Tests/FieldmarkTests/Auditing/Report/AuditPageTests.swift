import Fieldmark
import Foundation
import Testing

@Test func aPageOpensWithOneSentenceAndOnePicture() throws {
  let page = try WrittenPage(.everyKind)
  #expect(page.text.contains("<title>What a classifier on &lt;demo&gt; goes by</title>"))
  #expect(
    page.text.contains(
      "</h1><p>In 1 of 4 pairs of classes that can be judged, the classifier goes by the listed traits and "
        + "by nothing else that was tried. What else decides: the background (2 pairs), the tint or "
        + "brightness of the picture (1 pair).</p><div class=\"part\" id=\"opening\">"))
  let opening = page.part("opening")
  #expect(
    opening.contains(
      "Finch, told apart from Egret. The classifier goes by: the background. See the evidence."))
  #expect(
    opening.contains(
      "With the background taken from a picture of Egret the margin is -1.080 instead of 4.000; with the "
        + "same from another picture of Finch it is 3.800. So this change turns the picture over: Egret "
        + "wins. Over all 8 pictures, the change takes 120 % of the margin away (118 to 121 %)."),
    "\(opening)")
  #expect(page.all("<figure class=\"opening\">", "</figcaption></figure></div>").count == 1)
}

@Test func theSectionsComeInTheOrderOfTheirReaders() throws {
  let page = try WrittenPage(.mixed)
  let parts = page.all("<div class=\"part\" id=\"", "\"")
  #expect(
    parts == [
      "opening", "summary", "pairs", "each", "matrix", "definitions", "failures", "provenance",
    ])
  // No heading is more than one below the one before it.
  let levels = page.text.matches(of: /<h([1-6])>/).compactMap { Int($0.1) }
  #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
  #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
  #expect(page.text.contains("<html lang=\"en\">"))
}

@Test func inShortItSaysWhatElseHowSureAndWhatCouldNotBeJudged() throws {
  let short = try WrittenPage(.everyKind).part("summary")
  for sentence in [
    "The classifier is right on 40 of 40 pictures (100.0 %). Each class was told apart from its look-alike: "
      + "5 pairs of 10 classes.",
    "the background: 2 pairs (Egret and Finch, Crane and Dove)",
    "the tint or brightness of the picture: 1 pair (Crane and Dove)",
    "What changes a decision is held to a rate of false discoveries of 5 % over all pairs.",
    "The middle one of all pairs has 8 pictures that the classifier gets right, and the one with the fewest "
      + "has 8.",
    "In 1 pair it could not be judged whether the traits count:",
    "The model cannot tell the words for their traits apart on these pictures: 1 pair (Ibis and Jay)",
    "Nothing is known of some changes, since they could be made in too few pictures: the compression of the "
      + "file (in all pairs).",
  ] {
    #expect(short.contains(sentence), "\(sentence)\n\(short)")
  }
}

@Test func everyPairHasARowAndASection() throws {
  let page = try WrittenPage(.everyKind)
  let rows = page.all("<tr data-verdict=\"", "</tr>")
  #expect(
    rows.map { $0.components(separatedBy: "\"")[0] } == [
      "others", "traits and others", "no evidence", "not judged", "traits",
    ])
  #expect(
    "<tr data-verdict=\"\(rows[1])".asRead
      == "Crane\nDove\ngoes by the listed traits and by: the background, the tint or brightness of the "
      + "picture\n1.000 0.510 to 1.000\n0.500 others 0.000, p 0.010\n40 % 38 to 42 %\nthe background 60 % "
      + "(58 to 62 %)\n8 of 8\n")
  let sections = page.all("<details class=\"of-pair\" id=\"", "\"")
  #expect(sections == ["pair-4-5", "pair-2-3", "pair-6-7", "pair-8-9", "pair-0-1"])
}

@Test func whatCameFromOutsideStaysText() throws {
  let page = try WrittenPage(.mixed).text
  #expect(page.contains("<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"))
  #expect(page.contains("<bdi>شحرور أسود</bdi>"))
  #expect(!page.contains("<script>alert") && !page.contains("<hooked>"))
  #expect(!page.contains("<nothing>") && page.contains("found &lt;nothing&gt;."))
  #expect(page.components(separatedBy: "<script>").count == 2, "the page's own")
}

@Test func everyLinkLeadsSomewhere() throws {
  for audit in [SmallAudit.mixed, .everyKind, SmallAudit.everyKind.quick, .single] {
    let page = try WrittenPage(audit)
    let names = page.all(" id=\"", "\"")
    #expect(Set(names).count == names.count, "an id is one thing's")
    let links = page.all("href=\"#", "\"")
    #expect(Set(links).isSubset(of: names), "\(Set(links).subtracting(names))")
    // Nothing is asked of other places.
    #expect(!page.text.contains("http://") && !page.text.contains("https://"))
  }
}

@Test func everyNumberIsDefined() throws {
  let page = try WrittenPage(.everyKind)
  for agreement in Agreement.all {
    #expect(page.text.contains("<dt id=\"define-agreement-\(agreement.name)\">"))
    #expect(page.text.contains("<a href=\"#define-agreement-\(agreement.name)\">"))
  }
  for nuisance in Nuisance.all {
    #expect(
      page.text.contains("<dt id=\"define-nuisance-\(nuisance.name)\">\(nuisance.phrase)</dt>"))
  }
  let meanings = page.part("definitions")
  for rule in Verdict.rule { #expect(meanings.contains(rule)) }
  for sentence in [
    "The marks of this rule come from drawn birds, of which the truth is known",
    "The built-in model (demo) was trained with masks of these very traits, so that its maps are better "
      + "than those of other models.",
    "Everything outside of the thing comes from another picture. It is taken from a picture of the other "
      + "class, and compared with the same from another picture of its own class.",
    "Left and right are exchanged. It is compared with the picture as it is.",
  ] {
    #expect(meanings.contains(sentence))
  }
  for head in page.all("<th scope=\"col\" aria-sort=\"none\">", "</th>") {
    let name = head.prefix { $0 != " " }
    #expect(
      head.hasPrefix("<a href=\"#define-") || ["class", "look-alike"].contains(name), "\(head)")
  }
}

@Test func tablesAreSortedAndFilteredByKeys() throws {
  let page = try WrittenPage(.everyKind)
  let heads = page.all("<th scope=\"col\" aria-sort=\"none\">", "</th>")
  #expect(heads.count == 8)
  #expect(
    heads.allSatisfy { $0.contains("<button type=\"button\" hidden=\"\" aria-label=\"Sort by ") })
  let form = try #require(page.all("<form class=\"filter\"", "</form>").first)
  #expect(
    form.contains("<input type=\"search\">") && form.contains("<output aria-live=\"polite\">"))
  let values = form.components(separatedBy: "<option value=\"").dropFirst().map {
    $0.components(separatedBy: "\"")[0]
  }
  #expect(values == [""] + Verdict.Kind.allCases.map(\.rawValue))
}

@Test func everyDrawingSaysWhatIsSeen() throws {
  let page = try WrittenPage(.everyKind)
  let drawings = page.all("<svg ", "</svg>")
  let pictures = drawings.filter { !$0.contains("class=\"reliance\"") }
  // Two that open the page; of each of five pairs two pictures with the classifier's map and one trait's.
  #expect(pictures.count == 2 + 5 * 2 * 3)
  #expect(pictures.allSatisfy { $0.hasPrefix("role=\"img\"") && $0.contains("<title>") })
  #expect(!pictures.contains { $0.contains("<title></title>") })
  #expect(
    drawings.filter { $0.contains("class=\"reliance\"") }.allSatisfy {
      $0.contains("aria-hidden=\"true\"")
    })
  #expect(!page.text.contains("<img"), "else it needs its alt")
  // Its only spot is at place 17 x 4 mod 9 = 5 of a grid of three by three.
  let map =
    "<title>Where the model sees red wings in birds/17.png. Most lies at the right side.</title>"
  #expect(page.text.contains(map))
  // A picture is held once, but for the large one.
  #expect(pictures.count { $0.contains("<image id=\"picture-") } == 10)
  #expect(pictures.count { $0.contains("<use href=\"#picture-") } == 20)
}

@Test func picturesThatAreGoneOrOthersAreLeftOut() throws {
  let gone = try WrittenPage(.everyKind) { _ in
    throw InputError("it", expected: "a picture", found: "none")
  }
  let other = try WrittenPage(.everyKind) { _ in Picture(width: 1, height: 1, pixels: [1, 2, 3]) }
  for page in [gone, other] {
    #expect(!page.text.contains("<svg role"))
    #expect(
      page.part("opening").contains(
        "The pictures are gone or have changed since, so that none is drawn."))
    #expect(page.all("<p>The picture is gone or another one", "</p>").count == 10)
    #expect(page.pair(0, 1).contains("red wings"), "its numbers are known")
  }
}

@Test func numbersThatSomebodyTamperedWithAreToldAsNone() throws {
  for value in [Double.nan, .infinity, -.infinity, 1e308, -1e308, 1e-300, 1e8] {
    var audit = SmallAudit()
    for number in 0..<8 {
      audit.add(
        .init(
          label: number % 2, rival: number < 5 ? 1 - number % 2 : 77, value: value,
          draws: [.infinity, 1, .nan], cells: [Float(value), 3e38, -3e38],
          words: [Float(value), .nan, 3e38], margin: number < 6 ? 1 / value : value,
          changes: ["traits": value, "background": 1e300, "my <own>": value, "margin": value],
          unchanged: ["other <thing>": "<nothing>"], inside: value, area: .nan))
    }
    audit.records[0].maps = [
      .init(name: "classifier", grid: Matrix([[Float(value), 0]])),
      .init(name: audit.attributes[0], grid: Matrix([[.nan, .infinity]])),
    ]
    audit.records[3].predicted = -5
    audit.records[4].label = 99
    let page = try WrittenPage(audit)
    #expect(page.text.hasSuffix("</html>\n"))
    #expect(!page.text.contains("my <own>") && !page.text.contains("<nothing>"))
    let cells = page.all("<td", "</td>")
    #expect(!cells.contains { $0.hasSuffix("nan") || $0.hasSuffix("inf") }, "\(value)")
  }
}

@Test func aRunThatIsNotFinishedSaysSo() throws {
  try SmallAudit.mixed.run { run in
    try run.expect(20)
    let page = try AuditPage(run, AuditSummary(run), picture: SmallAudit.picture).written
    #expect(
      page.contains(
        "</h1><p>This run is unfinished: it has 8 of 20 pictures, and every number here is of these alone. "
          + "None of 2 pairs "))
    #expect(page.contains("<bdi>pictures done</bdi></th><td>8 of 20</td>"))
  }
}

@Test func aRunWithoutPicturesSaysThatThereIsNothing() throws {
  let page = try WrittenPage(SmallAudit())
  #expect(page.text.contains("</h1><p>None of 0 pairs of classes can be judged on 0 pictures.</p>"))
  #expect(
    page.part("opening").contains(
      "No picture has a look-alike that it could be told apart from, so that there is nothing to show."
    ))
  #expect(page.part("pairs").contains("No picture had a look-alike."))
  #expect(page.part("matrix").contains("No attribute was a trait of any class."))
}

@Test func longListsAreFolded() throws {
  var audit = SmallAudit()
  audit.classes = (0..<100).map { "Class \($0)" }
  let page = try WrittenPage(audit).text
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
        cells: (0..<312).map { Float($0 + number) / 600 }))
  }
  let start = ContinuousClock.now
  let page = try WrittenPage(audit).text
  let seconds = (ContinuousClock.now - start) / .seconds(1)
  #expect(page.utf8.count < 25_000_000)
  #expect(seconds < 20, "\(seconds) s: a few on quiet cores")
}
