import Testing

@Test(.enabled(if: ReferenceData.present, "needs FIELDMARK_REFERENCES"))
func referencesAreFoundWhereTheyLie() throws {
  #expect(try ReferenceData.bytes("data/README.md").isEmpty == false)
  #expect(ReferenceData.files(below: "data/suites").isEmpty == false)
}
