import Ground

/// The head of a request, read strictly: what could be understood in two ways is refused.
package struct RequestHead: Equatable, Sendable {
  package let method: String
  package let target: RequestTarget
  /// By their names in lower case.
  package let headers: [String: String]
  /// The bytes of the body; nil if the request does not say.
  package let length: Int?

  /// A header as it was sent.
  package struct Line: Equatable, Sendable {
    let name: [UInt8]
    let value: [UInt8]

    package init(name: [UInt8], value: [UInt8]) { (self.name, self.value) = (name, value) }
  }

  /// - Parameter isWellFormed: Whether the lines are all that the head consists of.
  package init(
    _ method: [UInt8], _ target: [UInt8], _ version: [UInt8] = Array("HTTP/1.1".utf8),
    _ lines: [Line], isWellFormed: Bool = true, _ limits: ServerLimits = ServerLimits()
  ) throws {
    let size = lines.reduce(method.count + target.count + version.count + 4) {
      $0 + $1.name.count + $1.value.count + 4
    }
    guard size <= limits.head else {
      throw Refusal(431, "The head of the request is longer than \(limits.head) bytes.")
    }
    guard isWellFormed, Self.isToken(method), lines.allSatisfy({ Self.isToken($0.name) }) else {
      throw Refusal(400, "The headers of the request are not what HTTP allows.")
    }
    guard ["HTTP/1.0", "HTTP/1.1"].contains(String(decoding: version, as: UTF8.self)) else {
      throw Refusal(505, "This server speaks HTTP/1.1.")
    }
    self.method = String(decoding: method, as: UTF8.self)
    self.target = try RequestTarget(target)
    headers = try Self.headers(lines)
    if let expectation = headers["expect"], expectation.lowercased() != "100-continue" {
      throw Refusal(417, "This server does not know what the request expects.")
    }
    length = try Self.length(self.method, headers, limits)
  }

  /// Headers that say one thing, so that a second one would say another.
  private static let single: Set<String> = [
    "authorization", "content-length", "content-type", "expect", "host", "origin",
    "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "transfer-encoding",
  ]

  private static func headers(_ lines: [Line]) throws -> [String: String] {
    var headers: [String: String] = [:]
    for line in lines {
      let name = String(decoding: line.name, as: UTF8.self).lowercased()
      let blanks: Set<UInt8> = [UInt8(ascii: " "), UInt8(ascii: "\t")]
      var value = line.value.drop { blanks.contains($0) }
      while let last = value.last, blanks.contains(last) { value.removeLast() }
      guard value.allSatisfy({ ($0 >= 0x20 && $0 != 0x7f) || $0 == UInt8(ascii: "\t") }) else {
        throw Refusal(400, "The headers of the request are not what HTTP allows.")
      }
      let text = String(decoding: value, as: UTF8.self)
      guard let before = headers[name] else {
        headers[name] = text
        continue
      }
      guard !single.contains(name) else {
        throw Refusal(400, "The request has the header '\(name)' twice.")
      }
      headers[name] = before + ", " + text
    }
    return headers
  }

  private static func length(
    _ method: String, _ headers: [String: String], _ limits: ServerLimits
  ) throws -> Int? {
    if headers["transfer-encoding"] != nil {
      throw headers["content-length"] == nil
        ? Refusal(411, "The request has to say the length of its body in Content-Length.")
        : Refusal(400, "The request says the length of its body in two ways.")
    }
    guard let text = headers["content-length"] else {
      guard method != "POST", method != "PUT" else {
        throw Refusal(411, "The request has to say the length of its body in Content-Length.")
      }
      return nil
    }
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw Refusal(400, "The length of the request's body is not a number.")
    }
    guard let length = Int(text), length <= limits.body else {
      throw Refusal(413, "The body of the request is longer than \(limits.body) bytes.")
    }
    guard length == 0 || !["GET", "HEAD"].contains(method) else {
      throw Refusal(400, "A \(method) request has no body.")
    }
    return length
  }

  /// Whether bytes are a name as HTTP allows it for methods and headers.
  private static func isToken(_ bytes: [UInt8]) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
