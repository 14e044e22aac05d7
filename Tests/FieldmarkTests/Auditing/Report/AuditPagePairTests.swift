import Fieldmark
import Foundation
import Testing

/// What a page says of one pair, as it is read.
private func pair(_ place: Int, of audit: SmallAudit = .everyKind) throws -> String {
  try WrittenPage(audit).pair(2 * place, 2 * place + 1)
}

private func expect(_ text: String, has sentences: [String]) {
  for sentence in sentences {
    let isThere = text.contains(sentence)
    #expect(isThere, "\(sentence) in \(text)")
  }
}

@Test func aPairThatGoesByItsTraitsHasItsEvidenceInThreeParagraphs() throws {
  var p = 1.0
  try SmallAudit.everyKind.run { p = try AuditSummary($0).pairs[0].findings.match?.p ?? 1 }
  // One order in 4! x 4! is right; of a thousand, a few are that one by chance.
  #expect((0.001...0.01).contains(p))
  expect(
    try pair(0),
    has: [
      "Avocet and Bee-eater\n: goes by the listed traits\n",
      "The classifier goes by the listed traits. There are 8 pictures of the two, of which the classifier "
        + "gets 8 right; only these count.",
      "The listed traits, with the percentage points by which they are seen more often: of Avocet red wings "
        + "(by 60); of Bee-eater none.",
      "The words. The words for the traits tell the pictures of the two apart: AUC 1.000 (0.510 to 1.000), "
        + "with 4 pictures of the class that has fewer.",
      "The maps. The classifier's maps lie where those of the traits lie: rank correlation 0.500; with "
        + "other pairs' traits it is 0.000 (p 0.010, 99 sets), with the same traits in other pictures "
        + "-0.125 (p \(p), 8 pictures).",
      "The traits taken away. Taking the traits away takes 80 % of the margin away (79 to 82 %); what "
        + "taking as much away elsewhere does is already subtracted. It turns 0 % of 8 pictures over. A "
        + "reliance of ",
      "What else. None of 2 other things that were changed surely takes half of the margin away. The "
        + "largest share is that of the background: 10 % (9 to 12 %). A reliance of ",
      "What could not be changed in enough of these pictures, so that nothing is known of it:",
      "the compression of the file: cannot be changed in this picture\n",
      "Most affected by changing the listed traits: birds/6.png",
      "The classifier takes this picture for Bee-eater, which is right, with a margin of 4.000 over Avocet. "
        + "With the traits filled in from around them the margin is 0.520 instead of 4.000; with as much "
        + "filled in elsewhere it is 3.800. So this change takes 82 % of this picture's margin away. Over "
        + "all 8 pictures, the change takes 80 % of the margin away (79 to 82 %).",
      "Least affected by changing the listed traits: birds/2.png",
      "Of all pictures of the pair this one shows it least; over all 8 pictures, the change takes 80 %",
    ])
}

@Test func whatElseDecidesHasItsNumbersAndItsRow() throws {
  let text = try pair(2)
  expect(
    text,
    has: [
      "Egret and Finch\n: goes by: the background\n",
      "The classifier goes by: the background. There are 8",
      "The classifier's maps lie no more surely where those of the traits lie than chance has it: "
        + "rank correlation 0.000; with other pairs' traits it is 0.100 (p 1.000",
      "Taking the traits away takes 10 % of the margin away (8 to 11 %)",
      "That is not enough: at least 25 % is asked.",
      "What else. Moving the background toward the other class takes 120 % of the margin away (118 to 121 "
        + "%) and turns 100 % of 8 pictures over. A reliance of ",
      "the background\n120 % (118 to 121 %)\n\ndecides\n100 %\n8\n",
      "the listed traits\n10 % (8 to 11 %)\n\nless than the 25 % that are asked\n0 %\n8\n",
    ])
}

@Test func everyVerdictIsSaidAsASentence() throws {
  let page = try WrittenPage(.everyKind)
  expect(
    page.pair(2, 3),
    has: [
      "The classifier goes by the listed traits and by: the background, the tint or brightness of the picture."
    ])
  expect(
    page.pair(6, 7),
    has: [
      "There is no evidence either way. There are 8 pictures of the two, of which the classifier gets 8 right; only "
        + "these count. The maps lie where the traits are, but taking the traits away does not show surely that they "
        + "count, and it takes both to say that the classifier goes by them.",
      "That is not enough: at least 25 % is asked.",
    ])
  expect(
    page.pair(8, 9),
    has: [
      "This pair cannot be judged: the model cannot tell the words for their traits apart on these pictures "
        + "(AUC 0.500).",
      "The words for the traits do not tell the pictures of the two apart well enough: AUC 0.500 (",
      "So this model cannot be asked where these traits are.",
      "Since it is not known that the model knows the words, this says nothing of the traits.",
    ])
}

/// A page says of each pair what files and the terminal say.
@Test func verdictsAreTheOnesOfTheSummary() throws {
  for audit in [SmallAudit.everyKind, .mixed, SmallAudit.everyKind.quick] {
    let page = try WrittenPage(audit)
    try audit.run { run in
      let summary = try AuditSummary(run)
      for judged in summary.pairs {
        let text = page.pair(judged.pair.first, judged.pair.second)
        #expect(text.contains(": \(judged.verdict.sentence(about: "bird"))\n"))
      }
    }
  }
}

