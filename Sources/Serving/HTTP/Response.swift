import Ground

/// The answer to a request. The server adds the headers that every answer has.
///
/// ```swift
/// Response.json(.object([.init("status", .string("ok"))])).status      // 200
/// ```
public struct Response: Sendable {
  public let status: Int
  public let type: String
  /// Headers of this answer alone.
  public var headers: [String: String]
  public let body: [UInt8]

  public init(
    _ status: Int = 200, type: String, headers: [String: String] = [:], body: [UInt8]
  ) {
    (self.status, self.type, self.headers, self.body) = (status, type, headers, body)
  }

  public static func json(_ value: JSON, status: Int = 200) -> Response {
    Response(status, type: "application/json", body: Array(value.written().utf8))
  }

  /// An answer that says in one sentence what was wrong: `{"error": "..."}`.
  public static func error(_ status: Int, _ sentence: String) -> Response {
    json(.object([.init("error", .string(sentence))]), status: status)
  }
}
