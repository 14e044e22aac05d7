import Encoders
import Foundation
import Testing

/// A hub with one repository, `org/name`, that speaks the protocol of huggingface.co.
struct FakeHub: Sendable {
  static let commit = "0123456789abcdef0123456789abcdef01234567"
  /// Large files, which lie outside git and are redirected to, and small ones.
  var large: [String: [UInt8]] = ["model.safetensors": bytes(300_000)]
  var small: [String: [UInt8]] = ["config.json": Array("{}".utf8)]
  /// Names that are listed beside those.
  var others: [String] = ["README.md"]
  /// Where large files are, if not at this hub itself.
  var storage = ""

  static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
  }

  static func sha256(_ bytes: [UInt8]) -> String {
    var digest = Digest.sha256
    digest.add(bytes)
    return digest.hexadecimal
  }

  static func gitName(_ bytes: [UInt8]) -> String {
    var digest = Digest.gitBlob(size: bytes.count)
    digest.add(bytes)
    return digest.hexadecimal
  }

  var listing: String {
    let files =
      large.sorted { $0.key < $1.key }.map { name, bytes in
        #"{"rfilename":"\#(name)","size":\#(bytes.count),"#
          + #""lfs":{"sha256":"\#(Self.sha256(bytes))","size":\#(bytes.count)}}"#
      }
      + small.sorted { $0.key < $1.key }.map { name, bytes in
        #"{"rfilename":"\#(name)","size":\#(bytes.count)}"#
      } + others.map { #"{"rfilename":"\#($0)"}"# }
    return #"{"sha":"\#(Self.commit)","siblings":[\#(files.joined(separator: ","))],"#
      + #""cardData":{"license":"mit"}}"#
  }

  func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    if request.path.hasPrefix("/api/models/org/name/revision/") {
      return .init(headers: [("Content-Type", "application/json")], body: Array(listing.utf8))
    }
    let path = request.path.prefix { $0 != "?" }
    let name = String(path.split(separator: "/").last ?? "")
    if request.path.hasPrefix("/storage/"), let bytes = large[name] {
      return Self.part(of: bytes, request)
    }
    guard request.path == "/org/name/resolve/\(Self.commit)/\(name)" else {
      return .init(status: 404)
    }
    if let bytes = large[name] {
      return .init(
        status: 302,
        headers: [
          ("X-Repo-Commit", Self.commit), ("X-Linked-Size", "\(bytes.count)"),
          ("X-Linked-Etag", "\"\(Self.sha256(bytes))\""),
          ("Location", "\(storage)/storage/\(name)?signature=x"),
        ])
    }
    guard let bytes = small[name] else { return .init(status: 404) }
    return .init(
      headers: [("X-Repo-Commit", Self.commit), ("ETag", "\"\(Self.gitName(bytes))\"")],
      body: bytes)
  }

  /// The file, or what follows the byte that is asked for.
  static func part(
    of bytes: [UInt8], _ request: LoopbackServer.Request
  ) -> LoopbackServer.Response {
    let range = request.headers["range"]?.dropFirst("bytes=".count).dropLast()
    guard let range, let first = Int(range) else { return .init(body: bytes) }
    guard first < bytes.count else { return .init(status: 416) }
    return .init(
      status: 206,
      headers: [("Content-Range", "bytes \(first)-\(bytes.count - 1)/\(bytes.count)")],
      body: Array(bytes[first...]))
  }
}

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
  let watcher = Watcher(
    note: { notes.add($0) }, goesOn: goesOn, pause: { notes.add("pause \($0)") }, stall: 1)
  let root = try #require(Caches(environment).hub)
  _ = try HubDownload(
    "org/name", revision: revision, into: root, from: Hub(environment), watcher
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
