import Fieldmark
import Testing

private let side = 96

private func world(_ sight: Sight, _ species: [Species] = Species.all) -> World {
  World(seed: 17, size: side, species: species, sight: sight)
}

/// The same birds with nothing before them, or without the others.
private let bare = Sight("bare", "nothing before the bird", foreground: .nothing)
private let alone = Sight("alone", "no others", size: 0.5...0.65)

private func count(_ mask: [Bool]) -> Int { mask.count { $0 } }

@Test func aBirdInFullViewIsWhatItWasBeforeThereWereSights() {
  let plain = World(seed: 17, size: side)
  for index in 0..<6 {
    let isSame = plain.draw(index).pixels == world(.clear).draw(index).pixels
    #expect(isSame)
  }
}

@Test(arguments: [Sight.small, .occluded, .several])
func aSightChangesNeitherTheBirdNorItsPoseNorTheScene(sight: Sight) {
  for index in 0..<12 {
    let (full, seen) = (world(.clear).draw(index), world(sight).draw(index))
    #expect(seen.plumage == full.plumage && seen.species.name == full.species.name)
    #expect(seen.pose.looksRight == full.pose.looksRight && seen.pose.stance == full.pose.stance)
    #expect(seen.pose.hasLiftedWings == full.pose.hasLiftedWings)
    #expect(seen.scene.habitat == full.scene.habitat && seen.scene.ring == full.scene.ring)
    #expect(seen.scene.distractors.map(\.phrase) == full.scene.distractors.map(\.phrase))
    let isOther = seen.pixels != full.pixels
    #expect(isOther)
  }
}

@Test func aSmallBirdHasATenthToAFifthOfItsSide() throws {
  for index in 0..<40 {
    let full = try #require(world(bare).draw(index).box)
    let small = try #require(world(.small).draw(index).box)
    let share =
      Double(max(small.width, small.height)) / Double(max(full.width, full.height))
    // A pixel more or less is a tenth of the smallest birds.
    #expect((0.06...0.25).contains(share), "\(index): \(share)")
  }
}

@Test func foliageHidesAboutAThirdOfEachBird() {
  var shares: [Double] = []
  for index in 0..<40 {
    let (full, occluded) = (world(bare).draw(index), world(.occluded).draw(index))
    shares.append(
      1 - Double(count(occluded.segmentation)) / Double(count(full.segmentation)))
    #expect((0.2...0.47).contains(shares[index]), "\(index): \(shares[index])")
  }
  let mean = shares.reduce(0, +) / Double(shares.count)
  #expect((0.28...0.4).contains(mean), "\(mean)")
}

@Test func masksShowWhatFoliageLeavesToBeSeen() {
  var (unseen, missing) = (0, 0)
  for index in 0..<24 {
    let (full, occluded) = (world(bare).draw(index), world(.occluded).draw(index))
    let (whole, left) = (full.segmentation, occluded.segmentation)
    let foliage = zip(whole, left).map { $0 && !$1 }
    let changed = whole.indices.filter { differs(full, occluded, $0) }
    #expect(!zip(whole, left).contains { $1 && !$0 }, "\(index): foliage shows no bird")
    // A pixel at the edge of a leaf is partly the leaf, and the tip of a blade of grass is thinner than a
    // pixel, so that it hides less than half of it.
    let strays = changed.filter { left[$0] && !isNear($0, foliage, within: 2, of: side) }
    #expect(strays.count * 20 <= count(left), "\(index): \(strays.count) of \(count(left))")
    // A leaf may have the color of the feathers that it hides.
    let hidden = changed.count { foliage[$0] }
    #expect(hidden * 50 >= count(foliage) * 49, "\(index): \(hidden) of \(count(foliage))")
    for trait in full.traits {
      let (before, after) = (full.mask(of: trait), occluded.mask(of: trait))
      let isTrue = !zip(before, after).contains { $1 && !$0 }
      #expect(isTrue, "\(index) \(trait.phrase)")
    }
    for (before, after) in zip(full.parts, occluded.parts) where before != nil {
      unseen += after == nil ? 1 : 0
    }
    missing += Set(full.traits).subtracting(occluded.traits).count
  }
  #expect(unseen > 0 && missing > 0, "\(unseen) parts and \(missing) traits are hidden")
}

