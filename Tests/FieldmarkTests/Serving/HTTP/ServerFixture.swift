import Fieldmark
import Loopback
import Serving

/// Runs a test against a server on this machine, which is gone afterwards.
func serving(
  _ access: Access = .loopback, _ limits: ServerLimits = ServerLimits(),
  _ handler: @escaping @Sendable (Request) -> Response = Router(Route.fixed).handler(),
  _ body: (Server) throws -> Void
) throws {
  let server = try Server(access, limits: limits, handler: handler)
  defer { server.stop() }
  try body(server)
}

extension Server {
  /// Sends bytes on a connection of their own and reads one answer.
  func answer(to bytes: [UInt8]) throws -> RawClient.Answer? {
    let client = try RawClient(port: port)
    client.send(bytes)
    return client.answer()
  }

  func answer(to text: String) throws -> RawClient.Answer? { try answer(to: Array(text.utf8)) }

  /// Whether it still answers as ever.
  func isWell() throws -> Bool {
    try answer(to: "GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n")?.text
      == #"{"status":"ok","version":"0.2.0"}"#
  }
}
