import Fieldmark
import Foundation
import Loopback
import Testing

private let hub = FakeHub()
private let weights = FakeHub.bytes(300_000)
private let blobName = FakeHub.sha256(weights)

@Test func aRepositoryComesToLieAsTheHubsOwnProgramPutsIt() throws {
  try inHome { home in
    try LoopbackServer.serving(hub.answer) { server in
      let notes = HubDiary()
      try get(from: server, into: home, notes: notes)
      let folder = home.hub / "models--org--name"
      let snapshot = folder / "snapshots" / Path(FakeHub.commit)
      let link = { (name: String) in
        try FileManager.default.destinationOfSymbolicLink(atPath: "\(snapshot)/\(name)")
      }
      #expect(try link("model.safetensors") == "../../blobs/\(blobName)")
      // `printf '{}' | git hash-object --stdin`
      #expect(
        try link("config.json") == "../../blobs/9e26dfeeb6e641a33dae4961196235bdb965b21b")
      #expect(try (folder / "refs/main").read(limit: 99) == Array(FakeHub.commit.utf8))
      #expect(try (snapshot / "model.safetensors").read(limit: 1 << 20) == weights)
      #expect(try snapshot.names() == ["config.json", "model.safetensors"])
      #expect(try (folder / "blobs").names().count == 2)
      #expect(
        notes.all == [
          "org/name at 0123456789ab: model.safetensors, 300.0 kB; license mit",
          "config.json: 2 bytes", "model.safetensors: 300.0 kB",
        ])
      // What is there is not fetched again.
      let before = server.requests.count
      try get(from: server, into: home)
      #expect(server.requests.count == before + 1)
    }
  }
}

@Test(arguments: ["../../.bashrc", "/etc/passwd", "a/../../b", "a//b", ".."])
func aNameThatLeadsOutIsRefused(name: String) throws {
  var bad = hub
  bad.others = [name]
  let result = try outcome { [bad] in bad.answer($0) }
  #expect(
    result.sentence == "repository 'org/name' 'rfilename': expected a name within the "
      + "repository, found '\(name)'.")
  #expect(result.requests.count == 1)
}

@Test func shardsComeByTheirIndex() throws {
  let index = #"{"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors"}}"#
  let sharded = FakeHub(
    large: ["model-1.safetensors": [1, 2], "model-2.safetensors": [3], "other.safetensors": [4]],
    small: ["model.safetensors.index.json": Array(index.utf8)])
  try inHome { home in
    try LoopbackServer.serving(sharded.answer) { server in
      try get(from: server, into: home, revision: "v1")
      let found = try FoundModel("org/name@v1", in: home.caches)
      #expect(
        try found.weights.folder.names() == [
          "model-1.safetensors", "model-2.safetensors", "model.safetensors.index.json",
        ])
    }
  }
}

@Test func aRepositoryWithoutWeightsIsOneSentence() throws {
  let result = try outcome { FakeHub(large: [:]).answer($0) }
  #expect(
    result.sentence == "repository 'org/name': expected a file of weights, such as "
      + "model.safetensors, found none.")
}
