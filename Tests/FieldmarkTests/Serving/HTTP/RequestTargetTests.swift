import Fieldmark
import Serving
import Testing

private func target(_ text: String) throws -> RequestTarget { try RequestTarget(Array(text.utf8)) }

@Test func percentSignsAreDecodedOnce() {
  #expect(percentDecoded("a%20b%c3%A4".utf8) == "a bä")
  #expect(percentDecoded("%2541".utf8) == "%41")
  #expect(
    percentDecoded("a+b".utf8) == "a+b" && percentDecoded("a+b".utf8, plusIsSpace: true) == "a b")
  for bad in ["%", "%4", "%4g", "%g4", "%00", "%ff", "%c0%ae", "%ed%a0%80", "%+1"] {
    #expect(percentDecoded(bad.utf8) == nil, "\(bad)")
  }
}

@Test func aTargetIsReadAsPathAndQuery() throws {
  #expect(try target("/").path == [])
  #expect(try target("/api/pictures/p%201.png").path == ["api", "pictures", "p 1.png"])
  #expect(try target("/api/").path == ["api", ""] && target("//a").path == ["", "a"])
  #expect(try target("/?").query == [:])
  #expect(
    try target("/x?a=1&b=two+words&c=%26%3d&d&&e=f=g").query
      == ["a": "1", "b": "two words", "c": "&=", "d": "", "e": "f=g"])
  #expect(try target("/x?y/../z").path == ["x"])
}

@Test(arguments: [
  ("", "The address of the request is not a path that begins with a slash."),
  ("api", "The address of the request is not a path that begins with a slash."),
  ("http://localhost/", "The address of the request is not a path that begins with a slash."),
  ("/a#b", "The address of the request is not a path that begins with a slash."),
  ("/ä", "The address of the request is not a path that begins with a slash."),
  ("/a b", "The address of the request is not a path that begins with a slash."),
  ("/%zz", "The address of the request has a percent sign that stands for no text."),
  ("/?a=%", "The address of the request has a percent sign that stands for no text."),
  ("/..", "The address of the request has a part that leads to another folder."),
  ("/a/%2e%2E/b", "The address of the request has a part that leads to another folder."),
  ("/a%2fb", "The address of the request has a part that leads to another folder."),
  ("/a%5cb", "The address of the request has a part that leads to another folder."),
  ("/./", "The address of the request has a part that leads to another folder."),
  ("/?a=1&%61=2", "The query of the address gives 'a' twice."),
])
func aTargetThatNoBrowserSendsIsRefused(_ text: String, _ sentence: String) {
  #expect(throws: Refusal(400, sentence)) { try target(text) }
}