@Test func theBoxAndThePartsAreThoseOfTheLargestOfSeveralBirds() throws {
  for index in 0..<20 {
    let (one, several) = (world(alone).draw(index), world(.several).draw(index))
    let (box, found) = (try #require(one.box), try #require(several.box))
    #expect(box == found)
    for (a, b) in zip(one.parts, several.parts) { #expect(a?.x == b?.x && a?.y == b?.y) }
    // Masks tell of all birds.
    #expect(!zip(one.segmentation, several.segmentation).contains { $0 && !$1 })
    let others = zip(one.segmentation, several.segmentation).map { $1 && !$0 }
    #expect(count(others) > 40, "\(index): \(count(others)) pixels of the others")
    let isBeside = others.indices.contains { pixel in
      others[pixel]
        && !((box.x..<box.x + box.width).contains(pixel % side)
          && (box.y..<box.y + box.height).contains(pixel / side))
    }
    #expect(isBeside, "\(index)")
    for trait in one.traits {
      let (a, b) = (one.mask(of: trait), several.mask(of: trait))
      #expect(!zip(a, b).contains { $0 && !$1 }, "\(index) \(trait.phrase)")
    }
    #expect(several.allTraits == one.allTraits)
  }
}

@Test(arguments: Sight.all)
func masksAndPartsLieOnTheBirdInEachSight(sight: Sight) throws {
  for index in 0..<20 {
    let sighting = world(sight).draw(index)
    let bird = sighting.segmentation
    let box = try #require(sighting.box)
    for trait in sighting.traits {
      let mask = sighting.mask(of: trait)
      #expect(!zip(mask, bird).contains { $0 && !$1 }, "\(index) \(trait.phrase)")
      #expect(count(mask) >= sighting.leastPixels)
    }
    for (part, place) in zip(BodyPart.allCases, sighting.parts) {
      guard let place else { continue }
      let mask = sighting.mask(of: part.patches(looksRight: sighting.pose.looksRight))
      #expect(mask[place.y * side + place.x], "\(index) \(part.name)")
      #expect((box.x..<box.x + box.width).contains(place.x))
      #expect((box.y..<box.y + box.height).contains(place.y))
    }
  }
}

/// The first pair differs in its silhouette, and the second swims on its lake.
@Test(
  arguments: [Sight.small, .occluded, .several],
  [["Scarlet Pipling", "Crestless Pipling"], ["Greenheaded Murling", "Collared Murling"]])
func twinsHaveTheSameSight(sight: Sight, names: [String]) throws {
  let species = try names.map { try Species.find($0) }
  let shortcuts = try [Shortcut("\(names[0])=lake:1"), Shortcut("\(names[1])=snow:1")]
  let world = World(
    seed: 3, size: side, species: species, shortcuts: shortcuts, sight: sight)
  let differing = species[0].differences(from: species[1])
  var (traits, cues, changed, strays) = (0, 0, 0, 0)
  for index in 2..<10 {
    let picture = world.draw(index)
    for twin in world.twins(of: index) {
      switch twin.kind {
      case .trait:
        traits += 1
        let places = zip(picture.mask(of: differing), twin.sighting.mask(of: differing))
          .map { $0 || $1 }
        let pixels = places.indices.filter { differs(picture, twin.sighting, $0) }
        // Where less than half of every pixel of a sliver is seen, there is no pixel to be near to.
        guard places.contains(true) else { continue }
        changed += pixels.count
        strays += pixels.count { !isNear($0, places, within: 4, of: side) }
      case .cue:
        cues += 1
        #expect(twin.sighting.segmentation == picture.segmentation, "\(index)")
        let (box, own) = (try #require(twin.sighting.box), try #require(picture.box))
        #expect(box == own)
      }
    }
  }
  #expect(strays * 20 <= changed, "\(strays) of \(changed)")
  #expect(traits > 2 && cues == 8 && changed > 8, "\(traits) \(cues) \(changed)")
}
