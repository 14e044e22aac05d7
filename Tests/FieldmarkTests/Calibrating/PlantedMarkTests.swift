import Fieldmark
import Testing

private let width = 120
private let height = 100
private let box = Sketch.box(width, height, 40..<80, 30..<70)

private func bird(thing: Mask? = box) throws -> LocatedPicture {
  try LocatedPicture(Sketch.textured(width, height, seed: 5), thing: thing, shortest: 100)
}

private func part(_ columns: Range<Int> = 45..<60) -> MarkLook.Part {
  .init(
    place: Sketch.box(width, height, columns, 40..<50), color: Color(red: 200, green: 30, blue: 30))
}

/// The pixels that a mark changes.
private func changed(_ mark: PlantedMark, _ seed: UInt64 = 3) throws -> [(x: Int, y: Int)] {
  let before = try bird()
  let after = try #require(try mark.planted(in: before, MarkLook(seed: seed, part: part())))
  return (0..<width * height).map { ($0 % width, $0 / width) }.filter {
    before.picture.color($0.0, $0.1) != after.picture.color($0.0, $0.1)
  }
}

@Test(arguments: PlantedMark.all)
func aMarkLooksTheSameWheneverItIsPlanted(_ mark: PlantedMark) throws {
  for seed in 0..<8 as Range<UInt64> {
    let look = MarkLook(seed: seed, part: part())
    let picture = try bird()
    let once = try #require(try mark.planted(in: picture, look))
    #expect(try mark.planted(in: picture, look)?.picture == once.picture)
    #expect(once.picture != picture.picture)
    #expect(once.thing == picture.thing && once.picture.width == width)
  }
}

@Test func aWordAndABorderLieWhereTheFrameIsExchanged() throws {
  for mark in [PlantedMark.text, .frame] {
    for seed in 0..<8 as Range<UInt64> {
      let places = try changed(mark, seed)
      #expect(!places.isEmpty)
      for (x, y) in places {
        let (across, down) = (min(x, width - 1 - x), min(y, height - 1 - y))
        // The outer 6 % of 100 pixels, and the corners of 12.5 %.
        #expect(
          min(across, down) < 6 || max(across, down) < 13
            || mark.name == "text" && across < 20 && down < 9)
      }
    }
  }
}

@Test func aBackgroundLeavesTheThingAlone() throws {
  let places = try changed(.background)
  #expect(places.count > width * height / 2)
  #expect(!places.contains { box.pixels[$0.y * width + $0.x] })
}

@Test func aColorIsPlantedOnThePartAlone() throws {
  let places = try changed(.trait)
  #expect(places.count == 15 * 10)
  #expect(places.allSatisfy { (45..<60).contains($0.x) && (40..<50).contains($0.y) })
}

@Test func aColorStaysOnTheThing() throws {
  let look = MarkLook(seed: 0, part: part(70..<100))
  let (before, after) = (try bird(), try PlantedMark.trait.planted(in: bird(), look))
  let marked = try #require(after)
  #expect(before.picture.color(79, 45) != marked.picture.color(79, 45))
  #expect(before.picture.color(80, 45) == marked.picture.color(80, 45))
}

@Test func aCastMovesWhatTheAuditMeasures() throws {
  let marked = try #require(try PlantedMark.tint.planted(in: bird(), MarkLook(seed: 1)))
  let (before, after) = (try bird().appearance, marked.appearance)
  for (a, b) in [(before.inside, after.inside), (before.outside, after.outside)] {
    let move = a.color - b.color
    #expect((move * move).sum() > 0.01)
  }
}

@Test func whereNoThingIsKnownThereIsNoBackground() throws {
  #expect(try PlantedMark.background.planted(in: bird(thing: nil), MarkLook(seed: 1)) == nil)
  #expect(try PlantedMark.trait.planted(in: bird(), MarkLook(seed: 1)) == nil)
  #expect(try PlantedMark.frame.planted(in: bird(thing: nil), MarkLook(seed: 1)) != nil)
}

@Test func marksAreFoundByTheirNames() {
  #expect(PlantedMark(named: "tint")?.nuisances.map(\.name) == ["color"])
  #expect(
    sentence { _ = try PlantedMark.named("tynt") }
      == "mark: expected one of text, frame, tint, background, trait, found 'tynt'; did you mean 'tint'?"
  )
}
