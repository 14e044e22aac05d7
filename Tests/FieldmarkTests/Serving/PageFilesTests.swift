import Fieldmark
import Foundation
import Serving
import Testing

private let files = PageFiles([
  (name: "index.html", bytes: Array("<p>".utf8)), (name: "page.css", bytes: Array("p {}".utf8)),
  (name: "page.js", bytes: Array("1".utf8)), (name: "icon.svg", bytes: Array("<svg/>".utf8)),
])

@Test(arguments: [
  ("/", "text/html; charset=utf-8", "<p>"), ("/page.css", "text/css; charset=utf-8", "p {}"),
  ("/page.js", "text/javascript; charset=utf-8", "1"), ("/icon.svg", "image/svg+xml", "<svg/>"),
])
func aFileOfThePageIsServedWithItsType(_ path: String, _ type: String, _ content: String) {
  let response = Router(files.routes).answer(Request("GET", path))
  #expect(response.status == 200 && response.type == type)
  #expect(String(decoding: response.body, as: UTF8.self) == content)
}

@Test func aFileThatTheBrowserHasIsNotSentAgain() throws {
  let router = Router(files.routes)
  let tag = try #require(router.answer(Request("GET", "/page.js")).headers["ETag"])
  // The tag of "1", by sha256sum.
  #expect(tag == "\"6b86b273ff34fce1\"")
  for known in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
    let response = router.answer(Request("GET", "/page.js", headers: ["if-none-match": known]))
    #expect(response.status == 304 && response.body == [], "\(known)")
    #expect(response.headers == ["Cache-Control": "no-cache", "ETag": tag])
  }
  for other in ["\"6b86b273ff34fce2\"", "", "6b86b273ff34fce1"] {
    let request = Request("GET", "/page.js", headers: ["if-none-match": other])
    #expect(router.answer(request).status == 200, "\(other)")
  }
}

/// The names stand in one list and the contents in another, which this holds together.
@Test func theProgramContainsEveryFileOfThePageUnderItsName() throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Page").standardized
  let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") }
  let router = Router(PageFiles.embedded.routes)
  #expect(router.routes.count == names.count)
  for name in names {
    let response = router.answer(Request("GET", name == "index.html" ? "/" : "/\(name)"))
    let content = try Data(contentsOf: folder.appendingPathComponent(name))
    #expect(response.status == 200 && response.body == Array(content), "\(name)")
  }
}
