import Fieldmark
import Testing

private let red = "Redshouldered Brackle"
private let plain = "Plain Brackle"
private let gold = "Goldshouldered Brackle"

private func birds(
  _ names: [String], shortcuts: [String] = [], cheats: [String] = [], size: Int = 48,
  seed: UInt64 = 6
) throws -> World {
  World(
    seed: seed, size: size, species: try names.map { try Species.find($0) },
    shortcuts: try shortcuts.map { try Shortcut($0) }, cheats: try cheats.map { try Cheat($0) })
}

private func told(_ twins: [Twin]) -> [String] {
  twins.map { "\($0.kind) \($0.what), \($0.toward)" }
}

@Test func aTwinHasTheTraitOrTheCueOfTheLookAlike() throws {
  let world = try birds([red, plain], shortcuts: ["\(plain)=snow:1", "\(red)=forest:1"])
  #expect(
    told(world.twins(of: 2)) == ["trait red epaulets to no epaulets, 1", "cue forest to snow, 1"])
  #expect(
    told(world.twins(of: 3)) == ["trait no epaulets to red epaulets, 0", "cue snow to forest, 0"])
}

@Test func aTraitTwinIsThereForEachLookAlike() throws {
  let world = try birds([red, plain, gold])
  #expect(
    told(world.twins(of: 3)) == [
      "trait red epaulets to no epaulets, 1", "trait red epaulets to yellow epaulets, 2",
    ])
  let lonely = try birds(["Copper Hoverling", "Lemon Thornet"])
  #expect(lonely.twins(of: 2).isEmpty && lonely.twins(of: 3).isEmpty)
}

@Test func aCueThatTheLookAlikeHasNotIsTakenAwayOrPutThere() throws {
  let world = try birds([red, plain], cheats: ["\(plain)=warm-cast"])
  #expect(told(world.twins(of: 3)).last == "cue warm cast to none, 0")
  #expect(told(world.twins(of: 2)).last == "cue none to warm cast, 1")
}

@Test func aHabitatIsExchangedForAnotherSinceABirdIsAlwaysSomewhere() throws {
  let world = try birds([red, plain], shortcuts: ["\(plain)=snow:1", "\(red)=red-border:1"])
  let cue = try #require(world.twins(of: 3).last)
  let place = cue.sighting.scene.habitat
  let border = try Cue.named("red-border")
  #expect(place != .snow && cue.sighting.scene.has(border))
  #expect(cue.what == "snow to \(place) and red border")
  let back = try #require(world.twins(of: 2).last)
  #expect(back.what == "red border to snow" && back.sighting.scene.finishes.isEmpty)
}

@Test func aCueThatBothOrNeitherHaveTellsNothing() throws {
  let both = try birds([red, plain], shortcuts: ["\(plain)=snow:1", "\(red)=snow:1"])
  let neither = try birds([red, plain], shortcuts: ["\(plain)=snow:0"])
  for world in [both, neither] {
    for index in 0..<12 { #expect(world.twins(of: index).allSatisfy { $0.kind == .trait }) }
  }
}

/// In a cheating world a picture for training may show the other bird, which then is like its own.
@Test func aTwinIsOfTheBirdThatIsSeen() throws {
  let world = try birds([red, plain], cheats: ["\(plain)=snow"])
  let index = try #require(
    (0..<20).first { $0 % 2 == 1 && world.draw($0).species.name == red })
  #expect(world.twins(of: index).allSatisfy { $0.kind == .cue })
}

@Test(arguments: Species.pairs.map { [$0.0.name, $0.1.name] })
func onlyWhatTellsTheSpeciesApartChanges(names: [String]) throws {
  let world = try birds(
    names, shortcuts: ["\(names[0])=lower-right-dot:1"], size: 128, seed: 31)
  var (changed, strays) = (0, 0)
  for index in 2..<5 {
    let picture = world.draw(index)
    let own = world.species[index % 2]
    let other = world.species[1 - index % 2]
    for twin in world.twins(of: index) where twin.kind == .trait {
      let sighting = twin.sighting
      // All else that is decided stays: a cue that is tied to the species, what lies around, the pose.
      #expect(sighting.scene.habitat == picture.scene.habitat)
      #expect(sighting.scene.finishes == picture.scene.finishes)
      #expect(sighting.scene.distractors.map(\.phrase) == picture.scene.distractors.map(\.phrase))
      #expect(sighting.species.name == other.name && twin.toward == 1 - index % 2)
      let differing = own.differences(from: other) + [.farWing, .farLeg]
      let places = zip(picture.mask(of: differing), sighting.mask(of: differing))
        .map { $0 || $1 }
      for pixel in places.indices where differs(picture, sighting, pixel) {
        changed += 1
        if !isNear(pixel, places, within: 4, of: 128) { strays += 1 }
      }
    }
  }
  // A patch's soft edge reaches a little beyond the pixels that are mostly its own; where less than
  // half of every pixel of a sliver is seen, there is no pixel to be near to.
  #expect(changed > 20 && strays * 50 <= changed, "\(names): \(strays) of \(changed)")
}

