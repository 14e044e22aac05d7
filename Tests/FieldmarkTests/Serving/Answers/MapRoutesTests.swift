import Fieldmark
import Testing

private func maps(_ server: AskedServer, _ others: [(String, JSON)] = []) throws -> [JSON] {
  let answer = server.post("/api/maps", server.question(others))
  let maps = try answer.json["maps"]?.array
  return try #require(maps, "\(answer.refusal)")
}

/// The library's own answer.
private func highlight(
  _ server: AskedServer, against: [String] = [], strength: Float = 0.6, _ method: Method = .gradCAM
) throws -> Highlight {
  let model = server.session.models.first
  let picture = try server.session.pictures.pixels(
    of: server.session.pictures.picture(server.picture))
  let named = try model.clip.targets(["red epaulets"] + against)
  let question = Question(named[0], against: Array(named.dropFirst()), strength: strength)
  return try Highlight(question, method, View(model.clip.images, picture))
}

@Test(arguments: [Float(-1), 0, 0.6, 1, 2])
func aLinearMapIsWhatThePageCombinesItFrom(_ strength: Float) throws {
  let server = try AskedServer()
  let map = try maps(server, [("against", ["bird", "wing"]), ("strength", JSON(strength))])[0]
  let (own, references) = (map["own"]?.floats ?? [], map["references"]?.floats ?? [])
  let values = map["values"]?.floats ?? []
  #expect(map["is_linear"] == true)
  #expect(!values.isEmpty)
  // To the last bit, in 32 bits and in this order.
  #expect(zip(own, references).map { $0 - strength * $1 } == values)
  let library = try highlight(server, against: ["bird", "wing"], strength: strength)
  let largest = library.heatmap.values.elements.map(abs).max() ?? 0
  let difference = zip(values, library.heatmap.values.elements).map { abs($0 - $1) }.max() ?? 1
  #expect(difference <= 1e-5 * largest)
  let scores = ["concept_score", "reference_score", "score"].map { Float(map[$0]?.number ?? .nan) }
  #expect(abs(scores[0] - strength * scores[1] - scores[2]) < 1e-3)
  #expect(scores[2] == library.score)
  #expect(scores[0] == library.conceptScore)
}

@Test(arguments: [Method.layerCAM, .eigenCAM])
func aMapThatIsNotLinearIsTheLibrarys(_ method: Method) throws {
  let server = try AskedServer()
  let map = try maps(server, [("against", ["bird"]), ("method", .string(method.name))])[0]
  #expect(map["is_linear"] == false)
  #expect(map["own"] == nil && map["references"] == nil)
  let library = try highlight(server, against: ["bird"], method)
  #expect(map["values"]?.floats == library.heatmap.values.elements)
}

@Test func aComparisonThatIsNotAMeanIsNotLinear() throws {
  let server = try AskedServer()
  for weighting in ["softmax", "max", "clipped-mean", "maps"] {
    let map = try maps(server, [("against", ["bird"]), ("weighting", .string(weighting))])[0]
    #expect(map["is_linear"] == false, "\(weighting)")
  }
}

@Test func aMapSaysWhereItLies() throws {
  let server = try AskedServer()
  let map = try maps(server)[0]
  let library = try highlight(server).heatmap
  #expect(map["width"]?.integer == library.width)
  #expect(map["rows"]?.integer == library.values.rows)
  #expect(map["region"]?["x"]?.number == library.region.x)
  #expect(map["peak"]?["y"]?.number == library.peak.y)
  #expect(map["references"] == nil)
  #expect(map["own"] == map["values"])
}

@Test func severalConceptsHaveAMapEach() throws {
  let server = try AskedServer()
  let all = try maps(server, [("concepts", ["red epaulets", "black bill"])])
  #expect(all.map { $0["concept"]?.string } == ["red epaulets", "black bill"])
  #expect(all[0]["values"] == (try maps(server))[0]["values"])
}

@Test func theBuiltInModelCautionsAboutPhotographs() throws {
  let server = try AskedServer()
  let notes = try maps(server)[0]["notes"]?.array?.compactMap(\.string) ?? []
  #expect(notes.contains { $0.hasPrefix("The demo model knows the drawn birds") })
}

@Test func otherLooksGiveOtherGrids() throws {
  let server = try AskedServer()
  let base = try maps(server)[0]["rows"]?.integer ?? 0
  #expect(try maps(server, [("resolution", 112)])[0]["rows"]?.integer == base / 2)
  #expect(try maps(server, [("resolution", "112x224")])[0]["columns"]?.integer == base / 2)
  #expect(try maps(server, [("layer", -2)])[0]["layer"]?.integer == 3)
  for fit in PictureFit.all {
    #expect(try maps(server, [("fit", .string(fit.name))]).count == 1)
  }
  #expect(try maps(server, [("resolution", "native")]).count == 1)
}

@Test func theSettingsOfAMethodAreTaken() throws {
  let server = try AskedServer()
  let few: JSON = ["masks": 20]
  let map = try maps(server, [("method", "rise"), ("settings", few), ("seed", 7)])[0]
  #expect(map["settings"]?["masks"] == 20)
  #expect(map["settings"]?["seed"] == 7)
}

@Test func theCommandIsWrittenForAShell() throws {
  let server = try AskedServer()
  func command(_ others: [(String, JSON)]) throws -> String? {
    try server.post("/api/maps", server.question(others)).json["command"]?.string
  }
  #expect(try command([]) == "fieldmark highlight wide.png -c 'red epaulets'")
  #expect(
    try command([
      ("concepts", ["bird's bill", "-v"]), ("against", ["bird"]), ("strength", 1),
      ("method", "layer-cam"), ("layer", 2), ("fit", "pad"), ("weighting", "max"),
    ])
      == "fieldmark highlight wide.png -c 'bird'\\''s bill' -c=-v -a bird --strength 1 "
      + "--weighting max --method layer-cam --layer 2 --fit pad")
}
