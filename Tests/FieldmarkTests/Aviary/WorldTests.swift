import Fieldmark
import Testing

@Test func theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws {
  let world = World(seed: 3, size: 96)
  let alone = (0..<24).map { world.draw($0) }
  let allowed = Cores.allowed
  defer { Cores.allowed = allowed }
  for threads in 1...3 {
    Cores.allowed = threads
    let together = try concurrently(24) { world.draw($0).pixels }
    #expect(together == alone.map(\.pixels))
  }
  #expect(World(seed: 4, size: 96).draw(0).pixels != alone[0].pixels)
}

/// FNV-1a of all bytes; it changes when anything about the drawing does, and with no processor.
@Test func theBytesAreTheSameOnEveryMachine() {
  let world = World(seed: 11, size: 128)
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for index in 0..<60 {
    for byte in world.draw(index).pixels { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
  #expect(hash == 8_579_501_682_765_325_239)
}

@Test func aBirdFillsMostOfItsPictureAndIsInside() {
  let world = World(seed: 5, size: 128)
  for index in 0..<120 {
    let sighting = world.draw(index)
    let box = sighting.box
    #expect(box != nil, "\(index)")
    let extent = max(box?.width ?? 0, box?.height ?? 0)
    #expect((50...127).contains(extent), "\(index), \(sighting.species.name)")
  }
}

@Test func everyTraitIsSeenInSomeOfTwentySightings() {
  let world = World(seed: 8)
  for species in Species.all {
    // A variety's mark is not on all; those of the usual plumage must be seen.
    var missing = Set(species.traits.map(\.phrase))
    for index in 0..<20 where !missing.isEmpty {
      missing.subtract(world.draw(species, index).traits.map(\.phrase))
    }
    #expect(missing.isEmpty, "\(species.name): \(missing.sorted())")
  }
}

@Test(arguments: Species.pairs.map(\.1.name))
func lookAlikesDifferOnlyWhereTheirPatchesDo(name: String) throws {
  let other = try Species.find(name)
  let one = try #require(other.lookAlike.flatMap(Species.init(named:)))
  var world = World(seed: 21, size: 128)
  world.hasDistractors = false
  var (changed, strays) = (0, 0)
  for index in 0..<6 {
    let (a, b) = (world.draw(one, index), world.draw(other, index))
    let differing = one.differences(from: other) + [.farWing, .farLeg]
    let places = zip(a.mask(of: differing), b.mask(of: differing)).map { $0 || $1 }
    for pixel in places.indices {
      guard differs(a, b, pixel) else { continue }
      changed += 1
      // A patch's soft edge reaches a little beyond the pixels that are mostly its own.
      if !isNear(pixel, places, within: 4, of: 128) { strays += 1 }
    }
  }
  // Where less than half of every pixel of a sliver is seen, there is no pixel to be near to.
  #expect(changed > 20 && strays * 50 <= changed, "\(name): \(strays) of \(changed)")
}
