import Fieldmark
import Testing

extension SmallAudit {
  /// What `audit --picture` makes.
  static let single: SmallAudit = {
    var audit = SmallAudit()
    audit.add(
      .init(lacking: [1], changes: ["traits": 0.1, "background": 1.2], path: "my bird.png"))
    return audit
  }()
}

@Test func aSinglePicturesPageOpensOnThePicture() throws {
  let page = try WrittenPage(.single)
  #expect(
    page.text.contains("<title>What a classifier on &lt;demo&gt; goes by in one picture</title>"))
  #expect(
    page.text.contains(
      "</h1><p>This is an audit of a single picture. What it shows holds for this picture; a verdict about "
        + "two classes takes at least 3 pictures that are classified right.</p><div class=\"part\" "
        + "id=\"opening\"><h2>The picture</h2><figure class=\"opening\">"))
  #expect(
    page.all("<div class=\"part\" id=\"", "\"") == [
      "opening", "changes", "pair", "definitions", "provenance",
    ])
  let opening = page.part("opening")
  #expect(
    opening.contains(
      "my bird.png. The classifier takes this picture for Red-winged Blackbird, which is right, with a "
        + "margin of 4.000 over <script>alert(1)</script>."))
  #expect(opening.contains("a trait of Red-winged Blackbird, rank correlation 0.500"))
}

@Test func aSinglePicturesPageSaysWhatItsChangesDid() throws {
  let page = try WrittenPage(.single)
  let changes = page.part("changes")
  for sentence in [
    "With the traits filled in from around them the margin is 3.320 instead of 4.000; with as much filled "
      + "in elsewhere it is 3.800. So this change takes only 12 % of this picture's margin away.",
    "With the background taken from a picture of <script>alert(1)</script> the margin is -1.080 instead of "
      + "4.000; with the same from another picture of Red-winged Blackbird it is 3.800. So this change "
      + "turns the picture over: <script>alert(1)</script> wins.",
    "Not changed: the compression of the file (cannot be changed in this picture).",
  ] {
    #expect(changes.contains(sentence), "\(sentence)\n\(changes)")
  }
  #expect(
    page.part("pair").contains(
      "This pair cannot be judged: too few pictures are classified right (1; 3 are needed)."))
}

@Test func aSinglePictureWithoutLookAlikeOrChangesIsTold() throws {
  var alone = SmallAudit()
  alone.add(.init(rival: nil))
  let page = try WrittenPage(alone)
  #expect(
    page.part("opening").contains(
      "It has no look-alike here that it could be told apart from, so nothing more was asked."))
  #expect(page.part("pair").contains("There is no pair of classes to judge."))
  let quick = try WrittenPage(SmallAudit.single.quick)
  #expect(
    quick.part("changes").contains(
      "Only maps were compared in this run, so that nothing was changed in the picture."))
  let gone = try WrittenPage(.single) { _ in throw InputError("it", expected: "one", found: "none")
  }
  #expect(
    gone.part("opening").contains(
      "The picture is gone or another one, so that its maps are not drawn."))
}
