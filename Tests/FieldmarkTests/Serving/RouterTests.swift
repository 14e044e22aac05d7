import Fieldmark
import Ground
import Serving
import Testing

private func said(_ name: String) -> @Sendable (Request) throws -> Response {
  { request in
    let parts = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return Response(type: "text/plain", body: Array(([name] + parts).joined(separator: " ").utf8))
  }
}

private let router = Router([
  .get("/", "The page", answer: said("page")),
  .get("/api/pictures/{id}", "A picture's data", answer: said("data")),
  .get("/api/pictures/{id}.png", "A picture", answer: said("picture")),
  .get("/api/pictures/all", "All", answer: said("all")),
  .delete("/api/pictures/{id}", "Forgets it", answer: said("forget")),
  .post("/api/maps", "Maps", isComputing: true, answer: said("maps")),
  .get("/fails/{how}", "Throws") { request in
    switch request["how"] {
    case "refusal": throw Refusal(415, "This is no picture.")
    case "input": throw InputError("layer", expected: "0 to 11", found: "12")
    case "end": throw Interrupted()
    default: throw SomethingElse()
    }
  },
])

private struct SomethingElse: Error {}

private func text(_ response: Response) -> String { String(decoding: response.body, as: UTF8.self) }

@Test(arguments: [
  ("GET", "/", "page"), ("GET", "/api/pictures/all", "all"),
  ("GET", "/api/pictures/p1", "data id=p1"), ("GET", "/api/pictures/p1.png", "picture id=p1"),
  ("GET", "/api/pictures/.png", "data id=.png"),
  ("DELETE", "/api/pictures/p1.png", "forget id=p1.png"),
  ("DELETE", "/api/pictures/all", "forget id=all"), ("POST", "/api/maps", "maps"),
  ("HEAD", "/api/pictures/p1.png", "picture id=p1"),
])
func theMostPreciseRouteAnswers(_ method: String, _ path: String, _ expected: String) {
  let response = router.answer(Request(method, path))
  #expect(response.status == 200 && text(response) == expected)
}

@Test func aPathWithoutARouteIsNotFound() {
  for path in [
    ["api"], ["api", "maps", ""], ["", "api", "maps"], ["API", "maps"], ["api", "pictures", ""],
  ] {
    let response = router.answer(Request("GET", path: path))
    #expect(
      response.status == 404 && text(response) == #"{"error":"There is nothing at this address."}"#)
  }
}

@Test func anotherMethodIsToldWhichAreAllowed() {
  let response = router.answer(Request("PUT", "/api/pictures/p1"))
  #expect(response.status == 405 && response.headers == ["Allow": "DELETE, GET, HEAD"])
  #expect(
    text(response)
      == #"{"error":"This address can be asked with DELETE, GET, HEAD, and not with PUT."}"#)
  #expect(router.answer(Request("GET", "/api/maps")).headers == ["Allow": "POST"])
}

@Test(arguments: [
  ("refusal", 415, "This is no picture."), ("input", 422, "layer: expected 0 to 11, found 12."),
  ("end", 503, "The work was given up, since nobody waits for the answer any more."),
  (
    "else", 500,
    "Fieldmark made a mistake of its own: SomethingElse(). Please report it."
  ),
])
func whatARouteThrowsIsAnsweredWithOneSentence(_ how: String, _ status: Int, _ sentence: String) {
  let response = router.answer(Request("GET", "/fails/\(how)"))
  #expect(response.status == status && response.type == "application/json")
  #expect(text(response) == "{\"error\":\"\(sentence)\"}")
}

@Test func onlyRoutesThatComputeWaitInLine() {
  var waited: [String] = []
  for (method, path) in [("GET", "/"), ("POST", "/api/maps"), ("GET", "/api/maps")] {
    _ = router.answer(Request(method, path)) { work in
      waited.append(path)
      return try work()
    }
  }
  #expect(waited == ["/api/maps"])
}
