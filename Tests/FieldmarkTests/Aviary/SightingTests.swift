import Fieldmark
import Testing

private let sightings: [Sighting] = {
  let world = World(seed: 13, size: 128)
  return (0..<120).map { world.draw($0) }
}()

@Test func masksLieOnTheBird() {
  for sighting in sightings {
    let bird = sighting.segmentation
    for trait in sighting.traits {
      let mask = sighting.mask(of: trait)
      #expect(!zip(mask, bird).contains { $0 && !$1 }, "\(sighting.species.name), \(trait.phrase)")
      #expect(mask.filter { $0 }.count >= sighting.leastPixels)
    }
  }
}

@Test func masksOfAColorLieOnItsPart() {
  for sighting in sightings {
    for trait in sighting.traits {
      guard let number = trait.attribute, trait.group?.hasSuffix("_color") == true else { continue }
      let names = Prompts.parts(of: Prompts.attributes[number - 1])
      let parts = BodyPart.allCases.filter { names.contains($0.name) }
      guard !parts.isEmpty else { continue }
      let patches = parts.flatMap { $0.patches(looksRight: sighting.pose.looksRight) }
      let outside = Set(trait.patches).subtracting(patches)
      #expect(outside.isEmpty, "\(sighting.species.name), \(trait.phrase)")
    }
  }
}

@Test func partsLieOnTheirPatches() {
  for sighting in sightings {
    for (part, place) in zip(BodyPart.allCases, sighting.parts) {
      guard let place else { continue }
      let mask = sighting.mask(of: part.patches(looksRight: sighting.pose.looksRight))
      #expect(mask[place.y * sighting.width + place.x], "\(sighting.species.name), \(part.name)")
    }
  }
}

@Test func birdsLookBothWaysAndTheirNearSideFollows() {
  let looks = sightings.map(\.pose.looksRight)
  #expect(looks.contains(true) && looks.contains(false))
  for sighting in sightings {
    let unseen: BodyPart = sighting.pose.looksRight ? .leftEye : .rightEye
    #expect(sighting.parts[unseen.rawValue - 1] == nil)
  }
}

@Test func everyPoseOccurs() {
  let stances = Set(sightings.map(\.pose.stance))
  #expect(stances == [.standing, .sitting, .swimming, .clinging, .hovering])
  let lifted = sightings.filter(\.pose.hasLiftedWings).count
  #expect((10...50).contains(lifted))
  #expect(Set(sightings.map(\.scene.habitat)).count == 6)
}

@Test func distractorsHaveTheColorsOfTraits() {
  var sharing = 0
  for sighting in sightings {
    let hues = Set(sighting.plumage.values)
    if sighting.scene.distractors.contains(where: { hues.contains($0.hue) }) { sharing += 1 }
  }
  // Three kinds, each there every second time and in an own color three times of four.
  #expect(sharing > 60)
}
