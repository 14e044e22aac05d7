import Foundation
import Ground

/// A hub with one repository that speaks the protocol of huggingface.co.
package struct FakeHub: Sendable {
  package static let commit = "0123456789abcdef0123456789abcdef01234567"
  package var repository: String
  /// Large files, which lie outside git and are redirected to, and small ones.
  package var large: [String: [UInt8]]
  package var small: [String: [UInt8]]
  /// Names that are listed beside those.
  package var others: [String]
  /// Where large files are, if not at this hub itself.
  package var storage: String

  package init(
    repository: String = "org/name",
    large: [String: [UInt8]] = ["model.safetensors": FakeHub.bytes(300_000)],
    small: [String: [UInt8]] = ["config.json": Array("{}".utf8)], others: [String] = ["README.md"],
    storage: String = ""
  ) {
    (self.repository, self.large, self.small) = (repository, large, small)
    (self.others, self.storage) = (others, storage)
  }

  package static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
  }

  package static func sha256(_ bytes: [UInt8]) -> String {
    var digest = Digest.sha256
    digest.add(bytes)
    return digest.hexadecimal
  }

  package static func gitName(_ bytes: [UInt8]) -> String {
    var digest = Digest.gitBlob(size: bytes.count)
    digest.add(bytes)
    return digest.hexadecimal
  }

  package var listing: String {
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

  package func answer(_ request: LoopbackServer.Request) -> LoopbackServer.Response {
    if request.path.hasPrefix("/api/models/\(repository)/revision/") {
      return .init(headers: [("Content-Type", "application/json")], body: Array(listing.utf8))
    }
    let path = request.path.prefix { $0 != "?" }
    let name = String(path.split(separator: "/").last ?? "")
    if request.path.hasPrefix("/storage/"), let bytes = large[name] {
      return Self.part(of: bytes, request)
    }
    guard request.path == "/\(repository)/resolve/\(Self.commit)/\(name)" else {
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
  package static func part(
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
