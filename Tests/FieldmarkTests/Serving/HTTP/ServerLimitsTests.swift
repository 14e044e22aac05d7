import Fieldmark
import Foundation
import Loopback
import Serving
import Synchronization
import Testing

@Test func aClientThatDawdlesIsCutOffAndTheOthersAreServed() throws {
  var limits = ServerLimits()
  limits.patience = 0.5
  try serving(.loopback, limits) { server in
    let head =
      "POST /api/health HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 40\r\n\r\n"
    for bytes in [
      "GET / HTTP/1.1\r\nHost: localhost\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy",
      head + "0123456789",
    ] {
      let start = ContinuousClock.now
      nonisolated(unsafe) let client = try RawClient(port: server.port)
      // A byte now and then does not buy more time.
      let sender = Thread {
        for byte in bytes.utf8.suffix(30) {
          usleep(50_000)
          client.send([byte])
        }
      }
      client.send(Array(bytes.utf8.dropLast(30)))
      nonisolated(unsafe) let thread = sender
      thread.start()
      #expect(client.answer() == nil)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      #expect(seconds > 0.4 && seconds < 1.5, "\(seconds) s")
      #expect(try server.isWell())
    }
    // One that asks nothing at all, and one that asked before.
    for text in ["", "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"] {
      let client = try RawClient(port: server.port)
      client.send(text)
      if !text.isEmpty { #expect(client.answer()?.status == 200) }
      #expect(client.isClosed())
    }
  }
}

@Test func aLongAnswerMayBeReadSlowly() throws {
  var limits = ServerLimits()
  limits.patience = 0.3
  let handler: @Sendable (Request) -> Response = { _ in
    Response(type: "text/plain", body: [UInt8](repeating: 65, count: 32 << 20))
  }
  try serving(.loopback, limits, handler) { server in
    let client = try RawClient(port: server.port)
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    usleep(600_000)
    #expect(client.answer()?.body.count == 32 << 20)
    #expect(client.isClosed())
  }
}

@Test func connectionsBeyondTheLimitAreClosedUntilAnotherEnds() throws {
  var limits = ServerLimits()
  limits.connections = 2
  try serving(.loopback, limits) { server in
    let question = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    var held: [RawClient] = []
    for _ in 0..<2 {
      let client = try RawClient(port: server.port)
      client.send(question)
      #expect(client.answer()?.status == 200)
      held.append(client)
    }
    #expect(try RawClient(port: server.port).isClosed())
    held.removeLast()
    var isServed = false
    for _ in 0..<100 where !isServed {
      isServed = try server.isWell()
      usleep(20_000)
    }
    #expect(isServed)
  }
}

@Test func whoComesWhenTooManyWaitIsToldWhenToComeAgain() throws {
  let mayEnd = Mutex(false)
  let began = Mutex(false)
  let router = Router([
    .get("/slow", "Computes", isComputing: true) { _ in
      began.withLock { $0 = true }
      while !mayEnd.withLock({ $0 }) { usleep(1000) }
      return .json(.null)
    },
    .get("/quick", "Does not compute") { _ in .json(.null) },
  ])
  try serving(.loopback, .init(), router.handler(waiting: 0)) { server in
    let client = try RawClient(port: server.port)
    client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for _ in 0..<500 where !began.withLock({ $0 }) { usleep(10_000) }
    let refused = try server.answer(to: "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n")
    #expect(refused?.status == 503 && refused?.headers["retry-after"] == "1")
    #expect(
      refused?.text == #"{"error":"Too many requests are waiting; ask again in a moment."}"#)
    #expect(try server.answer(to: "GET /quick HTTP/1.1\r\nHost: localhost\r\n\r\n")?.status == 200)
    mayEnd.withLock { $0 = true }
    #expect(client.answer()?.status == 200)
  }
}
