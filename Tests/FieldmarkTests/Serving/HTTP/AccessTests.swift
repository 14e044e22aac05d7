import Fieldmark
import Serving
import Testing

private func check(
  _ access: Access = .loopback, _ method: String = "GET", _ target: String = "/api/health",
  host: String? = "127.0.0.1:7777", _ headers: [String: String] = [:]
) throws {
  var lines = headers.map {
    RequestHead.Line(name: Array($0.key.utf8), value: Array($0.value.utf8))
  }
  if let host { lines.append(.init(name: Array("Host".utf8), value: Array(host.utf8))) }
  try access.check(
    try RequestHead(Array(method.utf8), Array(target.utf8), Array("HTTP/1.1".utf8), lines))
}

@Test(arguments: [
  "127.0.0.1:7777", "localhost:7777", "LOCALHOST", "[::1]:7777", "127.0.0.1", "localhost:9000",
])
func aServerOfThisMachineIsCalledByItsLoopbackNames(_ host: String) {
  #expect(throws: Never.self) { try check(host: host) }
}

@Test(arguments: [
  "example.org", "example.org:7777", "localhost.example.org", "127.0.0.1.nip.io", "localhost.",
  "localhost:",
  "localhost:x", "localhost:70000", "localhost:+1", "user@localhost", "[::1", "[::1]x", "[::2]",
  "127.0.0.2", "0.0.0.0",
  "localhost, example.org", "2130706433", "127.1", "192.168.1.5",
])
func aNameThatPointsHereFromElsewhereIsRefused(_ host: String) {
  #expect(throws: Refusal(403, "This server is not called '\(host)'.")) { try check(host: host) }
}

@Test func aRequestWithoutAHostIsRefused() {
  for host in [nil, ""] {
    #expect(throws: Refusal(400, "The request does not say in Host whom it asks.")) {
      try check(host: host)
    }
  }
}

@Test func aServerForOthersIsCalledByItsAddressOrTheNameOfTheMachine() {
  let one = HostNames(address: "192.168.1.5", machine: "Lab")
  let all = HostNames(address: "0.0.0.0", machine: "lab")
  for host in ["192.168.1.5:80", "lab", "LAB.example.org:7777", "localhost"] {
    #expect(one.contain(host) && all.contain(host), "\(host)")
  }
  #expect(!one.contain("10.0.0.1") && all.contain("10.0.0.1") && all.contain("[fe80::1]"))
  for host in ["lab-evil.org", "evil.lab", "1.2.3", "1.2.3.256", "[x]", ""] {
    #expect(!one.contain(host) && !all.contain(host), "\(host)")
  }
}

private let foreign = Refusal(403, "Pages of other sites may not ask this server.")

@Test(arguments: [
  ["Origin": "null"], ["Origin": "http://example.org"], ["Origin": "https://127.0.0.1:7777"],
  ["Origin": "http://127.0.0.1:7778"], ["Origin": "http://localhost:7777"], ["Origin": ""],
  ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "else"],
  ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"],
])
func aPageOfAnotherSiteMayNotAsk(_ headers: [String: String]) {
  #expect(throws: foreign) { try check(headers) }
}

private func check(_ headers: [String: String]) throws { try check(.loopback, headers) }

private func check(_ access: Access, _ headers: [String: String]) throws {
  try check(access, "GET", "/api/health", headers)
}

@Test func theServersOwnPageMayAsk() {
  for headers in [
    ["Origin": "http://127.0.0.1:7777"], ["Sec-Fetch-Site": "same-origin"],
    ["Sec-Fetch-Site": "none"],
  ] {
    #expect(throws: Never.self) { try check(headers) }
  }
}

@Test func aLinkOnAnotherPageMayLeadToThePageAndNotToTheInterface() {
  let link = [
    "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
  ]
  #expect(throws: Never.self) { try check(.loopback, "GET", "/", link) }
  #expect(throws: Never.self) { try check(.loopback, "GET", "/runs/r1?class=2", link) }
  let frame = link.merging(["Sec-Fetch-Dest": "iframe"]) { $1 }
  #expect(throws: foreign) { try check(.loopback, "GET", "/", frame) }
  #expect(throws: foreign) {
    try check(.loopback, "POST", "/", ["Content-Length": "0"].merging(link) { $1 })
  }
}

@Test func withATokenOnlyWhoKnowsItMayAsk() {
  let access = Access(address: "127.0.0.1", token: "birds-of-2026")
  for (target, headers) in [
    ("/?token=birds-of-2026", [:]), ("/api/health", ["Authorization": "Bearer birds-of-2026"]),
    ("/api/health", ["Authorization": "bearer birds-of-2026"]),
    ("/api/health?a=b&token=birds-of-2026", [:]),
    ("/page.css", [:]), ("/numbers.js", [:]), ("/icon.svg", [:]),
  ] {
    #expect(throws: Never.self, "\(target)") { try check(access, "GET", target, headers) }
  }
  let refusal = Refusal(
    401,
    "This server asks for a token; the address that 'fieldmark serve' printed has it at its end.",
    headers: ["WWW-Authenticate": "Bearer"])
  for (target, headers) in [
    ("/", [:]), ("/?token=", [:]), ("/?token=birds-of-2025", [:]), ("/?token=birds-of-202", [:]),
    ("/api/health", ["Authorization": "Bearer birds"]),
    ("/api/health", ["Authorization": "birds-of-2026"]),
    ("/api/page.js", [:]), ("/runs/r1", [:]),
  ] {
    #expect(throws: refusal, "\(target)") { try check(access, "GET", target, headers) }
  }
  #expect(throws: Refusal.self) {
    try check(access, host: "example.org", ["Authorization": "Bearer birds-of-2026"])
  }
}

@Test func aBodyHasATypeThatAFormOfAnotherPageCannotSend() {
  for type in [
    "application/json", "Application/JSON; charset=utf-8", "application/octet-stream", "image/png",
  ] {
    #expect(throws: Never.self, "\(type)") {
      try check(.loopback, "POST", "/", ["Content-Length": "1", "Content-Type": type])
    }
  }
  let refusal = Refusal(
    415,
    "The body of the request has to be application/json, application/octet-stream or a picture.")
  for type in [
    "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "text/plain; application/json", "application/jsonx", "x-image/png",
  ] {
    #expect(throws: refusal, "\(type)") {
      try check(.loopback, "POST", "/", ["Content-Length": "0", "Content-Type": type])
    }
  }
  #expect(throws: Never.self) { try check(.loopback, "DELETE", "/api/pictures/p1") }
  #expect(throws: refusal) { try check(.loopback, "DELETE", "/", ["Content-Length": "1"]) }
}
