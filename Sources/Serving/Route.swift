import Ground

/// One thing that the server answers: a method, the pattern of its paths, and a function.
///
/// ```swift
/// Route.get("/api/pictures/{id}.png", "The picture, encoded again") { request in
///   Response(type: "image/png", body: Array(request["id"].utf8))
/// }
/// ```
///
/// A part of the pattern is a text, or a name in braces with an optional ending. Where several
/// routes fit a path, texts come before names with an ending, and those before names alone.
public struct Route: Sendable {
  public let method: String
  public let pattern: String
  /// One line that says what the answer is.
  public let summary: String
  /// Whether it runs the model, or otherwise takes so much work that only one such request is
  /// answered at a time and the others wait in line.
  public let isComputing: Bool
  let answer: @Sendable (Request) throws -> Response
  private let parts: [Part]

  public init(
    _ method: String, _ pattern: String, _ summary: String, isComputing: Bool = false,
    answer: @escaping @Sendable (Request) throws -> Response
  ) {
    (self.method, self.pattern, self.summary) = (method, pattern, summary)
    (self.isComputing, self.answer) = (isComputing, answer)
    parts = pattern.split(separator: "/").map { Part(String($0)) }
  }

  public static func get(
    _ pattern: String, _ summary: String, isComputing: Bool = false,
    answer: @escaping @Sendable (Request) throws -> Response
  ) -> Route {
    Route("GET", pattern, summary, isComputing: isComputing, answer: answer)
  }

  public static func post(
    _ pattern: String, _ summary: String, isComputing: Bool = false,
    answer: @escaping @Sendable (Request) throws -> Response
  ) -> Route {
    Route("POST", pattern, summary, isComputing: isComputing, answer: answer)
  }

  public static func delete(
    _ pattern: String, _ summary: String, answer: @escaping @Sendable (Request) throws -> Response
  ) -> Route {
    Route("DELETE", pattern, summary, answer: answer)
  }

  /// Returns the parts of a path that the pattern names; nil if the path is another one.
  func parameters(in path: [String]) -> [String: String]? {
    guard path.count == parts.count else { return nil }
    var found: [String: String] = [:]
    for (part, text) in zip(parts, path) {
      switch part {
      case .text(let own):
        guard text == own else { return nil }
      case .name(let name, let ending):
        guard text.utf8.count > ending.utf8.count, text.hasSuffix(ending) else { return nil }
        found[name] = String(text.dropLast(ending.count))
      }
    }
    return found
  }

  /// How closely the pattern describes its paths, part by part; the larger is chosen.
  var precision: [Int] {
    parts.map { part in
      switch part {
      case .text: 2
      case .name(_, let ending): ending.isEmpty ? 0 : 1
      }
    }
  }
}

/// A part of a pattern between two slashes.
private enum Part {
  case text(String)
  case name(String, ending: String)

  init(_ text: String) {
    guard text.hasPrefix("{"), let end = text.firstIndex(of: "}") else {
      self = .text(text)
      return
    }
    self = .name(
      String(text[text.index(after: text.startIndex)..<end]),
      ending: String(text[text.index(after: end)...]))
  }
}
