/// Bytes that no browser would send, and what is answered.
struct RawRequest {
  let name: String
  let bytes: [UInt8]
  /// The status of the answer; nil if the connection is closed without one.
  let status: Int?

  init(_ name: String, _ bytes: [UInt8], _ status: Int?) {
    (self.name, self.bytes, self.status) = (name, bytes, status)
  }

  init(_ name: String, _ text: String, _ status: Int?) {
    self.init(name, text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }, status)
  }

  /// A GET with a target of its own.
  static func get(_ name: String, _ target: String, _ status: Int?) -> RawRequest {
    get(name, target, "", status)
  }

  /// A GET with headers of its own.
  static func get(
    _ name: String, _ target: String, _ lines: String, _ status: Int?
  ) -> RawRequest {
    RawRequest(name, "GET \(target) HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n", status)
  }

  static func post(
    _ name: String, _ lines: String, _ body: String, _ status: Int?
  ) -> RawRequest {
    let head = "POST /api/health HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    return RawRequest(name, "\(head)\(lines)\r\n\(body)", status)
  }

  static let all: [RawRequest] = [
    firstLines, targets, hosts, origins, lengths, headers, bodies, others,
  ].flatMap { $0 }

  private static let rest = "\r\nHost: localhost\r\n\r\n"

  private static let firstLines: [RawRequest] = [
    RawRequest("a method alone", "GET\r\n\r\n", nil),
    RawRequest("no version", "GET /api/health\r\n\r\n", 400),
    RawRequest("two spaces before the target", "GET  /api/health HTTP/1.1\(rest)", 400),
    RawRequest("two spaces after the target", "GET /api/health  HTTP/1.1\(rest)", nil),
    RawRequest("a space at the end", "GET /api/health HTTP/1.1 \(rest)", 400),
    RawRequest("a space at the beginning", " GET /api/health HTTP/1.1\(rest)", nil),
    RawRequest("tabs", "GET\t/api/health\tHTTP/1.1\(rest)", nil),
    RawRequest("a method in small letters", "get /api/health HTTP/1.1\(rest)", 405),
    RawRequest("a method that is none", "G@T /api/health HTTP/1.1\(rest)", 400),
    RawRequest("a long method", "\(many("G", 9000)) / HTTP/1.1\(rest)", 405),
    RawRequest("version 1.2", "GET / HTTP/1.2\(rest)", 505),
    RawRequest("version 1.10", "GET / HTTP/1.10\(rest)", 400),
    RawRequest("version 0.9", "GET / HTTP/0.9\(rest)", 505),
    RawRequest("version 2.0", "GET / HTTP/2.0\(rest)", 505),
    RawRequest("a version in small letters", "GET / http/1.1\(rest)", 400),
    RawRequest("another protocol", "GET / RTSP/1.0\(rest)", 400),
    RawRequest("TRACE", "TRACE / HTTP/1.1\(rest)", 405),
    RawRequest("CONNECT", "CONNECT localhost:80 HTTP/1.1\(rest)", 400),
    RawRequest("OPTIONS for all", "OPTIONS * HTTP/1.1\(rest)", 400),
    RawRequest("OPTIONS", "OPTIONS /api/health HTTP/1.1\(rest)", 405),
  ]

  private static let targets: [RawRequest] = [
    get("a whole address", "http://localhost/api/health", 400),
    get("a name without a slash", "api/health", 400),
    get("two slashes", "//api/health", 404),
    get("a slash at the end", "/api/health/", 404),
    get("a fragment", "/api/health#x", 400),
    get("a space inside", "/api/ health", nil),
    get("a byte beyond ASCII", "/api/\u{e4}", 400),
    get("a NUL", "/api/health\u{0}.png", 400),
    get("a percent sign alone", "/api/%", 400),
    get("half a percent sign", "/api/%4", 400),
    get("a percent sign with letters", "/api/%zz", 400),
    get("an encoded NUL", "/api/health%00", 400),
    get("encoded bytes that are no text", "/api/%ff%fe", 400),
    get("a longer spelling of a dot", "/%c0%ae%c0%ae/etc/passwd", 400),
    get("folders above", "/../../etc/passwd", 400),
    get("encoded folders above", "/%2e%2e/%2e%2e/etc/passwd", 400),
    get("an encoded slash", "/..%2f..%2fetc%2fpasswd", 400),
    get("percent signs that are encoded", "/%252e%252e/etc/passwd", 404),
    get("backslashes", "/..\\..\\etc\\passwd", 400),
    get("a drive", "/C:/Windows/win.ini", 404),
    get("an encoded name", "/%61pi/he%61lth", 200),
    get("a name of the query twice", "/api/health?a=1&a=2", 400),
    get("a query with a percent sign", "/api/health?a=%", 400),
    get("an empty query", "/api/health?", 200),
    get("a target of 20 KiB", "/\(many("a", 20 << 10))", 431),
    get("a target of 1 MiB", "/\(many("a", 1 << 20))", 414),
  ]

  private static func host(_ name: String, _ lines: String, _ status: Int) -> RawRequest {
    RawRequest(name, "GET /api/health HTTP/1.1\r\n\(lines)\r\n", status)
  }

  private static let hosts: [RawRequest] = [
    host("no Host", "", 400), host("an empty Host", "Host:\r\n", 400),
    host("a foreign Host", "Host: example.org\r\n", 403),
    host("a Host that ends in ours", "Host: localhost.example.org\r\n", 403),
    host("a Host with a user", "Host: user@localhost\r\n", 403),
    host("a Host with a word as its port", "Host: localhost:http\r\n", 403),
    host("a Host with half a bracket", "Host: [::1\r\n", 403),
    host("the same Host twice", "Host: localhost\r\nHost: localhost\r\n", 400),
    host("two Hosts", "Host: localhost\r\nHost: example.org\r\n", 400),
    host("two Hosts in one", "Host: localhost, example.org\r\n", 403),
    host("a Host in the next line", "Host:\r\n localhost\r\n", 400),
    RawRequest("an old version without a Host", "GET /api/health HTTP/1.0\r\n\r\n", 400),
    RawRequest(
      "an old version with a Host", "GET /api/health HTTP/1.0\r\nHost: localhost\r\n\r\n", 200),
  ]

  private static let origins: [RawRequest] = [
    get("an Origin of null", "/api/health", "Origin: null\r\n", 403),
    get("a foreign Origin", "/api/health", "Origin: http://example.org\r\n", 403),
    get("an Origin with another port", "/api/health", "Origin: http://localhost:1\r\n", 403),
    get("an Origin that is encrypted", "/api/health", "Origin: https://localhost\r\n", 403),
    get("two Origins", "/api/health", "Origin: http://localhost\r\nOrigin: null\r\n", 400),
    get("our own Origin", "/api/health", "Origin: http://localhost\r\n", 200),
    get("a request of another site", "/api/health", "Sec-Fetch-Site: cross-site\r\n", 403),
    get("a request of a neighboring site", "/api/health", "Sec-Fetch-Site: same-site\r\n", 403),
  ]

  private static let lengths: [RawRequest] = [
    post("both lengths", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n", 400),
    post("chunks", "Transfer-Encoding: chunked\r\n", "2\r\n{}\r\n0\r\n\r\n", 411),
    post("a chunk without a length", "Transfer-Encoding: chunked\r\n", "x\r\n{}\r\n0\r\n\r\n", 411),
    post(
      "a chunk of a huge length", "Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\n", 411),
    post("chunks in capitals", "Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n", 411),
    post("another coding", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n", 411),
    post("no coding at all", "Transfer-Encoding: identity\r\n", "{}", 411),
    post("two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n", "{} ", 400),
    post("the same length twice", "Content-Length: 2\r\nContent-Length: 2\r\n", "{}", 400),
    post("two lengths in one", "Content-Length: 2, 2\r\n", "{}", 400),
    post("a length with a sign", "Content-Length: +2\r\n", "{}", 400),
    post("a negative length", "Content-Length: -2\r\n", "{}", 400),
    post("a length in hexadecimal", "Content-Length: 0x2\r\n", "{}", 400),
    post("a length that is a word", "Content-Length: two\r\n", "{}", 400),
    post("an empty length", "Content-Length:\r\n", "{}", 400),
    post("a length beyond 64 bits", "Content-Length: 99999999999999999999\r\n", "{}", 413),
    post("a length beyond the limit", "Content-Length: 33554433000\r\n", "{}", 413),
    post("no length", "", "{}", 411),
    get("a body where there is none", "/api/health", "Content-Length: 2\r\n", nil),
    post("a length in the next line", "Content-Length:\r\n 2\r\n", "{}", 400),
  ]

  private static let headers: [RawRequest] = [
    get("a line that goes on", "/api/health", "X: a\r\n b\r\n", 400),
    get("a line that goes on with a tab", "/api/health", "X: a\r\n\tb\r\n", 400),
    host("a first line that goes on", " X: a\r\nHost: localhost\r\n", 400),
    get("a space before the colon", "/api/health", "X : a\r\n", 400),
    get("no colon", "/api/health", "X\r\n", 400),
    get("no name", "/api/health", ": a\r\n", 400),
    get("a NUL in a value", "/api/health", "X: a\u{0}b\r\n", 400),
    get("a NUL in a name", "/api/health", "X\u{0}Y: a\r\n", 400),
    get("a control character in a value", "/api/health", "X: a\u{1b}b\r\n", 400),
    get("a byte beyond ASCII in a name", "/api/health", "\u{e4}: a\r\n", 400),
    get("a byte beyond ASCII in a value", "/api/health", "X: \u{e4}\r\n", 200),
    get("a carriage return alone", "/api/health", "X: a\rY: b\r\n", 400),
    RawRequest("line feeds alone", "GET /api/health HTTP/1.1\nHost: localhost\n\n", 200),
    get(
      "a header of 20 KiB", "/api/health", "X: \(many("a", 20 << 10))\r\n", 431),
    get(
      "a header of 1 MiB", "/api/health", "X: \(many("a", 1 << 20))\r\n", 431),
    get("many headers", "/api/health", many("a:\r\n", 5000), 431),
    get("many empty lines before", "/api/health", "", 200).after(
      many("\r\n", 50)),
    get("an upgrade to HTTP/2", "/api/health", "Connection: Upgrade\r\nUpgrade: h2c\r\n", 200),
    get(
      "an upgrade to a web socket", "/socket", "Connection: Upgrade\r\nUpgrade: websocket\r\n", 404),
    get("a cookie", "/api/health", "Cookie: a=b; c=\"d; e\r\n", 200),
  ]

  private static func type(_ name: String, _ type: String) -> RawRequest {
    RawRequest(
      name,
      "POST /api/health HTTP/1.1\r\nHost: localhost\r\n\(type)Content-Length: 2\r\n\r\n{}", 415)
  }

  private static let bodies: [RawRequest] = [
    type("a body without a type", ""), type("a text", "Content-Type: text/plain\r\n"),
    type("a form", "Content-Type: application/x-www-form-urlencoded\r\n"),
    type("a form with files", "Content-Type: multipart/form-data; boundary=a\r\n"),
    post("a body after a question", "Content-Length: 2\r\nExpect: 100-continue\r\n", "{}", 100),
    post(
      "a question that is refused", "Content-Length: 9999999999\r\nExpect: 100-continue\r\n",
      "", 413),
    post("another question", "Content-Length: 2\r\nExpect: 200-ok\r\n", "{}", 417),
    post("more than was announced", "Content-Length: 2\r\n", "{}}}}}\r\n\r\n", 405),
    post("half a body", "Content-Length: 100\r\n", "{", nil),
  ]

  private static let others: [RawRequest] = [
    RawRequest("nothing", "", nil), RawRequest("a line end", "\r\n", nil),
    RawRequest("half a first line", "GET /api/hea", nil),
    RawRequest("half a header", "GET /api/health HTTP/1.1\r\nHos", nil),
    RawRequest("no end of the headers", "GET /api/health HTTP/1.1\r\nHost: localhost\r\n", nil),
    RawRequest("the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    RawRequest(
      "a greeting of TLS",
      [0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3] + [UInt8](repeating: 7, count: 200), nil),
    RawRequest("a greeting of SOCKS", [5, 1, 0], nil),
    RawRequest("a greeting of SSH", "SSH-2.0-OpenSSH_9.2\r\n", nil),
    RawRequest("zeros", [UInt8](repeating: 0, count: 1 << 16), 414),
    RawRequest("an answer", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 400),
    RawRequest("a mail", "EHLO localhost\r\nMAIL FROM:<a@b>\r\n", 400),
    RawRequest("JSON", "{\"a\": 1}\r\n\r\n", 400),
  ]

  private static func many(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count)
  }

  private func after(_ text: String) -> RawRequest {
    RawRequest(name, Array(text.utf8) + bytes, status)
  }
}
