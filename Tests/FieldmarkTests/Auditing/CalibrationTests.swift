import Fieldmark
import Testing

extension Calibration {
  /// Two marks: one that is found from a share of 0.3 on, and one that is never found.
  static let sketched: Calibration = {
    var calibration = Calibration(subject: "f00d", asked: 2, pairs: [], passes: 1234)
    calibration.pairs = [
      .init("Red-winged Blackbird", "<script>alert(1)</script>", pictures: 12),
      .init("Avocet", "Crane", pictures: 8),
    ]
    func mark(_ name: String, _ what: String, from least: Int, byRule: Int) -> Mark {
      Mark(
        name: name, what: what, shownBy: ["frame", "background"], pairs: 2, heads: 20,
        threshold: 0.12, auc: least > 10 ? 0.61 : 0.98,
        steps: (0...10).map { place in
          let share = Double(place) / 10
          return Step(
            share: share, truth: 2 * share, estimate: place == 0 ? nil : share,
            found: .init(place >= least ? 0.9 : 0.05, ofPairs: 2),
            byRule: .init(place >= byRule ? 1 : 0, ofPairs: 2))
        },
        pictures: .init(before: "data:image/png;base64,AAAA", after: "data:image/png;base64,BBBB"))
    }
    calibration.marks = [
      mark("text", "a word in a corner", from: 3, byRule: 5),
      mark("frame", "a colored border", from: 11, byRule: 11),
    ]
    calibration.leftOut = [.init("trait", "no color is known")]
    return calibration
  }()
}

@Test func aMarkIsFoundFromTheLeastShareBehindWhichNoneIsMissed() {
  let (text, frame) = (Calibration.sketched.marks[0], Calibration.sketched.marks[1])
  #expect(text.leastShare == 0.3 && text.leastShareByRule == 0.5 && !text.isBlind)
  #expect(frame.leastShare == nil && frame.isBlind)
}

/// Of two pairs even 20 of 20 heads leave much open.
@Test func intervalsAreThoseOfAsManyHeadsAsPairs() {
  let rate = Calibration.Rate(1, ofPairs: 2)
  #expect(rate.high == 1)
  // 2 / (2 + 1.96^2)
  #expect(abs(rate.low - 0.3424) < 1e-4)
}

@Test func aCalibrationIsReadAsItWasWritten() throws {
  try inTemporaryFolder { folder in
    let file = folder / "a.run.calibration.json"
    try Calibration.sketched.write(to: file)
    #expect(try Calibration(reading: file) == .sketched)
    #expect(OwnFile(file)?.kind == .object)
  }
}

@Test func aCalibrationShowsNothingButPictures() throws {
  var calibration = Calibration.sketched
  calibration.marks[0].pictures = .init(
    before: "data:image/png;base64,AAAA", after: "https://elsewhere/b.png")
  let json = calibration.json(pictures: true)
  #expect(
    sentence { _ = try Calibration(json, of: "a.json") }
      == "a.json 'marks' 1 'after': expected a PNG file as a data URL, found another text.")
  #expect(
    sentence { _ = try Calibration(["pairs_asked": 2], of: "a.json") }
      == "a.json 'subject': expected a text, found nothing.")
}

@Test func theTextSaysWhatIsFoundAndWhereTheAuditIsBlind() {
  #expect(
    Calibration.sketched.text == """
      How small a reliance could be found here: marks were planted in 40 pictures of 2 pairs of classes, and heads that go by them to a known share were audited.

        text: four of five heads are found where 30 % of the head or more goes by a word in a corner, which then truly decides 60 % of the margin; nineteen of twenty honest heads stay at or below 12 % of the margin, and the verdicts' marks find it from 50 % on.
        frame: the audit is blind here: even of the heads that were trained on nothing but a colored border, it finds only 5 % (0 % to 69 %); nineteen of twenty honest heads stay at or below 12 % of the margin, and the verdicts' marks do not find it at any share.
        trait: left out, because no color is known

      Heads found, by how much of them goes by the mark (in brackets: by the verdicts' marks alone):
                     0 %       10 %       20 %       30 %       40 %       50 %       60 %       70 %       80 %       90 %      100 %
        text       5 (0)      5 (0)      5 (0)     90 (0)     90 (0)   90 (100)   90 (100)   90 (100)   90 (100)   90 (100)   90 (100)
        frame      5 (0)      5 (0)      5 (0)      5 (0)      5 (0)      5 (0)      5 (0)      5 (0)      5 (0)      5 (0)      5 (0)

      Each rate is of 20 heads in 2 pairs of classes; a false alarm rate cannot be told more finely than one in 20, and heads of one pair are much alike, so that intervals are as wide as those of 2 heads.

      """)
}
