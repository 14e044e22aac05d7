import Encoders
import Foundation
import Testing

private let hub = FakeHub()
private let weights = FakeHub.bytes(300_000)
private let blobName = FakeHub.sha256(weights)

/// What a download from a server that answers so leaves behind, and the sentence that it ends in.
private func outcome(
  _ answer: @escaping @Sendable (LoopbackServer.Request) -> LoopbackServer.Response
) throws -> (sentence: String, requests: [LoopbackServer.Request], isThere: Bool, notes: [String]) {
  var result: (String, [LoopbackServer.Request], Bool, [String]) = ("", [], false, [])
  try inHome { home in
    try LoopbackServer.serving(answer) { server in
      let notes = HubDiary()
      let text = sentence { try get(from: server, into: home, notes: notes) }
      let found = try? FoundModel("hf-hub:org/name", in: home.caches).weights.read(limit: 1 << 20)
      result = (
        text.replacing(server.address, with: "SERVER").replacing("\(server.port)", with: "PORT"),
        server.requests, found == weights, notes.all
      )
    }
  }
  return result
}

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
          "org/name at 0123456789ab: model.safetensors, 300.0 kB; licence mit",
          "config.json: 2 bytes", "model.safetensors: 300.0 kB",
        ])
      // What is there is not fetched again.
      let before = server.requests.count
      try get(from: server, into: home)
      #expect(server.requests.count == before + 1)
    }
  }
}

@Test func aConnectionThatIsCutIsGoneOnWithWhereItBroke() throws {
  let tries = HubDiary()
  let result = try outcome { request in
    var response = hub.answer(request)
    if request.path.hasPrefix("/storage/"), request.method == "GET" {
      response.cut = tries.next() < 3 ? 90_000 : nil
    }
    return response
  }
  #expect(result.sentence == "no error")
  #expect(result.isThere)
  let ranges = result.requests.filter { $0.path.hasPrefix("/storage") }.map { $0.headers["range"] }
  #expect(ranges == [nil, "bytes=90000-", "bytes=180000-", "bytes=270000-"])
}

@Test func aLaterRunGoesOnWhereAnInterruptedOneStopped() throws {
  try inHome { home in
    try LoopbackServer.serving(hub.answer) { server in
      let asked = HubDiary()
      #expect(throws: Interrupted.self) {
        try get(
          from: server, into: home,
          goesOn: {
            // Once something of the large file has arrived.
            let part = home.hub / "models--org--name/blobs" / Path(blobName + ".incomplete")
            return (part.size ?? 0) == 0 || asked.next() < 0
          })
      }
      let part = home.hub / "models--org--name/blobs" / Path(blobName + ".incomplete")
      let count = try #require(part.size)
      #expect(count > 0)
      #expect(!(home.hub / "models--org--name/refs/main").isFile)
      try get(from: server, into: home)
      #expect(
        try FoundModel("hf-hub:org/name", in: home.caches).weights.read(limit: 1 << 20) == weights)
      if count < weights.count {
        #expect(server.requests.last?.headers["range"] == "bytes=\(count)-")
      }
      #expect(!part.isFile)
    }
  }
}

@Test func aServerThatIgnoresRangesStartsAnew() throws {
  let tries = HubDiary()
  let result = try outcome { request in
    var request = request
    request.headers["range"] = nil
    var response = hub.answer(request)
    if request.path.hasPrefix("/storage/"), request.method == "GET", tries.next() == 0 {
      response.cut = 100_000
    }
    return response
  }
  #expect(result.sentence == "no error")
  #expect(result.isThere)
}

@Test func wrongBytesAreNamedAndNotKept() throws {
  let result = try outcome { request in
    var response = hub.answer(request)
    if request.path.hasPrefix("/storage/") { response.body[70] ^= 1 }
    return response
  }
  var wrong = weights
  wrong[70] ^= 1
  #expect(
    result.sentence == "file 'model.safetensors': expected SHA-256 \(blobName), found "
      + "\(FakeHub.sha256(wrong)); nothing of it is kept.")
  #expect(!result.isThere)
}

@Test func aSmallFileIsCheckedByItsNameInGit() throws {
  let result = try outcome { request in
    var response = hub.answer(request)
    if request.path.hasSuffix("config.json"), request.method == "GET" {
      response.body = Array("[]".utf8)
    }
    return response
  }
  // `printf '{}' | git hash-object --stdin; printf '[]' | git hash-object --stdin`
  #expect(
    result.sentence == "file 'config.json': expected git SHA-1 "
      + "9e26dfeeb6e641a33dae4961196235bdb965b21b, found "
      + "0637a088a01e8ddab3bf3fa98dbe804cbde1a0dc; nothing of it is kept.")
}

@Test func whatAnEarlierRunLeftDamagedIsFetchedAnew() throws {
  try inHome { home in
    try LoopbackServer.serving(hub.answer) { server in
      let part = ".cache/huggingface/hub/models--org--name/blobs/\(blobName).incomplete"
      try home.add(part, String(repeating: "x", count: 1000))
      try get(from: server, into: home)
      #expect(
        try FoundModel("hf-hub:org/name", in: home.caches).weights.read(limit: 1 << 20) == weights)
      try home.add(part, String(repeating: "x", count: 300_001))
    }
  }
}

