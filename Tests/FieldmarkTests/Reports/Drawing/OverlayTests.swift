import Fieldmark
import Testing

private let all = Region(x: 0, y: 0, width: 2, height: 1)
private let photo = Picture(width: 2, height: 1, pixels: [10, 20, 30, 200, 100, 50])

private func drawn(_ values: [[Float]], _ region: Region = all, _ blend: Float = 0.6) -> [UInt8] {
  Heatmap(Matrix(values), region: region, width: 2, height: 1)
    .overlaid(on: photo, colors: .viridis, blend: blend).pixels
}

/// viridis ends with (253, 231, 37): 0.4 of the picture, 0.6 of that.
@Test func theMostIsCoveredAndNothingIsNot() {
  #expect(drawn([[0, 5]]) == [10, 20, 30, 232, 179, 42])
  #expect(drawn([[-7, 0.001]]) == [10, 20, 30, 232, 179, 42])
}

@Test func aMapWithoutAnythingLeavesThePictureAsItWas() {
  #expect(drawn([[-1, -2]]) == photo.pixels)
  #expect(drawn([[3, 3]]) == photo.pixels)
  #expect(drawn([[0, 1]], all, 0) == photo.pixels)
}

@Test func whatTheModelDidNotSeeIsDimmed() {
  let left = Region(x: 0, y: 0, width: 1, height: 1)
  #expect(drawn([[0, 0]], left) == [10, 20, 30, 120, 60, 30])
}

@Test func theOverlayHasNoAlphaAndKeepsTheNotes() {
  let clear = Picture(
    width: 2, height: 1, pixels: photo.pixels, alpha: [0, 255], notes: ["turned upright"])
  let map = Heatmap(Matrix([[0, 0]]), region: all, width: 2, height: 1)
  let overlay = map.overlaid(on: clear)
  #expect(overlay.alpha == nil && overlay.pixels == photo.pixels)
  #expect(overlay.notes == ["turned upright"])
}

/// What a browser does with alpha, in whole bytes: it may differ by one or two of 255.
@Test func aGlazeOverThePictureIsTheOverlay() throws {
  let size = (width: 30, height: 20)
  let bird = Picture(
    width: size.width, height: size.height,
    pixels: (0..<size.width * size.height * 3).map { UInt8(truncatingIfNeeded: $0 &* 37) })
  let map = Heatmap(
    Matrix([[0, 1, 2], [-3, 5, 1]]), region: Region(x: 5, y: 0, width: 20, height: 20),
    width: size.width, height: size.height)
  let glaze = map.glaze()
  let alpha = try #require(glaze.alpha)
  let laid = bird.pixels.indices.map { place -> Int in
    let cover = Double(alpha[place / 3]) / 255
    let mixed = (1 - cover) * Double(bird.pixels[place]) + cover * Double(glaze.pixels[place])
    return Int(mixed.rounded())
  }
  for (laid, drawn) in zip(laid, map.overlaid(on: bird).pixels) {
    #expect(abs(laid - Int(drawn)) <= 2)
  }
}
