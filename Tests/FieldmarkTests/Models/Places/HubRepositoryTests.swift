import Fieldmark
import Testing

private let commit = CacheFixture.commit

@Test func aRevisionIsABranchATagOrACommit() throws {
  try inHome { home in
    try home.addRepository("org/name", ["config.json"])
    try home.add(".cache/huggingface/hub/models--org--name/refs/refs/pr/1", commit)
    try home.add(".cache/huggingface/hub/models--org--name/refs/bad", "../../../secret")
    let repository = try #require(HubRepository("org/name", in: home.hub))
    #expect(repository.commit("main") == commit)
    #expect(repository.commit("refs/pr/1") == commit)
    #expect(repository.commit(commit) == commit)
    #expect(repository.commit("bad") == nil)
    #expect(repository.commit("v2") == nil)
    #expect(repository.commit("../refs/main") == nil)
    #expect(repository.snapshot("main") == repository.folder / "snapshots" / Path(commit))
    #expect(repository.snapshot(String(repeating: "0", count: 40)) == nil)
  }
}

@Test func aLinkMustStayWithinTheBlobs() throws {
  try inHome { home in
    try home.addRepository("org/name", ["config.json"])
    let snapshot = ".cache/huggingface/hub/models--org--name/snapshots/\(commit)"
    try home.add("secret")
    try home.add(".cache/huggingface/hub/blobs/ab/shared")
    try home.link("\(snapshot)/out", to: "../../../../../../secret")
    try home.link("\(snapshot)/gone", to: "../../blobs/none")
    // huggingface_hub 2 shares blobs among repositories by a link from one to the other.
    try home.link(
      ".cache/huggingface/hub/models--org--name/blobs/9", to: "../../blobs/ab/shared")
    try home.link("\(snapshot)/shared", to: "../../blobs/9")
    try home.add("\(snapshot)/copy")
    let repository = try #require(HubRepository("org/name", in: home.hub))
    let folder = try #require(repository.snapshot("main"))
    #expect(try repository.file("config.json", in: folder) == folder / "config.json")
    #expect(try repository.file("shared", in: folder) == folder / "shared")
    #expect(try repository.file("copy", in: folder) == folder / "copy")
    #expect(try repository.file("gone", in: folder) == nil)
    #expect(try repository.file("absent", in: folder) == nil)
    #expect(
      sentence { _ = try repository.file("out", in: folder) }
        == "file '\(folder)/out': expected a link into the blobs of 'org/name', found one to "
        + "'\(home.home)/secret'.")
  }
}

@Test(arguments: [
  ("openai/clip-vit-base-patch16", true), ("gpt2", true), ("a/b/c", false), ("../b", false),
  ("a/..", false), ("a/b--c", false), ("-a/b", false), ("a/", false), ("", false), ("a b/c", false),
  ("a/" + String(repeating: "b", count: 95), false),
  ("timm/vit_base_patch16_clip_224.openai", true),
])
func namesOfRepositoriesAreThoseThatTheHubAllows(name: String, isAllowed: Bool) {
  #expect((HubRepository(name, in: "hub") != nil) == isAllowed)
}

@Test func everyRepositoryOfModelsIsListedAndNothingElse() throws {
  try inHome { home in
    try home.addRepository("org/name", ["config.json"])
    try home.addRepository("gpt2", ["config.json"])
    try home.add(".cache/huggingface/hub/datasets--org--birds/refs/main")
    try home.add(".cache/huggingface/hub/version.txt")
    #expect(HubRepository.all(in: home.hub).map(\.name) == ["gpt2", "org/name"])
  }
}
