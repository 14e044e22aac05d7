import Fieldmark
import Loopback
import Testing

private let hub = FakeHub()

@Test(arguments: [
  (
    404, "repository 'org/name': expected a name that exists on SERVER, found an unknown one (404)."
  ),
  (
    401,
    "repository 'org/name': expected permission to read it, found a refusal (401); if it is "
      + "private, or if its terms must be accepted on its page, set HF_TOKEN."
  ),
  (
    403,
    "repository 'org/name': expected permission to read it, found a refusal (403); if it is "
      + "private, or if its terms must be accepted on its page, set HF_TOKEN."
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

@Test func nobodyListeningIsOneSentence() throws {
  try inHome { home in
    let server = try LoopbackServer { _ in .init() }
    server.stop()
    let text = sentence { try get(from: server, into: home) }
    #expect(text.hasPrefix("repository 'org/name': expected an answer, found failed to connect"))
  }
}
