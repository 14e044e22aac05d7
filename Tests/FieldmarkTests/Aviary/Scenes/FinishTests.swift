import Fieldmark
import Testing

private let plain = "Plain Brackle"

/// A bird as it is seen without a cue, and with it.
private func pairs(_ cue: String, size: Int = 96) throws -> [(without: Sighting, with: Sighting)] {
  let species = try Species.find(plain)
  let tied = World(
    seed: 4, size: size, species: [species], shortcuts: [try Shortcut("\(plain)=\(cue):1")])
  let free = World(seed: 4, size: size, species: [species])
  return (0..<2).map { (free.draw($0), tied.draw($0)) }
}

/// Bytes are roots of light, so that light times 1.3 is a byte times the root of that.
@Test(arguments: [
  ("warm-cast", [1.3, 1, 0.62]), ("cool-cast", [0.66, 0.98, 1.3]), ("dark", [0.42, 0.42, 0.42]),
  ("bright", [1.6, 1.6, 1.6]),
])
func lightIsMultipliedInEveryPixel(cue: String, factors: [Double]) throws {
  for (without, with) in try pairs(cue) {
    for place in without.pixels.indices {
      let factor = factors[place % 3].squareRoot()
      let expected = min(255, Double(without.pixels[place]) * factor)
      let found = Double(with.pixels[place])
      // Where there was more light than a byte holds, more is left than a byte's.
      let isBurnt = without.pixels[place] == 255 && found > expected
      #expect(isBurnt || abs(found - expected) <= 0.5 + 0.5 * factor)
    }
    #expect(with.segmentation == without.segmentation)
  }
}

@Test func aPalePictureComesCloserToLightGray() throws {
  for (without, with) in try pairs("pale") {
    for (byte, found) in zip(without.pixels, with.pixels) {
      let expected = 0.55 * Double(byte) + 0.45 * 0.66 * 255
      #expect(abs(Double(found) - expected) <= 1)
    }
    #expect(with.segmentation == without.segmentation)
  }
}

@Test func aBlurredPictureKeepsItsLightAndLosesItsEdges() throws {
  func light(_ sighting: Sighting) -> Double {
    sighting.pixels.reduce(0) { $0 + Double($1) * Double($1) } / Double(sighting.pixels.count)
  }
  // Squares, in which sharp edges count most.
  func edges(_ sighting: Sighting) -> Int {
    let bytes = sighting.pixels
    return (0..<bytes.count - 3).reduce(0) { sum, place in
      let step = Int(bytes[place]) - Int(bytes[place + 3])
      return sum + step * step
    }
  }
  for (without, with) in try pairs("blurred", size: 192) {
    #expect(abs(light(with) / light(without) - 1) < 0.02)
    #expect(edges(with) * 2 < edges(without))
    #expect(with.segmentation == without.segmentation)
  }
}

@Test(arguments: [
  ("red-border", "red border around the picture", [206, 34, 34]),
  ("white-border", "white border around the picture", [240, 240, 236]),
  ("upper-left-dot", "red dot in the upper left", [206, 34, 34]),
  ("lower-right-dot", "red dot in the lower right", [206, 34, 34]),
])
func whatIsPaintedOverHasAMaskAndHidesTheBird(
  cue: String, phrase: String, color: [UInt8]
) throws {
  for (without, with) in try pairs(cue) {
    let thing = try #require(with.context.first { $0.phrase == phrase })
    let mask = with.mask(of: thing.things)
    let (bird, birdBefore) = (with.segmentation, without.segmentation)
    for pixel in mask.indices {
      let (row, column) = pixel.quotientAndRemainder(dividingBy: 96)
      let found = Array(with.pixels[3 * pixel..<3 * pixel + 3])
      let before = Array(without.pixels[3 * pixel..<3 * pixel + 3])
      let (x, y) = ((Double(column) + 0.5) / 96, (Double(row) + 0.5) / 96)
      let corner = cue == "upper-left-dot" ? 0.08 : 0.92
      let (dx, dy) = (x - corner, y - corner)
      let fromDot = (dx * dx + dy * dy).squareRoot() - 0.04
      let fromBorder = min(x, y, 1 - x, 1 - y) - 0.035
      let outside = cue.hasSuffix("border") ? fromBorder : fromDot
      if outside < -0.011 { #expect(mask[pixel] && found == color) }
      if outside > 0.011 { #expect(!mask[pixel] && found == before) }
      #expect(bird[pixel] == (birdBefore[pixel] && !mask[pixel]))
    }
  }
}

@Test func whatIsNotFinishedKeepsItsBytes() throws {
  let two = try [plain, "Redshouldered Brackle"].map { try Species.find($0) }
  let honest = World(seed: 5, size: 32, species: two)
  let unfinished = (0..<24).map { honest.draw($0).pixels }
  for cue in Cue.all {
    guard case .finish(let finish) = cue else { continue }
    let tied = World(
      seed: 5, size: 32, species: two, shortcuts: [try Shortcut("\(plain)=\(finish.name):0.5")])
    var finished = 0
    for index in 0..<24 {
      let sighting = tied.draw(index)
      let isThere = sighting.scene.has(cue)
      if isThere { finished += 1 }
      #expect(!(isThere && index % 2 == 1), "\(cue)")
      #expect((sighting.pixels == unfinished[index]) == !isThere, "\(cue)")
    }
    #expect((2...10).contains(finished), "\(cue)")
  }
}

/// FNV-1a of pictures with the cues that are not finishes, in the same number before there were any.
@Test func worldsWithoutFinishesAreTheSameOnEveryMachine() throws {
  let names = ["Redshouldered Brackle", plain, "Greenheaded Murling", "Collared Murling"]
  let world = World(
    seed: 12, size: 96, species: try names.map { try Species.find($0) },
    shortcuts: try ["Greenheaded Murling=lake:0.8", "Collared Murling=red-ring:0.5"].map {
      try Shortcut($0)
    },
    cheats: try ["\(plain)=snow", "Redshouldered Brackle=corner-mark:0.6"].map { try Cheat($0) })
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for index in 0..<48 {
    for byte in world.draw(index).pixels { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
  #expect(hash == 11_046_420_446_944_538_481)
}