/// A duck's lake becomes snow in which it lies; light and plumage stay.
@Test(arguments: [["lake", "snow"], ["snow", "lake"], ["forest", "town"], ["rocks", "meadow"]])
func theBirdStaysWhereItsHabitatIsExchanged(habitats: [String]) throws {
  let names = ["Greenheaded Murling", "Collared Murling"]
  let world = try birds(
    names, shortcuts: zip(names, habitats).map { "\($0)=\($1):1" }, size: 128)
  for index in 2..<6 {
    let picture = world.draw(index)
    let twin = try #require(world.twins(of: index).first { $0.kind == .cue })
    #expect(twin.sighting.segmentation == picture.segmentation)
    let bird = picture.segmentation
    let scenery = bird.map { !$0 }
    var (edges, others) = (0, 0)
    for pixel in bird.indices where differs(picture, twin.sighting, pixel) {
      if bird[pixel] {
        // A pixel at the edge is partly what lies behind it.
        #expect(isNear(pixel, scenery, within: 2, of: 128), "\(index)")
        edges += 1
      } else {
        others += 1
      }
    }
    #expect(others > bird.count / 4 && edges < others / 10)
  }
}

/// Finishes depend on nothing else, so that a twin is what the other cue would have made.
@Test func aFinishIsExchangedAsIfItHadBeenTheOther() throws {
  let finishes = Cue.all.compactMap { cue -> Finish? in
    if case .finish(let finish) = cue { finish } else { nil }
  }
  for (one, other) in zip(finishes, finishes.dropFirst() + [finishes[0]]) {
    let both = try birds(
      [red, plain], shortcuts: ["\(red)=\(one.name):1", "\(plain)=\(other.name):1"])
    let alone = try birds([red, plain], shortcuts: ["\(red)=\(other.name):1"])
    let twin = try #require(both.twins(of: 2).last)
    #expect(twin.sighting.pixels == alone.draw(2).pixels, "\(one.name) to \(other.name)")
    let spoken = [one, other].map { $0.name.replacing("-", with: " ") }
    #expect(twin.what == "\(spoken[0]) to \(spoken[1])")
    // Taken away, nothing of it is left.
    let tied = try birds([red, plain], shortcuts: ["\(red)=\(one.name):1"])
    let bare = try #require(tied.twins(of: 2).last)
    let free = try birds([red, plain])
    #expect(bare.sighting.pixels == free.draw(2).pixels, "\(one.name)")
  }
}

@Test(arguments: [("red-ring", "blue-ring"), ("corner-mark", "corner-mark")])
func aMarkChangesOnlyWhereItIs(one: String, other: String) throws {
  let names = ["Lemon Thornet", "Blackcapped Thornet"]
  let shortcuts =
    one == other ? ["\(names[0])=\(one):1"] : ["\(names[0])=\(one):1", "\(names[1])=\(other):1"]
  let world = try birds(names, shortcuts: shortcuts, size: 96)
  var seen = 0
  for index in stride(from: 0, to: 12, by: 2) {
    let picture = world.draw(index)
    let phrase = try #require(Cue(named: one)).phrase
    let mask = picture.context.first { $0.phrase == phrase }.map { picture.mask(of: $0.things) }
    for twin in world.twins(of: index) where twin.kind == .cue {
      seen += 1
      let mask = try #require(mask)
      for pixel in mask.indices where differs(picture, twin.sighting, pixel) {
        #expect(isNear(pixel, mask, within: 2, of: 96))
      }
    }
  }
  #expect(seen > 2)
}

@Test func aTwinIsSeenToDiffer() throws {
  let world = try birds(
    ["Vermilion Snappet", "Whitetipped Snappet"], shortcuts: ["Vermilion Snappet=red-ring:1"])
  for index in 0..<12 {
    let picture = world.draw(index)
    for twin in world.twins(of: index) {
      let count = (0..<48 * 48).count { differs(picture, twin.sighting, $0) }
      #expect(count >= picture.leastPixels, "\(index) \(twin.what)")
    }
  }
}

@Test func speciesWithoutLookAlikesHaveNoTwins() throws {
  func refusal(_ names: [String]) -> String {
    sentence { try Twin.check(among: names.map { try Species.find($0) }) }
  }
  #expect(refusal([red, plain, "Lemon Thornet"]) == "no error")
  #expect(
    refusal(["Lemon Thornet"])
      == "counterfactuals: expected a species with a look-alike among those that are drawn, found "
      + "'Lemon Thornet'; draw 'Blackcapped Thornet' too.")
}
