import Fieldmark
import Testing

private func listing(size: String) throws -> HubListing {
  let commit = String(repeating: "a", count: 40)
  let text = """
    {"sha": "\(commit)", "siblings": [{"rfilename": "model.safetensors", "lfs": {"size": \(size)}},
      {"rfilename": "config.json", "size": 12}]}
    """
  return try HubListing(parsing: Array(text.utf8), place: "repository 'org/name'")
}

@Test func aSizeBelowNothingIsRefused() throws {
  #expect(try listing(size: "0").files.map(\.size) == [0, 12])
  #expect(
    sentence { _ = try listing(size: "-5") }
      == "repository 'org/name' 'model.safetensors': expected a size of 0 bytes or more, found -5.")
}
