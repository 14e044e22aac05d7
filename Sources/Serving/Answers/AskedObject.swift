import Explaining
import Ground

/// The JSON object in the body of a request, read strictly: members of other names, of other types
/// and out of bounds are refused with one sentence that names the member.
///
/// ```swift
/// let asked = try AskedObject(Request("POST", "/api/maps"), ["picture", "strength"])
/// try asked.number("strength")      // nil if it is not there
/// ```
///
/// A member that is null counts as missing. What is no such value at all has the status 400, and a
/// value that is well-formed but cannot be, 422.
package struct AskedObject: Sendable {
  private let members: [String: JSON]

  package init(_ request: Request, _ names: [String]) throws {
    let type = (request.headers["content-type"] ?? "application/json").lowercased()
      .prefix { $0 != ";" && $0 != " " }
    guard type == "application/json" else {
      throw Refusal(
        415,
        InputError("the body", expected: "application/json", found: printable(type.utf8.prefix(60)))
      )
    }
    let found: JSON
    do {
      found = try JSON(parsing: request.body, place: "the body", depth: 8)
    } catch let error as InputError { throw Refusal(400, error) }
    try self.init(found, in: "the body", names)
  }

  init(_ found: JSON, in place: String, _ names: [String]) throws {
    guard let all = found.members else {
      throw Refusal(400, InputError(place, expected: "an object", found: found.summary))
    }
    if let other = all.first(where: { !names.contains($0.key) }) {
      let shown = "'\(printable(other.key.utf8.prefix(60)))'"
      throw Refusal(
        400,
        InputError(
          place, expected: names.isEmpty ? "no members" : "only \(names.joined(separator: ", "))",
          found: shown, hint: nearest(to: other.key, among: names).map { "did you mean '\($0)'?" }))
    }
    members = Dictionary(
      all.filter { $0.value != .null }.map { ($0.key, $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The value of a member; nil if it is missing.
  func value(_ name: String) -> JSON? { members[name] }

  /// The error for a member that is something else than was expected.
  static func refusal(_ name: String, expected: String, found: String) -> Refusal {
    Refusal(400, InputError("'\(name)'", expected: expected, found: found))
  }

  private func read<Value>(
    _ name: String, _ expected: String, _ read: (JSON) -> Value?
  ) throws -> Value? {
    guard let found = members[name] else { return nil }
    guard let value = read(found) else {
      throw AskedObject.refusal(name, expected: expected, found: found.summary)
    }
    return value
  }

  /// Returns a member that must be there.
  func needed<Value>(_ name: String, _ expected: String, _ value: Value?) throws -> Value {
    if let value { return value }
    throw AskedObject.refusal(name, expected: expected, found: "nothing")
  }

  func text(_ name: String) throws -> String? { try read(name, "a text", \.string) }

  func bool(_ name: String) throws -> Bool? { try read(name, "true or false", \.bool) }

  func whole(_ name: String) throws -> Int? { try read(name, "a whole number", \.integer) }

  /// A number that 32 bits can hold.
  func number(_ name: String) throws -> Float? {
    try read(name, "a number") { found in
      found.number.map { Float($0) }.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// The texts of an array, which are bounded in number and in length.
  func texts(_ name: String, most: Int, characters: Int = 2000) throws -> [String]? {
    guard let found = members[name] else { return nil }
    guard let elements = found.array else {
      throw AskedObject.refusal(name, expected: "an array of texts", found: found.summary)
    }
    guard elements.count <= most else {
      throw AskedObject.refusal(name, expected: "at most \(most) texts", found: "\(elements.count)")
    }
    return try elements.map { element in
      guard let text = element.string else {
        throw AskedObject.refusal(name, expected: "an array of texts", found: element.summary)
      }
      guard text.unicodeScalars.count <= characters else {
        throw AskedObject.refusal(
          name, expected: "texts of at most \(characters) characters",
          found: "one of \(text.unicodeScalars.count)")
      }
      guard !text.utf8.contains(0) else {
        throw AskedObject.refusal(name, expected: "texts without NUL", found: "one with NUL")
      }
      return text
    }
  }

  /// Where masks and parts begin: a number from 0 to 1, or "otsu".
  func threshold() throws -> Threshold? {
    guard let found = members["threshold"] else { return nil }
    if let text = found.string, let threshold = Threshold(text: text) { return threshold }
    guard let number = try number("threshold") else { return nil }
    guard let threshold = Threshold(number) else {
      throw InputError("'threshold'", expected: Threshold.expectation, found: "\(number)")
    }
    return threshold
  }

  /// A value of a family, by its name.
  func named<Family: Named>(_ name: String, _ type: Family.Type) throws -> Family? {
    try text(name).map { try Family.named($0, of: "'\(name)'") }
  }
}
