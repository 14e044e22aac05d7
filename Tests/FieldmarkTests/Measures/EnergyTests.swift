import Fieldmark
import Testing

@Test func energyIsTheShareInside() {
  #expect(pixelMap([[1, 2], [3, 4]]).energy(in: truth("#.", ".#")) == 0.5)
}

@Test func whatSpeaksAgainstHasNoEnergy() {
  #expect(pixelMap([[1, -9], [3, 0]]).energy(in: truth("##", "..")) == 0.25)
}

@Test func whatTheModelDidNotSeeHasNoEnergy() {
  let map = pixelMap([[1, 3]], behind: 2)
  #expect(map.energy(in: truth("###.")) == 0.25)
  #expect(map.energy(in: truth("##..")) == 0)
}

@Test func energyOfNothingIsUndefined() {
  let some = truth("#.")
  #expect(pixelMap([[0, -1]]).energy(in: some) == nil)
  #expect(pixelMap([[1, 1]]).energy(in: truth("..")) == nil)
  #expect(pixelMap([[.nan, 1]]).energy(in: some) == nil)
  #expect(pixelMap([[.infinity, 1]]).energy(in: some) == nil)
}

@Test func theTruthAndTheRestHaveAllEnergy() throws {
  let reference = try PlacesReference.read()
  let ring = reference.truth("ring")
  let rest = Truth(
    Mask(width: reference.width, height: reference.height, ring.mask.pixels.map { !$0 }))
  for name in ["distinct", "signed", "spots"] {
    let map = reference.map(name)
    let sum = map.energy(in: ring).map { $0 + (map.energy(in: rest) ?? 0) }
    #expect(isClose(sum, 1, within: 1e-12))
  }
}

/// Quantus 0.6.0's RelevanceMassAccuracy.
@Test func energyIsRelevanceMassAccuracy() throws {
  let reference = try PlacesReference.read()
  for place in reference.places {
    let found = reference.map(place.map).energy(in: reference.truth(place.truth))
    #expect(isClose(found, place.energy), "\(place.map), \(place.truth)")
  }
}
