import Fieldmark
import Synchronization
import Testing

private final class Count: Sendable {
  let number = Mutex(0)
}

private func open(_ session: Session, _ id: String, _ count: Count? = nil) throws -> Float {
  let model = session.models.first
  let key = KeptViews.Key(picture: id, model: "demo", block: 4)
  let open: (Passes) throws -> Tiles = { passes in
    count?.number.withLock { $0 += 1 }
    let picture = try session.pictures.pixels(of: session.pictures.picture(id))
    return Tiles(try View(model.encoder(nil, nil), picture, block: 4, passes: passes))
  }
  let goesOn: @Sendable () -> Bool = { true }
  return try session.views.with(key, goesOn: goesOn, open: open) {
    $0.views[0].embedding.elements[0]
  }
}

@Test func aSecondQuestionDoesNotOpenThePictureAgain() throws {
  let server = try AskedServer()
  let count = Count()
  let first = try open(server.session, server.picture, count)
  #expect(try open(server.session, server.picture, count) == first)
  #expect(count.number.withLock { $0 } == 1)
}

@Test func viewsAreForgottenWhereTheyTakeTooMuchMemory() throws {
  let one = try AskedServer()
  _ = try open(one.session, one.picture)
  let size = one.session.views.bytes
  // A view has the planes that the model sees, at least.
  #expect(size > 4 * 3 * 224 * 224)
  var limits = SessionLimits()
  limits.views = size * 5 / 2
  let server = try AskedServer(limits)
  var ids = [server.picture]
  for gray in [UInt8(1), 2, 3] {
    ids.append(try server.session.pictures.add(AskedServer.plain(gray), called: "p").id)
  }
  for id in ids { _ = try open(server.session, id) }
  #expect(server.session.views.keys.map(\.picture) == Array(ids.suffix(2)))
  #expect(server.session.views.bytes <= limits.views)
}

@Test func forgettingAnUploadForgetsWhatWasComputedOfIt() throws {
  let server = try AskedServer()
  #expect(server.post("/api/maps", server.question()).status == 200)
  #expect(server.session.views.keys.count == 1)
  let answer = server.router.answer(Request("DELETE", "/api/pictures/\(server.picture)"))
  #expect(answer.status == 200)
  #expect(server.session.views.keys.isEmpty)
  #expect(
    server.post("/api/maps", server.question()).refusal
      == "404 There is no picture '\(server.picture)' here.")
}

@Test func workEndsWhenNobodyWaitsForIt() throws {
  let server = try AskedServer()
  let question = server.question([("method", "rise"), ("settings", ["masks": 50])])
  let request = Request(
    "POST", path: ["api", "maps"], body: Array(question.written().utf8), goesOn: { false })
  #expect(server.router.answer(request).status == 503)
  // The next one who asks does wait.
  #expect(server.post("/api/maps", question).status == 200)
}

@Test func manyThreadsGetTheSameAnswer() throws {
  let server = try AskedServer()
  let question = server.question([("against", ["bird"])])
  let answers = try concurrently(12) { _ in
    let answer = server.post("/api/maps", question)
    return try answer.json["maps"]?.written() ?? answer.refusal
  }
  #expect(Set(answers).count == 1)
  #expect(answers[0].hasPrefix("[{\"concept\":\"red epaulets\""))
}
