import Fieldmark
import Foundation
import Testing

/// Two pictures that are right, one that is wrong, and one that failed.
private func inServedRun(_ body: (Router) throws -> Void) throws {
  var audit = SmallAudit()
  audit.add(.init(label: 0, rival: 1, path: "a/1.png"))
  audit.add(.init(label: 1, rival: 0, path: "a/2.png"))
  audit.add(.init(label: 0, rival: 1, predicted: 2, path: "b/3.png"))
  audit.addFailure("b/4.png: expected a picture, found <nothing>.")
  try audit.run { run in
    let served = try ServedRun("r1", run.path)
    try body(Router(RunRoutes([served]).routes))
  }
}

private func page(
  _ router: Router, _ path: String, _ query: [String: String] = [:]
) -> (status: Int, text: String) {
  let response = router.answer(Request("GET", path, query: query))
  return (response.status, String(decoding: response.body, as: UTF8.self))
}

@Test func runsAreListedWithWhatTheyFound() throws {
  try inServedRun { router in
    let list = page(router, "/runs")
    #expect(list.status == 200 && list.text.contains("<a href=\"/runs/r1\">"))
    let one = page(router, "/runs/r1")
    #expect(one.status == 200)
    #expect(one.text.contains("cannot be judged</a></td><td class=\"number\">1</td>"))
    #expect(one.text.contains("/runs/r1/pictures?failed=yes"))
    // Names of classes are text, whatever they are made of.
    #expect(!one.text.contains("<script>alert"))
    #expect(one.text.contains("?class=%3Cscript%3Ealert%281%29%3C%2Fscript%3E"))
    let json = try JSON(parsing: Array(page(router, "/api/runs").text.utf8), place: "answer")
    #expect(json["runs"]?.array?.first?["pictures"]?.integer == 4)
  }
}

@Test(
  arguments: [
    ([:], 3), (["class": "Red-winged Blackbird"], 2), (["right": "no"], 1), (["failed": "yes"], 1),
    (["text": "A/"], 2), (["verdict": "not judged"], 3), (["verdict": "traits"], 0),
    (["from": "2"], 3),
    (["class": "", "right": "", "text": ""], 3),
  ] as [([String: String], Int)])
func picturesAreFoundByWhatTheAddressSays(_ query: [String: String], _ count: Int) throws {
  try inServedRun { router in
    let answer = page(router, "/api/runs/r1/pictures", query)
    let json = try JSON(parsing: Array(answer.text.utf8), place: "answer")
    #expect(json["total"]?.integer == count)
    #expect(json["pictures"]?.array?.count == count - (query["from"].flatMap { Int($0) } ?? 0))
    #expect(page(router, "/runs/r1/pictures", query).status == 200)
  }
}

@Test(
  arguments: [
    (
      "/runs/r1/pictures", ["class": "Red-winged Blackbirt"], 400,
      "The run has no class 'Red-winged Blackbirt'; did you mean 'Red-winged Blackbird'?"
    ),
    ("/runs/r1/pictures", ["right": "maybe"], 400, "'right' is yes or no, not 'maybe'."),
    (
      "/runs/r1/pictures", ["verdict": "guilty"], 400,
      "No verdict is called 'guilty'; there are traits, traits and others, others, no evidence, not judged."
    ),
    ("/runs/r1/pictures", ["from": "-1"], 400, "'from' is a number of pictures, not '-1'."),
    (
      "/runs/r1/pictures", ["klass": "a"], 400,
      "The address has 'klass', which no list of pictures knows; it may have beside, class, failed, from, right, text, verdict."
    ),
    ("/runs/r1/pictures", ["beside": "r2"], 404, "There is no run 'r2' here."),
    ("/runs/r9", [:], 404, "There is no run 'r9' here."),
    ("/runs/r1/pictures/99", [:], 404, "There is no picture 99 in a.run."),
    ("/runs/r1/pictures/x", [:], 404, "Pictures have numbers, and 'x' is none."),
    (
      "/runs/r1/pictures/0.jpg", ["side": "9"], 400, "'side' is a number of pixels from 16 to 4096."
    ),
  ] as [(String, [String: String], Int, String)])
func aWrongAddressSaysWhatIsWrong(
  _ path: String, _ query: [String: String], _ status: Int, _ sentence: String
) throws {
  try inServedRun { router in
    let answer = page(router, path, query)
    #expect(answer.status == status)
    if path.hasSuffix(".jpg") {
      let json = try JSON(parsing: Array(answer.text.utf8), place: "answer")
      #expect(json["error"]?.string == sentence)
    } else {
      // People see a page, programs an object.
      #expect(answer.text.contains("<h1>This page cannot be shown</h1><p>\(sentence)</p>"))
      let json = try JSON(
        parsing: Array(page(router, "/api" + path, query).text.utf8), place: "answer")
      #expect(json["error"]?.string == sentence)
    }
  }
}

@Test func aPictureOfARunHasItsNumbersAndLeadsToItsNeighborsInTheList() throws {
  try inServedRun { router in
    let second = page(router, "/runs/r1/pictures/1", ["class": "", "text": "a/"])
    #expect(second.status == 200)
    #expect(second.text.contains("<a href=\"/runs/r1/pictures/0?text=a%2F\">Previous picture</a>"))
    #expect(!second.text.contains("Next picture"))
    #expect(second.text.contains("<summary>All "))
    let json = try JSON(
      parsing: Array(page(router, "/api/runs/r1/pictures/1").text.utf8), place: "answer")
    #expect(json["path"]?.string == "a/2.png" && json["width"]?.integer == SmallAudit.width)
    #expect(json["maps"]?.array?.isEmpty == false)
    let failed = page(router, "/runs/r1/pictures/3")
    #expect(failed.text.contains("<p>b/4.png: expected a picture, found &lt;nothing&gt;.</p>"))
  }
}

@Test func answersAboutRunsAreAsDescribed() throws {
  let schema = InterfaceSchema(root: try AskedServer().get("/api/openapi.json").json)
  try inServedRun { router in
    for (path, name) in [
      ("/api/runs", "Runs"), ("/api/runs/r1", "RunSummary"),
      ("/api/runs/r1/pictures", "RunPictures"), ("/api/runs/r1/pictures/0", "RunPicture"),
    ] {
      let json = try JSON(parsing: Array(page(router, path).text.utf8), place: path)
      #expect(schema.faults(json, schema.schema(name)) == [], "\(path)")
    }
  }
}
