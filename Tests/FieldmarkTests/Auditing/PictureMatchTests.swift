import Fieldmark
import Testing

/// The maps of pictures that each have their bright spot elsewhere; the classifier's map of a picture is
/// that of the picture `shift` further.
private func maps(_ count: Int, shift: Int = 0, seed: UInt64 = 1) -> [PictureMatch.Maps] {
  func grid(_ number: Int) -> Matrix {
    var random = SplitMix(seed: seed, number % count)
    return Matrix(rows: 4, columns: 4, (0..<16).map { _ in random.normal() })
  }
  return (0..<count).compactMap { number in
    PictureMatch.Maps(
      classifier: grid(number + shift), own: [grid(number)],
      lacking: [Matrix(rows: 4, columns: 4, grid(number).elements.map { -$0 })])
  }
}

@Test func mapsThatFollowThePictureHaveTheSmallestP() throws {
  let match = try #require(PictureMatch(of: [maps(8), maps(7, seed: 2)], seed: 1))
  #expect(match.p == 0.001 && match.pictures == 15 && match.canBeSmall)
  #expect(abs(match.value - 1) < 1e-6)
  #expect(match.others < 0.3)
}

/// An honest classifier's maps, each of another picture of the class.
@Test func mapsOfOtherPicturesHaveALargeP() throws {
  for shift in 1...4 {
    let match = try #require(
      PictureMatch(of: [maps(8, shift: shift), maps(7, shift: shift, seed: 2)], seed: 1))
    #expect(match.p > 0.3, "\(shift)")
    #expect(match.value < match.others + 0.1, "\(shift)")
  }
}

/// Each map of a class is the same, as that of a classifier that sees no picture.
@Test func oneMapForAllPicturesHasAPOf1() throws {
  let all = maps(6)
  let match = try #require(
    PictureMatch(
      of: [all.map { PictureMatch.Maps(classifier: all[0].classifier, traits: $0.traits) }], seed: 1
    ))
  #expect(match.p == 1)
  #expect(abs(match.value - match.others) < 1e-6)
}

/// Maps that have nothing to do with the traits: p is at most 0.1 in a tenth of the cases.
@Test func unrelatedMapsHaveAUniformP() throws {
  let ps = (0..<200).compactMap { number in
    PictureMatch(
      of: [
        zip(maps(6, seed: 1000 + UInt64(number)), maps(6, seed: 5000 + UInt64(number))).map {
          PictureMatch.Maps(classifier: $0.classifier, traits: $1.traits)
        }
      ], seed: UInt64(number))?.p
  }
  #expect(ps.count == 200)
  #expect((8...34).contains(ps.count { $0 <= 0.1 }))
  #expect((75...125).contains(ps.count { $0 <= 0.5 }))
}

@Test func fewPicturesCannotHaveASmallP() throws {
  #expect(PictureMatch(of: [maps(1), []], seed: 1) == nil)
  #expect(try #require(PictureMatch(of: [maps(3)], seed: 1)).canBeSmall == false)
  #expect(try #require(PictureMatch(of: [maps(3), maps(3, seed: 2)], seed: 1)).canBeSmall)
}

@Test func constantMapsAreNotCompared() {
  let flat = Matrix(rows: 2, columns: 2, [1, 1, 1, 1])
  let other = Matrix(rows: 2, columns: 2, [1, 2, 3, 4])
  #expect(PictureMatch.Maps(classifier: flat, own: [other], lacking: []) == nil)
  #expect(PictureMatch.Maps(classifier: other, own: [flat], lacking: []) == nil)
  #expect(PictureMatch.Maps(classifier: other, own: [other], lacking: [other]) == nil)
}
