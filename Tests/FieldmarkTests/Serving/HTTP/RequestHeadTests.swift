import Fieldmark
import Serving
import Testing

private func head(
  _ method: String = "GET", _ target: String = "/", _ lines: [(String, String)] = [],
  version: String = "HTTP/1.1", isWellFormed: Bool = true, _ limits: ServerLimits = ServerLimits()
) throws -> RequestHead {
  try RequestHead(
    Array(method.utf8), Array(target.utf8), Array(version.utf8),
    lines.map { .init(name: Array($0.0.utf8), value: Array($0.1.utf8)) },
    isWellFormed: isWellFormed, limits)
}

@Test func aHeadIsReadWithNamesInLowerCaseAndValuesWithoutBlanks() throws {
  let head = try head("POST", "/a?b=c", [("Content-LENGTH", "12"), ("X", "\t a b  "), ("x", "c")])
  #expect(head.method == "POST" && head.target.path == ["a"] && head.length == 12)
  #expect(head.headers == ["content-length": "12", "x": "a b, c"])
}

@Test(arguments: [
  "Host", "Content-Length", "Content-Type", "Origin", "AUTHORIZATION", "Sec-Fetch-Site",
])
func aHeaderThatSaysOneThingMayNotBeThereTwice(_ name: String) {
  #expect(throws: Refusal(400, "The request has the header '\(name.lowercased())' twice.")) {
    try head("GET", "/", [(name, "0"), (name.lowercased(), "0")])
  }
}

private let unlike = "The headers of the request are not what HTTP allows."
private let unsized = "The request has to say the length of its body in Content-Length."

@Test func whatCouldBeUnderstoodInTwoWaysIsRefused() {
  let cases: [(Int, String, () throws -> RequestHead)] = [
    (400, unlike, { try head("GE T") }),
    (400, unlike, { try head("") }),
    (400, unlike, { try head("GET", "/", [("a b", "c")]) }),
    (400, unlike, { try head("GET", "/", [("", "c")]) }),
    (400, unlike, { try head("GET", "/", [("ä", "c")]) }),
    (400, unlike, { try head("GET", "/", [("a", "b\u{1}")]) }),
    (400, unlike, { try head("GET", "/", [("a", "b\rc")]) }),
    (400, unlike, { try head(isWellFormed: false) }),
    (505, "This server speaks HTTP/1.1.", { try head(version: "HTTP/1.2") }),
    (
      400, "The request says the length of its body in two ways.",
      { try head("POST", "/", [("Content-Length", "1"), ("Transfer-Encoding", "chunked")]) }
    ),
    (411, unsized, { try head("POST", "/", [("Transfer-Encoding", "chunked")]) }),
    (411, unsized, { try head("POST") }),
    (411, unsized, { try head("PUT") }),
    (
      400, "The length of the request's body is not a number.",
      { try head("POST", "/", [("Content-Length", "+1")]) }
    ),
    (
      400, "The length of the request's body is not a number.",
      { try head("POST", "/", [("Content-Length", "")]) }
    ),
    (
      413, "The body of the request is longer than 33554432 bytes.",
      { try head("POST", "/", [("Content-Length", "33554433")]) }
    ),
    (
      413, "The body of the request is longer than 33554432 bytes.",
      { try head("POST", "/", [("Content-Length", "99999999999999999999")]) }
    ),
    (400, "A GET request has no body.", { try head("GET", "/", [("Content-Length", "1")]) }),
    (
      417, "This server does not know what the request expects.",
      { try head("POST", "/", [("Content-Length", "1"), ("Expect", "a miracle")]) }
    ),
    (
      431, "The head of the request is longer than 16384 bytes.",
      { try head("GET", "/", [("a", String(repeating: "b", count: 16384))]) }
    ),
  ]
  for (status, sentence, read) in cases {
    #expect(throws: Refusal(status, sentence)) { _ = try read() }
  }
}

@Test func limitsAreTheLastThatPasses() throws {
  var limits = ServerLimits()
  (limits.body, limits.head) = (5, 100)
  #expect(try head("POST", "/", [("Content-Length", "5")], limits).length == 5)
  #expect(throws: Refusal.self) { try head("POST", "/", [("Content-Length", "6")], limits) }
  // 3 + 1 + 8 + 4 bytes of the first line and its end, and 4 around the header.
  let room = 100 - 16 - 4 - 1
  #expect(throws: Never.self) {
    try head("GET", "/", [("a", String(repeating: "b", count: room))], limits)
  }
  #expect(throws: Refusal.self) {
    try head("GET", "/", [("a", String(repeating: "b", count: room + 1))], limits)
  }
}
