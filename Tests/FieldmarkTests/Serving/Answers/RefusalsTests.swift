import Fieldmark
import Testing

private let noQuestions: [(String, String)] = [
  ("", "400 the body line 1, column 1: expected a value, found the end of the text."),
  ("[]", "400 the body: expected an object, found an array."),
  ("{\"picture\": 7}", "400 'picture': expected a text, found 7."),
  ("{}", "400 'picture': expected the id of a picture, found nothing."),
  ("{\"picture\": \"nobody\"}", "404 There is no picture 'nobody' here."),
  (
    "{\"picture\": \"P\", \"picture\": \"P\"}",
    "400 the body line 1, column 33: expected each key once, found 'picture' again."
  ),
  (
    String(repeating: "[", count: 100),
    "400 the body line 1, column 9: expected at most 8 levels, found one more."
  ),
]

@Test(arguments: noQuestions)
func aBodyThatIsNoQuestionIsRefused(_ body: String, _ sentence: String) throws {
  let server = try AskedServer()
  let filled = body.replacing("\"P\"", with: "\"\(server.picture)\"")
  #expect(server.post("/api/maps", filled).refusal == sentence)
}

/// A member, its value as JSON, and how it is refused.
private let impossible: [(String, String, String)] = [
  ("concepts", "[]", "400 'concepts': expected at least one text, found none."),
  ("concepts", "\"bird\"", "400 'concepts': expected an array of texts, found \"bird\"."),
  ("concepts", "[1]", "400 'concepts': expected an array of texts, found 1."),
  (
    "concepts", "[\"\"]",
    """
    422 prompt '': expected words, found nothing to read; texts without words must be \
    allowed explicitly.
    """
  ),
  ("strength", "\"much\"", "400 'strength': expected a number, found \"much\"."),
  ("strength", "1e99", "400 'strength': expected a number, found 1e+99."),
  (
    "method", "\"grad-cm\"",
    "422 'method': expected a method, found 'grad-cm'; did you mean 'grad-cam'?"
  ),
  (
    "weighting", "\"meen\"",
    """
    422 'weighting': expected one of mean, softmax, max, clipped-mean, maps, found \
    'meen'; did you mean 'mean'?
    """
  ),
  (
    "layer", "99",
    """
    422 'layer': expected a block of the model, 0 to 4, or -1 to -5 from the end, found \
    99.
    """
  ),
  ("layer", "1.5", "400 'layer': expected a whole number, found 1.5."),
  (
    "resolution", "100000",
    """
    422 'resolution', preprocessing: expected a side of 1 to 8192 pixels, found 100000.
    """
  ),
  (
    "resolution", "\"big\"",
    """
    400 'resolution': expected a number of pixels, two such as 448x224, or native, found \
    "big".
    """
  ),
  ("model", "\"/etc/passwd\"", "422 'model': expected one of demo, found '/etc/passwd'."),
  (
    "classes", "true",
    """
    422 'classes': expected a model with a classifier, found none; the server is given \
    one when it is started.
    """
  ),
  ("settings", "{\"masks\": 4}", "400 'settings' of grad-cam: expected no members, found 'masks'."),
  (
    "against", "[\"auto:x\"]",
    """
    422 'against': expected names, or one rule such as auto:3 or auto:3:logits, found \
    'auto:x'.
    """
  ),
  (
    "against", "[\"auto:1\"]",
    """
    422 'against', auto:1: expected at least 1 others to choose from, found none; the \
    others are the other concepts, or the other classes of the classifier.
    """
  ),
  (
    "strenght", "1",
    """
    400 the body: expected only picture, model, layer, fit, resolution, concepts, \
    against, strength, weighting, method, settings, seed, classes, found 'strenght'; did \
    you mean 'strength'?
    """
  ),
]

@Test(arguments: impossible)
func aValueThatCannotBeIsRefused(_ name: String, _ value: String, _ sentence: String) throws {
  let server = try AskedServer()
  let parsed = try JSON(parsing: Array(value.utf8), place: "the case")
  #expect(server.post("/api/maps", server.question([(name, parsed)])).refusal == sentence)
}

@Test func tooManyAndTooLongTextsAreRefused() throws {
  let server = try AskedServer()
  func refusal(_ texts: [String]) -> String {
    let concepts = JSON.array(texts.map(JSON.string))
    return server.post("/api/maps", server.question([("concepts", concepts)])).refusal
  }
  #expect(
    refusal([String](repeating: "a", count: 17))
      == "400 'concepts': expected at most 16 texts, found 17.")
  #expect(
    refusal([String(repeating: "a", count: 2001)])
      == "400 'concepts': expected texts of at most 2000 characters, found one of 2001.")
}

@Test func settingsOutOfTheirRangeAreRefused() throws {
  let server = try AskedServer()
  func refusal(_ settings: JSON) -> String {
    server.post("/api/maps", server.question([("method", "rise"), ("settings", settings)])).refusal
  }
  #expect(refusal(["masks": 0]) == "422 masks: expected 1 to 1000000, found 0.")
  #expect(
    refusal(["mask": 4])
      == "400 'settings' of rise: expected only masks, score, found 'mask'; did you mean 'masks'?")
}

@Test func onlyJSONIsReadAsAQuestion() throws {
  let server = try AskedServer()
  let answer = server.router.answer(
    Request(
      "POST", "/api/maps", headers: ["content-type": "image/png"],
      body: Array(server.question().written().utf8)))
  #expect(answer.refusal == "415 the body: expected application/json, found image/png.")
}

@Test(arguments: [
  (["count": "501"], "400 'count': expected a whole number, 1 to 500, found '501'."),
  (["count": "-1"], "400 'count': expected a whole number, 1 to 500, found '-1'."),
  (["from": "x"], "400 'from': expected a whole number, 0 or more, found 'x'."),
])
func aPageOfPicturesThatCannotBeIsRefused(_ query: [String: String], _ sentence: String) throws {
  #expect(try AskedServer().get("/api/pictures", query).refusal == sentence)
}

@Test func whatIsNoPictureIsRefused() throws {
  let server = try AskedServer()
  #expect(
    server.post("/api/pictures", "hello").refusal
      == "415 picture: expected a picture (JPEG, PNG or WebP), found bytes that begin with 'hello'."
  )
  #expect(
    server.post("/api/pictures", "").refusal
      == "415 the body: expected a picture (JPEG, PNG or WebP), found nothing.")
  #expect(
    server.get("/api/pictures/\(server.picture).png", ["side": "0"]).refusal
      == "400 'side': expected a whole number, 1 to 4096, found '0'.")
}

@Test func filesThatCannotBeAreRefused() throws {
  let server = try AskedServer()
  func refusal(_ format: String, _ others: [(String, JSON)]) -> String {
    server.post("/api/files/\(format)", server.question(others)).refusal
  }
  #expect(refusal("nyp", []).hasSuffix("found 'nyp'; did you mean 'npy'?"))
  #expect(
    refusal("npy", [("concepts", ["a", "b"])])
      == "400 'concepts': expected one text, since a file has one map, found 2.")
  #expect(
    refusal("mask", [("threshold", 2)]) == "422 'threshold': expected 0 to 1, or otsu, found 2.0.")
  #expect(
    refusal("png", [("max_side", 3)]) == "422 'max_side': expected 16 pixels or more, found 3.")
}
