import Ground

/// What the first line of a request asks for: the parts of a path, and a query.
package struct RequestTarget: Equatable, Sendable {
  package private(set) var path: [String] = []
  package private(set) var query: [String: String] = [:]

  /// Reads `/api/pictures/7.png?side=160`. What browsers do not send is refused: whole addresses,
  /// fragments, characters beyond ASCII, parts of a path that climb, and a name of the query twice.
  package init(_ text: [UInt8]) throws {
    guard text.first == UInt8(ascii: "/"), text.allSatisfy({ (0x21...0x7e).contains($0) }),
      !text.contains(UInt8(ascii: "#"))
    else {
      throw Refusal(400, "The address of the request is not a path that begins with a slash.")
    }
    let parts = text.split(
      separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
    path = try Self.path(parts[0].dropFirst())
    if parts.count > 1 { query = try Self.query(parts[1]) }
  }

  private static func path(_ text: ArraySlice<UInt8>) throws -> [String] {
    guard !text.isEmpty else { return [] }
    return try text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map {
      guard let part = percentDecoded($0) else { throw badPercent }
      // Nothing here opens a file that a client names. A part like these is a try to make it so.
      guard part != ".", part != "..", !part.contains("/"), !part.contains("\\") else {
        throw Refusal(400, "The address of the request has a part that leads to another folder.")
      }
      return part
    }
  }

  private static func query(_ text: ArraySlice<UInt8>) throws -> [String: String] {
    var query: [String: String] = [:]
    for pair in text.split(separator: UInt8(ascii: "&")) {
      let sides = pair.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = percentDecoded(sides[0], plusIsSpace: true),
        let value = percentDecoded(sides.count > 1 ? sides[1] : [], plusIsSpace: true)
      else { throw badPercent }
      guard query.updateValue(value, forKey: name) == nil else {
        throw Refusal(
          400, "The query of the address gives '\(printable(name.utf8))' twice.")
      }
    }
    return query
  }

  private static var badPercent: Refusal {
    Refusal(400, "The address of the request has a percent sign that stands for no text.")
  }
}
