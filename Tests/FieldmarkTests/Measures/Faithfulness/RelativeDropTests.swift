import Fieldmark
import Testing

private let planes = Toy.picture()

/// Two of four pixels go: what the class had, what the other had of it.
@Test func theRelativeDropIsWhatAClassLosesBeyondTheOther() throws {
  let scorer = Scorer(.logit) { $0.map { [Double($0[0, 0] + $0[0, 1]), Double($0[0, 1])] } }
  let small = Matrix([[3, 4, 9, 9]])
  let drop = try RelativeDrop(share: 0.5)(
    small, Grid(width: 4, height: 1), [5, 4, 1, 1], of: 0, against: 1, scorer)
  #expect(drop.drop == 7 && drop.ofReference == 4 && drop.relative == 3)
}

/// (`python3 References/make_faithfulness.py Tests/References`)
@Test(arguments: ["scattered", "hill"])
func dropsEqualTheFormulaWrittenDownAgain(_ name: String) throws {
  let map = name == "hill" ? Toy.hill : Toy.scattered
  let theirs = try #require(try ToyReferences.read().drops[name])
  let drop = try RelativeDrop(share: 0.1)(
    planes, Toy.pixels, map, of: Toy.asked, against: 3, Toy.scorer())
  expectNear([drop.drop, drop.relative], [theirs.drop, theirs.relative], within: 1e-12)
}

@Test func theShareOfThePixelsIsRoundedAndOnTheCard() throws {
  let drop = try RelativeDrop(share: 0.05)(
    planes, Toy.pixels, Toy.hill, of: 0, against: 1, Toy.scorer())
  #expect(
    drop.card.json.written()
      == #"{"measure":"relative drop","paper":"Zhang et al. 2025, arXiv 2501.11309","share":0.05,"#
      + #""pixels":19,"fill":"zero","score":"probability","classes":4,"#
      + #""ties":"of equals the first","left_out":[]}"#)
}

@Test func moreThanThePictureIsRefused() throws {
  let error = #expect(throws: InputError.self) {
    try RelativeDrop(share: 5)(planes, Toy.pixels, Toy.hill, of: 0, against: 1, Toy.scorer())
  }
  #expect(error?.description == "the relative drop's share: expected above 0, up to 1, found 5.")
}
