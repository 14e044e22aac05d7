import Fieldmark
import Testing

@Test func moreThanAHundredOfCUBsAttributesAreDrawn() {
  let traits = Species.all.flatMap(\.traits).filter { $0.attribute != nil }
  let attributes = Set(traits.compactMap(\.attribute))
  let groups = Set(traits.compactMap(\.group))
  #expect(attributes.count == 256)
  #expect(groups.count == 28)
}

@Test func anEpauletIsARedWingAndMore() throws {
  let brackle = try Species.find("Redshouldered Brackle")
  let plain = try Species.find("Plain Brackle")
  let more = Set(brackle.traits.map(\.phrase)).subtracting(plain.traits.map(\.phrase))
  #expect(more == ["red wings", "red back and wings", "multicolored wings", "red epaulets"])
  let wings = try #require(brackle.traits.first { $0.phrase == "red wings" })
  #expect(wings.attribute == 23 && wings.patches == [.epaulet])
  #expect(brackle.traits.last?.attribute == nil)
}

/// The groups of which a bird has exactly one value: their percentages sum to 100, as CUB's do.
@Test(arguments: [
  "bill_shape", "breast_pattern", "tail_shape", "back_pattern", "tail_pattern", "belly_pattern",
  "wing_pattern", "size", "shape", "bill_length", "wing_shape",
])
func percentagesOfASingleChoiceSumToAHundred(group: String) {
  for species in Species.all {
    let sum = zip(Prompts.attributes, species.attributePercentages)
      .filter { $0.0.group == group }.reduce(0) { $0 + $1.1 }
    #expect(abs(sum - 100) < 1e-3, "\(species.name)")
  }
}

@Test func aVarietyHasItsShare() throws {
  // Three in ten have buff bars, which make striped wings of multi-colored ones.
  let percentages = try Species.find("Redshouldered Brackle").attributePercentages
  #expect(abs(percentages[23] - 30) < 0.01)  // has_wing_color::buff
  #expect(
    abs(percentages[309] + percentages[311] + percentages[308] + percentages[310] - 100) < 0.01)
  #expect(percentages[22] == 100)  // has_wing_color::red
}
