import Fieldmark
import Testing

@Test func thereAreSixtySpeciesWithNamesOfTheirOwn() {
  #expect(Species.all.count == 60)
  #expect(Set(Species.all.map(\.name)).count == Species.all.count)
  // CUB-200-2011's file names are letters and underscores.
  let letters = Species.all.flatMap(\.fileName.unicodeScalars)
  #expect(letters.allSatisfy { $0 == "_" || ("A"..."Z").contains($0) || ("a"..."z").contains($0) })
}

@Test func lookAlikesDifferInOneOrTwoLocalPatches() {
  #expect(Species.pairs.count == 29)
  for (one, other) in Species.pairs {
    let differences = one.differences(from: other)
    #expect((1...2).contains(differences.count), "\(one.name), \(other.name)")
    #expect(Set(differences).isDisjoint(with: [.belly, .back, .breast]))
  }
}

@Test func noTwoSpeciesLookTheSame() {
  for (index, one) in Species.all.enumerated() {
    for other in Species.all[..<index] {
      let isSame = one.differences(from: other).isEmpty && one.form.shape == other.form.shape
      #expect(!isSame, "\(one.name), \(other.name)")
    }
  }
}

@Test func aSpeciesIsFoundHoweverItIsWritten() throws {
  #expect(try Species.find("plain_brackle").name == "Plain Brackle")
  let error = #expect(throws: InputError.self) { try Species.find("Plain Brakle") }
  #expect(
    error?.description
      == "species 'Plain Brakle': expected one of the aviary's, found none; did you mean "
      + "'Plain Brackle'?")
}
