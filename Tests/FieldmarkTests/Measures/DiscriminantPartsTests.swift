import Fieldmark
import Foundation
import Testing

/// Two groups of two attributes, three classes: the first two differ in wings alone.
@Test func partsWhoseAttributesDifferAreDiscriminant() throws {
  let attributes = [
    "has_wing_color::red", "has_wing_color::black", "has_beak::long", "has_beak::no",
  ]
  .map { AttributePhrase(name: $0, phrase: "", base: "") }
  let parts = DiscriminantParts(
    percentages: [[100, 0, 50, 50], [0, 100, 50, 50], [100, 0, 0, 100]], attributes: attributes,
    parts: [
      PartGroups(part: "wing", groups: ["wing_color"]), PartGroups(part: "beak", groups: ["beak"]),
    ])
  #expect(parts(of: 0, and: 1) == ["wing"])
  #expect(parts(of: 2, and: 0) == ["beak"])
  #expect(parts(of: 1, and: 2) == ["wing", "beak"])
  #expect(parts(of: 1, and: 1) == [])
  // No value in common: 2 log 2.
  let most = try #require(parts.divergence(of: "wing", 0, 1))
  #expect(isClose(most, 2 * 0.6931471805599453, within: 1e-12))
  #expect(parts.divergence(of: "tail", 0, 1) == nil)
}

/// Numbers so large that powers of e vanish, as percentages of 1000 would be.
@Test func sharesOfNothingAreNoTrouble() {
  let attributes = ["has_size::small", "has_size::large"].map {
    AttributePhrase(name: $0, phrase: "", base: "")
  }
  let parts = DiscriminantParts(
    percentages: [[2000, 0], [0, 2000]], attributes: attributes,
    parts: [PartGroups(part: "back", groups: ["size"])])
  #expect(isClose(parts.divergence(of: "back", 0, 1), 2 * 0.6931471805599453, within: 1e-12))
}

/// `make_gt_cub.py` of SCOUT, on NumPy 2.4.6, with its numbers of attributes.
@Test func discriminantPartsAreThoseOfSCOUT() throws {
  let reference = try PlacesReference.read()
  let parts = DiscriminantParts(percentages: reference.percentages)
  let expected = reference.discriminant
  #expect(abs(parts.threshold - expected.threshold) < 1e-9 * expected.threshold)
  for (part, divergence) in expected.divergences {
    #expect(isClose(parts.divergence(of: part, 3, 1), divergence, within: 1e-9), "\(part)")
  }
  for pair in expected.pairs {
    #expect(parts(of: pair.classes[0], and: pair.classes[1]) == pair.parts, "\(pair.classes)")
  }
}

private let table = ReferenceData.url(
  "data/cub-tables/attributes/class_attribute_labels_continuous.txt")
private let present = FileManager.default.fileExists(atPath: table.path)

/// By `discriminant` of References/make_places.py on the same table, NumPy 2.4.6.
@Test(.enabled(if: present, "needs FIELDMARK_REFERENCES"))
func theDatasetHasPairsWithoutDiscriminantParts() throws {
  let percentages = try String(decoding: Data(contentsOf: table), as: UTF8.self)
    .split(separator: "\n").map { $0.split(separator: " ").compactMap { Double($0) } }
  let parts = DiscriminantParts(percentages: percentages)
  #expect(isClose(parts.threshold, 0.6215762336467661, within: 1e-9))
  // Summer and Scarlet Tanager, then Red-winged and Brewer's Blackbird.
  #expect(parts(of: 139, and: 138) == ["left wing", "right wing"])
  #expect(parts(of: 9, and: 8) == [])
  #expect(isClose(parts.divergence(of: "left wing", 9, 8), 0.462098))
  let pairs = (0..<200).flatMap { a in (0..<a).map { parts(of: a, and: $0).count } }
  #expect(pairs.filter { $0 == 0 }.count == 42)
  #expect(pairs.reduce(0, +) == 239_999)
}
