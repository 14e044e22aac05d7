import Fieldmark
import Testing

private func description(_ server: AskedServer) throws -> JSON {
  try server.get("/api/openapi.json").json
}

@Test func everyRouteIsDescribedAndNothingElse() throws {
  let server = try AskedServer()
  let paths = try description(server)["paths"]?.members ?? []
  let described = paths.flatMap { path in
    (path.value.members ?? []).map { "\($0.key.uppercased()) \(path.key)" }
  }
  let routes = (Route.fixed + server.router.routes).map { "\($0.method) \($0.pattern)" }
    .filter { $0.contains(" /api/") }
  #expect(described.sorted() == routes.sorted())
}

@Test func answersAreAsDescribed() throws {
  let server = try AskedServer()
  let schema = InterfaceSchema(root: try description(server))
  func check(_ response: Response, _ name: String) throws {
    #expect(response.status < 300, "\(name)")
    #expect(schema.faults(try response.json, schema.schema(name)) == [], "\(name)")
  }
  try check(server.get("/api/about"), "About")
  try check(server.get("/api/pictures"), "Pictures")
  try check(server.get("/api/pictures/\(server.picture)"), "Picture")
  let against = server.question([("against", ["bird"])])
  #expect(schema.faults(against, schema.schema("MapRequest")) == [])
  try check(server.post("/api/maps", against), "Maps")
  let body: JSON = ["picture": .string(server.picture), "like": [.string(server.picture)]]
  try check(server.post("/api/likeness", body), "LikenessMaps")
  let error = try server.post("/api/maps", "{}").json
  #expect(schema.faults(error, schema.schema("Error")) == [])
}

@Test func theDescriptionNamesTheMembersThatAreRead() throws {
  let schemas = try description(AskedServer())["components"]?["schemas"]
  for name in ["MapRequest", "FileRequest", "LikenessRequest", "ClassRequest"] {
    let described = schemas?[name]?["properties"]?.members?.map(\.key) ?? []
    let path = ["MapRequest": "maps", "FileRequest": "files/npy", "LikenessRequest": "likeness"]
    let answer = try AskedServer().post("/api/\(path[name] ?? "classes")", ["nobody": 1])
    let sentence = answer.refusal
    let read = sentence.split(separator: "expected only ").last?.split(separator: ", found").first
    #expect(
      read?.split(separator: ", ").map(String.init).sorted() == described.sorted(), "\(sentence)")
  }
}

@Test func whatCanBeAskedIsWhatTheLibraryHas() throws {
  let about = try AskedServer().get("/api/about").json
  func names(_ list: String) -> [String] {
    about[list]?.array?.compactMap { $0["name"]?.string } ?? []
  }
  #expect(names("methods") == Method.all.map(\.name))
  #expect(names("weightings") == Weighting.all.map(\.name))
  #expect(names("likenesses") == Likeness.all.map(\.name))
  #expect(names("formats") == HighlightFormat.all.map(\.name) + ["html"])
  #expect(names("color_maps") == ColorMap.all.map(\.name))
  #expect(about["color_maps"]?.array?.first?["colors"]?.array?.first == "#440154")
  let rise = about["methods"]?.array?.first { $0["name"] == "rise" }
  let masks = rise?["settings"]?.array?.first { $0["name"] == "masks" }
  #expect(masks?["default"] == 4000)
  #expect(masks?["least"] == 1 && masks?["most"] == 1_000_000)
  #expect(rise?["is_slow"] == true)
}

@Test func theDescriptionCatchesWhatIsWrong() throws {
  let schema = InterfaceSchema(root: try description(AskedServer()))
  let wrong: JSON = ["pictures": [["id": 7, "name": "a", "from": "moon", "more": 1]]]
  #expect(
    schema.faults(wrong, schema.schema("Pictures")) == [
      "$.total: missing", "$.pictures[0].id: no string", "$.pictures[0].from: no choice",
      "$.pictures[0].more: unknown",
    ])
}
