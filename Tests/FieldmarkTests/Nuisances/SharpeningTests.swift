import Fieldmark
import Testing

/// Half the size and back again.
private func blurred(_ picture: Picture) -> Picture {
  picture.resized(width: picture.width / 2, height: picture.height / 2, .bilinear)
    .resized(width: picture.width, height: picture.height, .bilinear)
}

@Test func aSharpClassBecomesAsBlurredAsAnother() throws {
  let plain = try Sketch.pictures()
  let soft = try Sketch.pictures { picture, _ in blurred(picture) }
  let (from, to) = (try Sketch.appearance(plain), try Sketch.appearance(soft))
  let moved = try plain.map {
    try LocatedPicture(
      try #require(Nuisance.sharpness.shifted($0, from: from, to: to)), thing: $0.thing,
      shortest: 224)
  }
  let (before, after) = (from.move(to: to), try Sketch.appearance(moved).move(to: to))
  #expect(before.sharpness[0] < -0.4)
  #expect(abs(after.sharpness[0]) < 0.2 * abs(before.sharpness[0]))
  for (picture, expected) in zip(moved, soft) {
    let distance = Sketch.distance(picture.picture, expected.picture)
    #expect(distance < 4)
  }
}

@Test func aBlurredClassBecomesSharperAndNearerToWhatItWas() throws {
  let plain = try Sketch.pictures()
  let soft = try Sketch.pictures { picture, _ in blurred(picture) }
  let (from, to) = (try Sketch.appearance(soft), try Sketch.appearance(plain))
  for (picture, expected) in zip(soft, plain) {
    let changed = try #require(Nuisance.sharpness.shifted(picture, from: from, to: to))
    #expect(
      Sketch.distance(changed, expected.picture)
        < Sketch.distance(picture.picture, expected.picture))
  }
}

@Test func moreLightIsNoSharpness() throws {
  let plain = try Sketch.pictures()
  let bright = try Sketch.pictures { picture, _ in Sketch.changed(picture) { $1 * 1.4 } }
  let (from, to) = (try Sketch.appearance(plain), try Sketch.appearance(bright))
  let changed = try #require(Nuisance.sharpness.shifted(plain[0], from: from, to: to))
  #expect(Sketch.distance(changed, plain[0].picture) < 0.6)
}
