import Fieldmark
import Testing

@Test func aPhraseNamesItsGroupAndParts() {
  let phrase = Prompts.attributes[9]
  #expect(
    phrase
      == AttributePhrase(name: "has_wing_color::blue", phrase: "blue wings", base: "bird wings"))
  #expect(phrase.group == "wing_color")
  #expect(Prompts.parts(of: phrase) == ["left wing", "right wing"])
}

@Test func everyTemplateTakesThePromptOnce() {
  #expect(Prompts.sentences(about: "red bird")[0] == "a photo of a red bird.")
  for (template, sentence) in zip(Prompts.templates, Prompts.sentences(about: "#")) {
    #expect(template.ranges(of: "{}").count == 1)
    #expect(sentence.ranges(of: "#").count == 1 && !sentence.contains("{"))
  }
}

@Test func noTwoAttributesAreSaidAlike() {
  #expect(Prompts.attributes.count == 312)
  #expect(Set(Prompts.attributes.map(\.phrase)).count == 312)
}

@Test func onlySizeShapeAndPrimaryColorAreNowhereInParticular() {
  let nowhere = Set(Prompts.attributes.filter { Prompts.parts(of: $0).isEmpty }.map(\.group))
  #expect(nowhere == ["size", "shape", "primary_color"])
}

@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func attributesAndPartsAreThoseOfTheDataset() throws {
  func secondColumn(_ file: String) throws -> [String] {
    try String(decoding: ReferenceData.bytes(file), as: UTF8.self).split(separator: "\n").map {
      String($0.drop { $0 != " " }.dropFirst())
    }
  }
  #expect(try Prompts.attributes.map(\.name) == secondColumn("data/cub-tables/attributes.txt"))
  let parts = try Set(secondColumn("data/cub-tables/parts/parts.txt"))
  #expect(Set(Prompts.attributes.flatMap(Prompts.parts)) == parts)
}

@Test func partsAreToldApartByGroupsThatThereAre() throws {
  let groups = Set(Prompts.attributes.map(\.group))
  #expect(Prompts.discriminantParts.count == 15)
  #expect(Prompts.discriminantParts[0].part == "back")
  #expect(Prompts.discriminantParts[0].groups == ["back_color", "back_pattern"])
  for part in Prompts.discriminantParts {
    #expect(!part.groups.isEmpty && groups.isSuperset(of: part.groups), "\(part.part)")
  }
  let parts = Set(Prompts.attributes.flatMap(Prompts.parts))
  #expect(Set(Prompts.discriminantParts.map(\.part)) == parts)
}
