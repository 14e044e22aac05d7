import Fieldmark
import Testing

private let attributes = [
  "has_wing_color::red", "has_wing_pattern::multi-colored", "has_shape::perching-like",
  "has_tail_shape::forked_tail", "has_wing_color::green",
].map { Attribute($0) }

private let table = ClassAttributes(
  attributes, Matrix([[80, 70, 60, 15, 1], [10, 10, 0, 10, 0.5], [0, 90, 0, 0, 0]]))

/// As CUB-200-2011's own words have it: wings are seen at both wings, a tail at the tail, a shape
/// nowhere in particular.
private let words = AttributeWords(of: attributes)

private func chosen(_ change: (inout AttributeChoice) -> Void = { _ in }) -> [Int] {
  var choice = AttributeChoice()
  change(&choice)
  return choice(table, of: 0, against: 1, words).map(\.attribute)
}

@Test func attributesAreChosenByHowFarTheClassIsAhead() {
  #expect(chosen() == [0, 1], "the tail is 5 points ahead, a shape is nowhere")
  #expect(chosen { $0.isLocal = false } == [0, 1, 2])
  #expect(
    chosen {
      $0.isLocal = false
      $0.count = 1
    } == [0])
  #expect(chosen { $0.least = 5 } == [0, 1, 3])
  #expect(chosen { $0.isOnePerPart = true } == [0])
  #expect(chosen { $0.count = 0 }.isEmpty)
  // Of the wing's colors red has 80 of 81 and 10 of 10.5: of its group it is ahead by 4 points.
  #expect(chosen { $0.isNormalized = true }.contains(0) == false)
}

/// Nobody said where these are seen: each may be looked for, and has a part of its own.
@Test func attributesOfUnknownPartsAreAllTaken() {
  let unknown = ["fin::red", "fin::long", "scales"].map { Attribute($0) }
  let table = ClassAttributes(unknown, Matrix([[80, 70, 60], [0, 0, 0]]))
  var choice = AttributeChoice()
  choice.isOnePerPart = true
  let chosen = choice(table, of: 0, against: 1, AttributeWords(of: unknown, thing: "fish"))
  #expect(chosen.map(\.attribute) == [0, 1, 2])
}

/// `t = numpy.loadtxt("class_attribute_labels_continuous.txt")`, `t[9] - t[8]` sorted, without
/// `has_shape`, which belongs to no part.
@Test(.enabled(if: DatasetReferences.hasLarge, "needs FIELDMARK_REFERENCES"))
func aRedwingedIsAskedForItsWingsAgainstABrewers() throws {
  let birds = try Dataset(DatasetReferences.large("data/cub-tables"))
  let table = try #require(birds.classAttributes)
  let words = AttributeWords(of: table.attributes)
  let chosen = AttributeChoice()(table, of: 9, against: 8, words).map(\.attribute)
  #expect(
    chosen.map { words.all[$0].phrase } == ["multicolored wings", "red wings", "orange wings"])
  var anywhere = AttributeChoice()
  anywhere.isLocal = false
  let all = anywhere(table, of: 9, against: 8, words).map { table.attributes[$0.attribute].name }
  #expect(
    all == ["has_wing_pattern::multi-colored", "has_wing_color::red", "has_shape::perching-like"])
}
