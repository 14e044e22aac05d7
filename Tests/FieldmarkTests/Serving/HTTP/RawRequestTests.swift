import Fieldmark
import Foundation
import Loopback
import Serving
import Testing

@Test func bytesThatNoBrowserSendsAreRefusedAndLeaveTheServerWell() throws {
  var limits = ServerLimits()
  limits.patience = 0.4
  #expect(RawRequest.all.count >= 60)
  #expect(Set(RawRequest.all.map(\.name)).count == RawRequest.all.count)
  try serving(.loopback, limits) { server in
    for request in RawRequest.all {
      let status = try server.answer(to: request.bytes)?.status
      #expect(status == request.status, "\(request.name)")
      #expect(try server.isWell(), "after \(request.name)")
    }
  }
}

/// What a refused request sends after its head must not be taken for the next request.
@Test func nothingThatFollowsARefusedRequestIsAnswered() throws {
  try serving { server in
    let next = "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for lines in [
      "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\n",
      "Content-Length: 2\r\nContent-Length: 3\r\n", "X: a\r\n b\r\n", "Content-Length:\r\n 90\r\n",
    ] {
      let client = try RawClient(port: server.port, patience: 2)
      client.send(
        "POST /api/health HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n\(lines)\r\n"
          + next)
      #expect(client.answer().map { $0.status >= 400 } ?? true, "\(lines)")
      #expect(client.answer() == nil, "\(lines)")
    }
  }
}

/// Real requests with bytes changed, left out, doubled and put in.
@Test func tenThousandMalformedRequestsLeaveTheServerWell() throws {
  var limits = ServerLimits()
  limits.patience = 1
  let seeds = RawRequest.all.map(\.bytes).filter { (1...2000).contains($0.count) }
  let words = [
    "\r\n", " ", ":", "\0", "%", "Content-Length: 9\r\n", "Transfer-Encoding: chunked\r\n",
    "Host: a\r\n", "HTTP/1.1",
    "GET ", "POST ", "\t", "\u{ff}", "{}", "0\r\n\r\n",
  ].map { Array($0.utf8) }
  try serving(.loopback, limits) { server in
    let start = ContinuousClock.now
    var random = SplitMix(seed: 19)
    var (sent, answered) = (0, 0)
    while sent < 10_000, ContinuousClock.now - start < .seconds(20) {
      var bytes = seeds[Int.random(in: 0..<seeds.count, using: &random)]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let count = min(Int.random(in: 0...12, using: &random), bytes.count - place)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.replaceSubrange(place..<place + count, with: [])
        case 1: bytes.insert(contentsOf: bytes[place..<place + count], at: place)
        case 2:
          bytes.insert(
            contentsOf: words[Int.random(in: 0..<words.count, using: &random)], at: place)
        default: if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
        }
      }
      let client = try RawClient(port: server.port, patience: 5)
      client.send(bytes)
      client.finish()
      if let answer = client.answer() {
        answered += 1
        #expect((100..<600).contains(answer.status) && answer.status != 500, "\(bytes)")
      }
      sent += 1
      if sent % 500 == 0 { #expect(try server.isWell(), "after \(sent)") }
    }
    // A machine that is busy gets through fewer.
    #expect(sent >= 1000 && answered > sent / 2, "\(answered) answers to \(sent) requests")
    #expect(try server.isWell())
  }
}