@Test func aQuickRunSaysThatVerdictsRestOnMapsAlone() throws {
  let page = try WrittenPage(SmallAudit.everyKind.quick)
  expect(
    page.part("summary"),
    has: [
      "Nothing was changed in the pictures: this run compared maps only, and its verdicts rest on "
        + "them alone. They say where the classifier looks, and not what changes its decision, so that "
        + "nothing is known of what else decides."
    ])
  let text = page.pair(0, 1)
  expect(
    text,
    has: [
      "The traits taken away. Nothing was changed in these pictures: only maps were compared, and the "
        + "verdict rests on them alone.",
      "Its maps agree most: birds/0.png", "Its maps agree least: birds/7.png",
      "In this picture the rank correlation of the classifier's map with those of the traits is 0.500; with "
        + "the traits of other pairs it is 0.000 (p 0.010).",
    ])
  #expect(!text.contains("What else.") && !text.contains("What could not be changed"))
  #expect(page.all("<th scope=\"col\" aria-sort=\"none\">", "</th>").count == 6)
}

@Test func aClassThatIsNeverRightIsNotJudged() throws {
  let text = try WrittenPage(.mixed).pair(0, 2)
  expect(
    text,
    has: [
      "This pair cannot be judged: the classifier is wrong on 1 of 1 pictures.",
      "The maps could not be compared: the classifier gets none of the pictures right.",
      "The traits could not be taken away in enough pictures.",
      "The first picture of the pair: طائر & <b>.png",
      "The classifier takes this picture for Red-winged Blackbird, but it is شحرور أسود; so it does not "
        + "count for the verdict.",
    ])
}

@Test func reasonsWithNamesAreSetApart() throws {
  var audit = SmallAudit()
  for _ in 0..<3 { audit.add() }
  let page = try WrittenPage(audit)
  #expect(
    page.text.contains(
      "cannot be judged: there are no pictures of <bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi> here to "
        + "test the words for their traits on</span>."))
  expect(
    page.pair(0, 1),
    has: [
      "The words for the traits could not be tested: there are no pictures of <script>alert(1)</script> here."
    ])
}

@Test func littlePowerIsTold() throws {
  var audit = SmallAudit.everyKind
  audit.records = []
  // Of six pictures half lose all of the margin by another background, and half win as much.
  for number in 0..<6 {
    audit.add(
      .init(
        label: number % 2, rival: 1 - number % 2, traits: number % 2 == 0 ? [0] : [],
        lacking: number % 2 == 0 ? [] : [0],
        changes: ["traits": 0.8, "background": number < 3 ? 1 : -1, "color": 0]))
  }
  expect(
    try WrittenPage(audit).pair(0, 1),
    has: [
      "That is more than the 50 % that are asked, so that one which counts may have been missed.",
      "not sure to be more than chance",
    ])
}

@Test func aNuisanceThatIsNotBuiltInIsTold() throws {
  var audit = SmallAudit()
  audit.nuisances = ["my <own>"]
  for number in 0..<8 {
    audit.add(
      .init(
        label: number % 2, rival: 1 - number % 2, traits: number % 2 == 0 ? [0] : [],
        lacking: number % 2 == 0 ? [] : [0], changes: ["traits": 0.1, "my <own>": 0.9]))
  }
  let page = try WrittenPage(audit)
  #expect(page.text.contains("<bdi>my &lt;own&gt;</bdi>"))
  expect(
    page.pair(0, 1),
    has: [
      "The classifier goes by: my <own>.",
      "With my <own> changed the margin is 0.120 instead of 4.000. So",
    ])
  expect(page.part("definitions"), has: ["This run changed these, too: my <own>."])
}

@Test func wordsThatTellFewPicturesApartAreNotCalledUnknown() throws {
  let page = try WrittenPage(.mixed)
  expect(
    page.pair(0, 1),
    has: [
      "This pair cannot be judged: there are too few pictures to be sure that the model knows the words for "
        + "their traits (AUC 1.000).",
      "So few pictures cannot show it for sure: the interval has to lie above 0.5.",
    ])
  expect(
    page.part("summary"),
    has: [
      "There are too few pictures to be sure that the model knows the words for the traits: 1 pair ("
    ])
}

@Test func aVerdictOfNoEvidenceSaysWhichLegIsMissing() throws {
  var audit = SmallAudit.everyKind
  audit.records = []
  for number in 0..<8 {
    audit.add(
      .init(
        label: number % 2, rival: 1 - number % 2, draws: Array(repeating: 1, count: 99),
        traits: number % 2 == 0 ? [0] : [], lacking: number % 2 == 0 ? [] : [0]))
  }
  let relying =
    "Taking the traits away lowers the margin, but the maps do not show surely that the classifier looks at the "
    + "traits, and it takes both to say that the classifier goes by them."
  let page = try WrittenPage(audit)
  expect(page.pair(0, 1), has: [relying])
  expect(page.part("opening"), has: ["There is no evidence either way. " + relying])
  expect(
    try WrittenPage(audit.quick).pair(0, 1),
    has: ["The maps do not show surely that the classifier looks at the traits."])
}
