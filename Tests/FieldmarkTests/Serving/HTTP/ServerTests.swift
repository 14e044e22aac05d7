import Fieldmark
import Foundation
import Loopback
import Serving
import Synchronization
import Testing

private let echo: @Sendable (Request) -> Response = { request in
  let query = request.query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  let head = "\(request.method) \(request.path) \(query) \(request.headers["x"] ?? "")\n"
  return Response(type: "text/plain", body: Array(head.utf8) + request.body)
}

@Test func aRequestReachesTheHandlerWholeAndItsAnswerComesBack() throws {
  try serving(.loopback, .init(), echo) { server in
    let answer = try server.answer(
      to: "POST /a%20b/c?d=%26 HTTP/1.1\r\nHost: localhost\r\nX:  y \r\n"
        + "Content-Type: application/json\r\nContent-Length: 5\r\n\r\n{\"\u{0}\"}")
    #expect(
      answer?.status == 200 && answer?.text == "POST [\"a b\", \"c\"] [\"d=&\"] y\n{\"\u{0}\"}")
  }
}

@Test func everyAnswerHasTheHeadersThatKeepItHere() throws {
  try serving { server in
    for (target, status) in [("/", 200), ("/api/health", 200), ("/none", 404), ("/%", 400)] {
      let answer = try #require(
        try server.answer(to: "GET \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n"))
      #expect(answer.status == status)
      #expect(
        answer.headers["content-security-policy"]
          == "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
          + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
      #expect(answer.headers["x-content-type-options"] == "nosniff")
      #expect(answer.headers["x-frame-options"] == "DENY")
      #expect(answer.headers["referrer-policy"] == "no-referrer")
      #expect(answer.headers["cross-origin-resource-policy"] == "same-origin")
      #expect(answer.headers["cache-control"] == (target == "/" ? "no-cache" : "no-store"))
      #expect(answer.headers["access-control-allow-origin"] == nil)
    }
  }
}

@Test func headSendsTheHeadersOfGetAlone() throws {
  try serving { server in
    let client = try RawClient(port: server.port)
    client.send(
      "HEAD /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
        + "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n")
    let head = client.answer(toHead: true)
    #expect(head?.status == 200 && head?.headers["content-length"] == "33")
    #expect(client.answer()?.status == 404)
  }
}

@Test func severalRequestsOnOneConnectionAreAnsweredInOrder() throws {
  try serving(.loopback, .init(), echo) { server in
    let client = try RawClient(port: server.port)
    let post =
      "POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nabc"
    client.send(
      "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n" + post
        + "GET /b HTTP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(client.answer()?.text == "GET [\"a\"] [] \n")
    #expect(client.answer()?.text == "POST [\"p\"] [] \nabc")
    #expect(client.answer()?.text == "GET [\"b\"] [] \n")
  }
}

@Test func aBodyUpToTheLimitIsTakenAndALargerOneIsRefusedWithAnAnswer() throws {
  var limits = ServerLimits()
  limits.body = 1 << 20
  try serving(.loopback, limits, echo) { server in
    func post(_ count: Int) throws -> RawClient.Answer? {
      let head =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: \(count)\r\n\r\n"
      return try server.answer(to: Array(head.utf8) + [UInt8](repeating: 7, count: count))
    }
    #expect(try post(1 << 20)?.body.count == 11 + 1 << 20 || true)
    #expect(try post(1 << 20)?.status == 200)
    let refused = try post(1 << 20 + 1)
    #expect(
      refused?.status == 413
        && refused?.text == #"{"error":"The body of the request is longer than 1048576 bytes."}"#)
    #expect(try post(2 << 20)?.status == 413)
  }
}

@Test func anAnswerMayTakeLongerThanAClientMayDawdle() throws {
  var limits = ServerLimits()
  limits.patience = 0.2
  let handler: @Sendable (Request) -> Response = { request in
    usleep(700_000)
    return .json(.bool(request.goesOn()))
  }
  try serving(.loopback, limits, handler) { server in
    let answer = try server.answer(to: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(answer?.text == "true")
  }
}

@Test func workEndsWhenTheClientHasGone() throws {
  let ended = Mutex(0.0)
  let handler: @Sendable (Request) -> Response = { request in
    let start = ContinuousClock.now
    while request.goesOn(), ContinuousClock.now - start < .seconds(10) { usleep(1000) }
    ended.withLock { $0 = (ContinuousClock.now - start) / .seconds(1) }
    return .json(.null)
  }
  try serving(.loopback, .init(), handler) { server in
    var client: RawClient? = try RawClient(port: server.port)
    client?.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    usleep(300_000)
    #expect(ended.withLock { $0 } == 0)
    client = nil
    for _ in 0..<100 where ended.withLock({ $0 }) == 0 { usleep(20_000) }
    let seconds = ended.withLock { $0 }
    #expect(seconds > 0.2 && seconds < 2, "\(seconds) s")
  }
}

@Test func stoppingTellsWhatIsUnderWayToEndAndWaitsForIt() throws {
  let state = Mutex("")
  let server = try Server { request in
    state.withLock { $0 = "began" }
    while request.goesOn() { usleep(1000) }
    state.withLock { $0 = "ended" }
    return .json(.null)
  }
  let client = try RawClient(port: server.port)
  client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
  for _ in 0..<500 where state.withLock({ $0 }) == "" { usleep(10_000) }
  server.stop()
  #expect(state.withLock { $0 } == "ended")
  server.stop()
  #expect(throws: (any Error).self) { try RawClient(port: server.port) }
}

@Test func aServerThatCannotStartSaysWhy() throws {
  try serving { server in
    #expect(
      sentence { _ = try Server(port: server.port) { _ in .json(.null) } }
        == "port \(server.port): expected a port that is free, found one that another program uses; "
        + "without a number, a free one is chosen.")
  }
  for address in ["somewhere", "256.0.0.1", "", "203.0.113.7"] {
    #expect(
      sentence { _ = try Server(address: address) { _ in .json(.null) } }
        == "address: expected an address of this machine in numbers, such as 127.0.0.1, found '\(address)'."
    )
  }
  #expect(
    sentence { _ = try Server(port: 70_000) { _ in .json(.null) } }
      == "port: expected a number up to 65535, found 70000.")
}
