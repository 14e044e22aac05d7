import Fieldmark
import FieldmarkCLI
import Parsing
import Testing

private struct Model: OptionGroup {
  let model = Option<Path>("model", default: "demo", "The model.")
  let threads = Option<Int?>("threads", "How many threads work.")
}

private struct Whole: OptionGroup {
  let out = Option<Path?>("out", short: "o", role: .output, "Where it goes.")
  let model = Model()
  let strength = Other.strength
}

private struct Other: OptionGroup {
  let weight = Option<Int>("weight", default: 1, "How heavy it is.")
  let strength = Option<Float>("strength", default: 0.6, "How strong it is.")
}

@Test func aGroupWithoutPropertiesDeclaresNothing() {
  #expect(NoOptions.declarations.isEmpty)
}

@Test func theOptionsOfAGroupAreItsPropertiesInTheirOrder() {
  #expect(Model.declarations.map(\.name) == ["model", "threads"])
}

/// A group within a group brings all of its options, an option of another group itself alone.
@Test func aPropertyMayBeAGroupOrAnOptionOfAnotherGroup() {
  #expect(Whole.declarations.map(\.flag) == ["--out", "--model", "--threads", "--strength"])
}

@Test func anOptionIsNamedByItsGroupAndItsProperty() {
  #expect(Model.threads.declaration.name == "threads")
  #expect(Whole.strength.declaration.name == "strength")
}
