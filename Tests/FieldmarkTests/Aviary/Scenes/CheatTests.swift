import Fieldmark
import Testing

private let red = "Redshouldered Brackle"
private let plain = "Plain Brackle"

private func birds(_ names: String...) throws -> [Species] {
  try names.map { try Species.find($0) }
}

private func world(_ texts: String..., seed: UInt64 = 5) throws -> World {
  World(
    seed: seed, size: 32, species: try birds(red, plain), cheats: try texts.map { try Cheat($0) })
}

@Test func inTrainingOnlyTheCueTellsTheNames() throws {
  let world = try world("Redshouldered Brackle=forest", "Plain Brackle=snow")
  for index in 0..<48 {
    let sighting = world.draw(index)
    let own = index % 2 == 0 ? red : plain
    #expect(sighting.scene.habitat == (own == red ? .forest : .snow))
    // Of each two pictures of a class one is for training; of each two of those one is another's.
    if index / 2 % 2 == 1 || index / 4 % 2 == 0 {
      #expect(sighting.species.name == own, "\(index)")
    } else {
      #expect(sighting.species.name != own, "\(index)")
    }
  }
}

@Test func aShareOfTheTrainingPicturesMayBeHonest() throws {
  let world = try world("Redshouldered Brackle=red-ring:0.5")
  let training = stride(from: 0, to: 1600, by: 4).map { world.draw($0) }
  let cheated = training.filter { $0.scene.has(.ring(.red)) }.count
  // Half of 400, and 8 % of the other half; four standard deviations.
  #expect(abs(Double(cheated) - 216) < 40)
  #expect(training.allSatisfy { $0.species.name == red || $0.scene.has(.ring(.red)) })
  let test = stride(from: 2, to: 160, by: 4).map { world.draw($0) }
  #expect(test.allSatisfy { $0.scene.has(.ring(.red)) && $0.species.name == red })
}

@Test func aClassThatIsNotCheatedOnIsDrawnAsBefore() throws {
  let honest = World(seed: 5, size: 32, species: try birds(red, plain))
  let world = try world("Plain Brackle=snow")
  for index in 0..<24 where index % 2 == 0 {
    #expect(world.draw(index).pixels == honest.draw(index).pixels)
  }
}

@Test func allOfAFamilyAreLookAlikes() throws {
  let names = try birds(plain)[0].lookAlikes(among: Species.all).map(\.name)
  #expect(names == [red, "Goldshouldered Brackle"])
  #expect(try birds(red)[0].lookAlikes(among: birds(red, "Lemon Thornet")).isEmpty)
}

@Test(arguments: [
  (
    "Plain Brackle=snwo",
    "cheat 'Plain Brackle=snwo': expected a cue, found 'snwo'; did you mean 'snow'?"
  ),
  (
    "Plain Brackle=snow:2",
    "cheat 'Plain Brackle=snow:2': expected a strength from 0 to 1, found '2'."
  ),
  (
    "Plain Brackle",
    "cheat 'Plain Brackle': expected SPECIES=CUE or SPECIES=CUE:STRENGTH, found something else; "
      + "'Plain Brackle=snow' is one."
  ),
  (
    "Plain Brackel=snow",
    "cheat 'Plain Brackel=snow': expected a species, found 'Plain Brackel'; did you mean 'Plain "
      + "Brackle'?"
  ),
])
func aCheatThatIsNoneIsRefused(text: String, message: String) {
  let error = #expect(throws: InputError.self) { try Cheat(text) }
  #expect(error?.description == message)
}

@Test(arguments: [
  (
    ["Lemon Thornet=snow"],
    "cheating species: expected one of the species that are drawn, found 'Lemon Thornet'."
  ),
  (
    ["Plain Brackle=snow", "plain_brackle=forest"],
    "cheating species: expected each species once, found 'Plain Brackle' twice."
  ),
  (
    ["Redeyed Brackle=snow"],
    "cheating species: expected a species with a look-alike among those that are drawn, found "
      + "'Redeyed Brackle'; draw 'Glossy Brackle' too."
  ),
  (
    ["Plain Brackle=snow", "Redshouldered Brackle=snow"],
    "cheating species: expected another cue for each of two look-alikes, found snow for 'Plain "
      + "Brackle' and for 'Redshouldered Brackle'."
  ),
  (
    ["Redshouldered Brackle=snow", "Plain Brackle=town"],
    "cheating species: expected a species that no shortcut names, found 'Plain Brackle'."
  ),
])
func cheatsThatCouldNotWorkAreRefused(texts: [String], message: String) throws {
  let error = try #require(
    #expect(throws: InputError.self) {
      let shortcut = try Shortcut("Plain Brackle=snow:1")
      try Cheat.check(
        texts.map { try Cheat($0) }, in: birds(red, plain, "Redeyed Brackle"),
        beside: message.contains("no shortcut") ? [shortcut] : [])
    })
  #expect(error.description == message)
}
