import Fieldmark
import Testing

@Test(arguments: [
  (
    ["HF_HUB_OFFLINE": "1"],
    "models get: expected permission to connect to the hub, found HF_HUB_OFFLINE=1."
  ),
  (
    ["TRANSFORMERS_OFFLINE": "yes"],
    "models get: expected permission to connect to the hub, found TRANSFORMERS_OFFLINE=yes."
  ),
  (
    ["HF_ENDPOINT": "ftp://x"],
    "HF_ENDPOINT: expected an address that begins with https:// or http://, found 'ftp://x'."
  ),
  (
    ["HF_TOKEN": "a\r\nHost: b"],
    "HF_TOKEN: expected letters, digits and signs only, found something else in it."
  ),
])
func settingsThatForbidADownloadAreOneSentence(settings: [String: String], expected: String) {
  #expect(sentence { _ = try Hub(Environment(settings)) } == expected)
}

@Test func addressesAreThoseOfTheHub() throws {
  let hub = try Hub(Environment([:]))
  #expect(
    hub.address(of: "a b/ü?.json", in: "org/name", at: "main")
      == "https://huggingface.co/org/name/resolve/main/a%20b/%C3%BC%3F.json")
  #expect(
    hub.address(ofListOf: "org/name", at: "refs/pr/1")
      == "https://huggingface.co/api/models/org/name/revision/refs%2Fpr%2F1?blobs=true")
  let mirror = try Hub(Environment(["HF_ENDPOINT": "http://localhost:8080/hf/"]))
  #expect(
    mirror.address(of: "a", in: "org/name", at: "main")
      == "http://localhost:8080/hf/org/name/resolve/main/a")
}

@Test(arguments: [
  ("https://huggingface.co/a", true), ("https://HuggingFace.co:443/a", true),
  ("https://huggingface.co", true), ("http://huggingface.co/a", false),
  ("https://huggingface.co:8443/a", false), ("https://cdn-lfs.huggingface.co/a", false),
  ("https://huggingface.co.evil.org/a", false), ("https://huggingface.co@evil.org/a", false),
  ("https://evil.org/https://huggingface.co/", false), ("https://evil.org?huggingface.co", false),
  ("https://huggingface.co\\.evil.org/", false),
])
func theTokenIsForTheHubsOwnServer(address: String, isSent: Bool) throws {
  let hub = try Hub(Environment(["HF_TOKEN": "hf_x"]))
  #expect((hub.token(for: address) != nil) == isSent)
}