@Test(arguments: [
  (
    299_999,
    "file 'model.safetensors': expected an answer, found 299999 of 300000 bytes, then the end of "
      + "the answer; what has arrived is kept, and the same command goes on from there."
  ),
  (300_001, "file 'model.safetensors': expected 300000 bytes, found more."),
])
func aWrongSizeIsOneSentence(size: Int, expected: String) throws {
  let result = try outcome { request in
    guard request.path.hasPrefix("/storage/") else { return hub.answer(request) }
    if request.headers["range"] != nil {
      return .init(status: 200, body: Array(weights[..<299_999]))
    }
    return .init(body: Array((weights + [1])[..<size]))
  }
  #expect(result.sentence == expected)
  #expect(!result.isThere)
}

@Test(arguments: [
  (404, "repository 'org/name': expected it on SERVER, found nothing (404)."),
  (
    401,
    "repository 'org/name': expected leave to read it, found a refusal (401); where it is "
      + "private, or its terms must be accepted on its page, set HF_TOKEN."
  ),
  (
    403,
    "repository 'org/name': expected leave to read it, found a refusal (403); where it is "
      + "private, or its terms must be accepted on its page, set HF_TOKEN."
  ),
  (418, "repository 'org/name': expected an answer, found status 418."),
  (
    429,
    "repository 'org/name': expected an answer, found status 429; what has arrived is kept, and "
      + "the same command goes on from there."
  ),
  (
    500,
    "repository 'org/name': expected an answer, found status 500; what has arrived is kept, and "
      + "the same command goes on from there."
  ),
])
func aRefusalIsOneSentence(status: Int, expected: String) throws {
  let result = try outcome { _ in .init(status: status) }
  #expect(result.sentence == expected)
  // What may pass is tried five times, with growing pauses; the rest once.
  let isPassing = status == 429 || status == 500
  #expect(result.requests.count == (isPassing ? 5 : 1))
  #expect(
    result.notes == (isPassing ? ["pause 0.5", "pause 1.0", "pause 2.0", "pause 4.0"] : []))
}

@Test func aFailureThatPassesIsForgotten() throws {
  let seen = HubDiary()
  let result = try outcome { request in
    let asked = request.method + request.path
    defer { seen.add(asked) }
    return seen.all.contains(asked) ? hub.answer(request) : .init(status: 503)
  }
  #expect(result.sentence == "no error")
  #expect(result.isThere)
}

@Test func redirectsInACircleEnd() throws {
  let result = try outcome { _ in .init(status: 302, headers: [("Location", "/api/again")]) }
  #expect(
    result.sentence
      == "repository 'org/name': expected an answer, found more than 8 redirects.")
  #expect(result.requests.count == 9)
}

@Test(arguments: ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://user@127.0.0.1/x"])
func redirectsLeadToTheWebAndNowhereElse(place: String) throws {
  let result = try outcome { _ in .init(status: 302, headers: [("Location", place)]) }
  #expect(
    result.sentence == "repository 'org/name': expected an answer, found a redirect to "
      + "'\(place)', which is neither http nor https.")
}

@Test func theTokenGoesToTheHubAndNotWhereItRedirectsTo() throws {
  try inHome { home in
    try LoopbackServer.serving(hub.answer) { storage in
      var away = hub
      away.storage = storage.address
      try LoopbackServer.serving(away.answer) { server in
        try get(from: server, into: home, token: "hf_secret")
        #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer hf_secret" })
        #expect(server.requests.count == 5)
        #expect(storage.requests.count == 1)
        #expect(storage.requests.allSatisfy { $0.headers["authorization"] == nil })
      }
    }
  }
}

@Test func aServerThatStandsStillCountsAsBroken() throws {
  let tries = HubDiary()
  let result = try outcome { request in
    var response = hub.answer(request)
    if request.path.hasPrefix("/storage/"), tries.next() == 0 { response.stall = 100_000 }
    return response
  }
  #expect(result.sentence == "no error")
  #expect(result.isThere)
  #expect(result.requests.last?.headers["range"] == "bytes=100000-")
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

@Test func anETagThatSaysNothingIsMadeUpForByTheListOrRefused() throws {
  let odd: @Sendable (LoopbackServer.Request) -> LoopbackServer.Response = { request in
    var response = hub.answer(request)
    response.headers = response.headers.map { name, value in
      name.hasSuffix("tag") || name.hasSuffix("Tag") ? (name, "W/\"../x\"") : (name, value)
    }
    return response
  }
  let result = try outcome(odd)
  #expect(
    result.sentence == "file 'config.json': expected an ETag of 40 or 64 hexadecimal digits to "
      + "check it by, found 'W/\"../x\"'.")
  var large = hub
  large.small = [:]
  let found = try outcome { [large] request in
    var response = large.answer(request)
    response.headers.removeAll { $0.0 == "X-Linked-Etag" }
    return response
  }
  #expect(found.sentence == "no error")
  #expect(found.isThere)
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

@Test func nobodyListeningIsOneSentence() throws {
  try inHome { home in
    let server = try LoopbackServer { _ in .init() }
    server.stop()
    let text = sentence { try get(from: server, into: home) }
    #expect(text.hasPrefix("repository 'org/name': expected an answer, found failed to connect"))
  }
}
