import Testing

@Test(.enabled(if: References.present, "needs FIELDMARK_REFERENCES"))
func referencesAreFoundWhereTheyLie() throws {
  #expect(try References.bytes("data/README.md").isEmpty == false)
  #expect(References.files(below: "data/suites").isEmpty == false)
}
