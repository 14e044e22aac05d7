import Fieldmark
import Loopback
import Testing

private let hub = FakeHub()
private let weights = FakeHub.bytes(300_000)
private let blobName = FakeHub.sha256(weights)

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
      + "\(FakeHub.sha256(wrong)); the download was discarded.")
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
      + "0637a088a01e8ddab3bf3fa98dbe804cbde1a0dc; the download was discarded.")
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
