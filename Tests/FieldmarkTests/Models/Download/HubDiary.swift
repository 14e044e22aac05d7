import Fieldmark
import Foundation
import Loopback
import Testing

/// A count that several threads share.
final class HubDiary: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0
  private var lines: [String] = []

  /// The count before this one.
  func next() -> Int {
    lock.withLock {
      count += 1
      return count - 1
    }
  }

  func add(_ line: String) { lock.withLock { lines.append(line) } }
  var all: [String] { lock.withLock { lines } }
}

/// Downloads `org/name` from a server into a home.
func get(
  from server: LoopbackServer, into home: CacheFixture, revision: String = "main",
  token: String? = nil, notes: HubDiary = HubDiary(),
  goesOn: @escaping @Sendable () -> Bool = { true }
) throws {
  var settings = ["HOME": home.home.description, "HF_ENDPOINT": server.address]
  settings["HF_TOKEN"] = token
  let environment = Environment(settings)
  let observer = DownloadObserver(
    note: { notes.add($0) }, goesOn: goesOn, pause: { notes.add("pause \($0)") }, stall: 1)
  let root = try #require(Caches(environment).hub)
  _ = try HubDownload(
    "org/name", revision: revision, into: root, from: Hub(environment), observer
  ).run()
}

/// What a download from a server that answers so leaves behind, and the sentence that it ends in.
func outcome(
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
        server.requests, found == FakeHub.bytes(300_000), notes.all
      )
    }
  }
  return result
}
