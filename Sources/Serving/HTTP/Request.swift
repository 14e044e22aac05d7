import Ground

/// A request of a browser or another program, after the server has checked where it comes from.
///
/// ```swift
/// Request("GET", "/api/pictures/7.png", query: ["side": "160"]).path      // ["api", "pictures", "7.png"]
/// ```
public struct Request: Sendable {
  public let method: String
  /// The parts of the path between its slashes, with percent signs decoded once.
  public let path: [String]
  public let query: [String: String]
  /// The headers, by their names in lower case.
  public let headers: [String: String]
  public let body: [UInt8]
  /// Whether anyone still waits for the answer. Long work asks this between its steps.
  public let goesOn: @Sendable () -> Bool
  /// The parts of the path that the route's pattern names. The router fills them in.
  package internal(set) var parameters: [String: String] = [:]

  public init(
    _ method: String, path: [String], query: [String: String] = [:],
    headers: [String: String] = [:], body: [UInt8] = [],
    goesOn: @escaping @Sendable () -> Bool = { true }
  ) {
    (self.method, self.path, self.query) = (method, path, query)
    (self.headers, self.body, self.goesOn) = (headers, body, goesOn)
  }

  /// A request whose path is plain text without percent signs.
  public init(
    _ method: String, _ path: String, query: [String: String] = [:],
    headers: [String: String] = [:], body: [UInt8] = []
  ) {
    self.init(
      method, path: path.split(separator: "/").map(String.init), query: query, headers: headers,
      body: body)
  }

  /// The part of the path that the route's pattern calls by this name: `id` of
  /// `/api/pictures/{id}`.
  public subscript(name: String) -> String {
    guard let part = parameters[name] else {
      preconditionFailure("The pattern of the route names no part '\(name)'.")
    }
    return part
  }
}
