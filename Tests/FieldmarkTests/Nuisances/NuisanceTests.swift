import Fieldmark
import Testing

@Test func nuisancesAreFoundByTheirNames() {
  #expect(
    Nuisance.all.map(\.name) == [
      "background", "frame", "color", "contrast", "sharpness", "compression", "scale", "mirror",
    ])
  #expect(Nuisance.all.allSatisfy { $0.summary.hasSuffix(".") && !$0.phrase.hasSuffix(".") })
  #expect(
    sentence { _ = try Nuisance.named("colour") }
      == "nuisance: expected one of background, frame, color, contrast, sharpness, compression, "
      + "scale, mirror, found 'colour'; did you mean 'color'?")
}

@Test func aClassThatDiffersInNothingChangesNothing() throws {
  let pictures = try Sketch.pictures()
  let same = try Sketch.appearance(pictures)
  for nuisance in Nuisance.all {
    guard let moved = nuisance.shifted(pictures[0], from: same, to: same) else { continue }
    #expect(moved == pictures[0].picture, "\(nuisance)")
  }
  #expect(Nuisance.scale.shifted(pictures[0], from: same, to: same) != nil)
}

/// Nothing traps, and what comes out has the size of the picture.
@Test(arguments: [
  (1, 1, 40, 30), (2, 1, 1, 1), (3, 2000, 17, 9), (2000, 3, 1, 1), (17, 9, 3, 2000), (40, 30, 1, 1),
])
func picturesOfAnyShapeAreChanged(
  _ width: Int, _ height: Int, _ donorWidth: Int, _ donorHeight: Int
) throws {
  func located(_ width: Int, _ height: Int, _ thing: Range<Int>?) throws -> LocatedPicture {
    let mask = thing.map {
      Sketch.box(width, height, $0.clamped(to: 0..<width), $0.clamped(to: 0..<height))
    }
    return try LocatedPicture(
      Sketch.textured(width, height, seed: 1), thing: mask, quality: 90, shortest: 8)
  }
  let rival = PictureAppearance(
    inside: .init(color: SIMD3(9, 9, 9), contrast: 9, sharpness: SIMD2(9, -9)),
    outside: .init(color: SIMD3(-9, 9, 9), contrast: 9, sharpness: SIMD2(9, -9)), size: -9,
    quality: 1)
  let other = try #require(ClassAppearance([rival]))
  let (all, some, none) = (0..<2000, 0..<1, 0..<0)
  for (thing, donorThing) in [
    (nil, nil), (all, some), (some, all), (some, some), (none, some), (some, none), (all, all),
  ] {
    let picture = try located(width, height, thing)
    let donor = try located(donorWidth, donorHeight, donorThing)
    let own = try Sketch.appearance([picture])
    let changed =
      Nuisance.all.map { $0.changed(picture, donor, own, other) }
      + Nuisance.all.map { $0.shifted(picture, from: other, to: own) }
    for changed in changed.compactMap({ $0 }) {
      #expect(changed.width == picture.picture.width && changed.height == picture.picture.height)
    }
  }
}

@Test func changesDoNotDependOnWhoElseIsAtWork() throws {
  let (pictures, donors) = (try Sketch.pictures(), try Sketch.pictures(seed: 50))
  let (from, to) = (try Sketch.appearance(pictures), try Sketch.appearance(donors))
  func changes() -> [Picture?] {
    Nuisance.all.map { $0.changed(pictures[0], donors[1], from, to) }
  }
  let alone = changes()
  let together = try concurrently(8) { _ in
    Nuisance.all.map { $0.changed(pictures[0], donors[1], from, to) }
  }
  #expect(together.allSatisfy { $0 == alone })
}
