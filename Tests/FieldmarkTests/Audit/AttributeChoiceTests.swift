import Encoders
import Fieldmark
import Testing

private let attributes = [
  "has_wing_color::red", "has_wing_pattern::multi-colored", "has_shape::perching-like",
  "has_tail_shape::forked", "has_wing_color::green",
].map { Attribute($0) }

private let table = ClassAttributes(
  attributes, Matrix([[80, 70, 60, 15, 1], [10, 10, 0, 10, 0.5], [0, 90, 0, 0, 0]]))

private func parts(_ attribute: Attribute) -> [String] {
  [
    "wing_color": ["left wing", "right wing"], "wing_pattern": ["right wing", "left wing"],
    "tail_shape": ["tail"],
  ][attribute.group] ?? []
}

private func chosen(_ change: (inout AttributeChoice) -> Void = { _ in }) -> [Int] {
  var choice = AttributeChoice()
  change(&choice)
  return choice(table, of: 0, against: 1, at: parts).map(\.attribute)
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
  // Of the wing's colours red has 80 of 81 and 10 of 10.5: of its group it is ahead by 4 points.
  #expect(chosen { $0.isNormalized = true }.contains(0) == false)
}

@Test func whatNeitherClassHasIsAbsent() {
  #expect(AttributeChoice.absent(table, in: [0, 1]) == [4])
  #expect(AttributeChoice.absent(table, in: [2]) == [0, 2, 3, 4])
  #expect(AttributeChoice.absent(table, in: [0, 1], atMost: 20) == [3, 4])
}
