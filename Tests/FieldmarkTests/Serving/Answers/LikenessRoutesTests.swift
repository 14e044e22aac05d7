import Fieldmark
import Testing

private func views(_ server: AskedServer, _ ids: [String]) throws -> [View] {
  let encoder = try server.session.models.first.encoder(nil, nil)
  return try ids.map { id in
    View(encoder, try server.session.pictures.pixels(of: server.session.pictures.picture(id)))
  }
}

@Test func likenessIsTheLibrarys() throws {
  let server = try AskedServer()
  let other = try server.session.pictures.add(AskedServer.plain(77), called: "p").id
  let body: JSON = ["picture": .string(server.picture), "like": [.string(other)]]
  let maps = try server.post("/api/likeness", body).json["maps"]?.array ?? []
  let views = try views(server, [server.picture, other])
  let library = Likeness.sfam(views[0], like: [views[1]])
  #expect(maps.map { $0["picture"]?.string } == [server.picture, other])
  #expect(maps[0]["values"]?.floats == library.query.heatmap.values.elements)
  #expect(maps[1]["values"]?.floats == library.supports[0].heatmap.values.elements)
}

@Test func differenceIsTheLibrarys() throws {
  let server = try AskedServer()
  let others = try [UInt8(7), 70, 200].map {
    try server.session.pictures.add(AskedServer.plain($0), called: "p").id
  }
  let body: JSON = [
    "picture": .string(server.picture), "against": .array(others.map(JSON.string)),
    "method": "diff-cam",
  ]
  let map = try server.post("/api/likeness", body).json["maps"]?.array?.first
  let views = try views(server, [server.picture] + others)
  let library = try DiffCAM(Matrix(views.dropFirst().map(\.features))).map(of: views[0])
  #expect(map?["values"]?.floats == library.values.elements)
  #expect(map?["method"] == "diffcam")
}

@Test func likenessAsksForOneKindOfPictures() throws {
  let server = try AskedServer()
  let id = JSON.string(server.picture)
  func refusal(_ body: JSON) -> String { server.post("/api/likeness", body).refusal }
  #expect(
    refusal(["picture": id])
      == "400 the body: expected pictures in 'like' or in 'against', found none.")
  #expect(
    refusal(["picture": id, "like": [id], "against": [id]])
      == "400 the body: expected pictures in 'like' or in 'against', found both.")
  #expect(
    refusal(["picture": id, "against": [id], "method": "sfam"])
      == "422 'method': expected diffcam for pictures in 'against', found 'sfam'.")
  #expect(
    refusal(["picture": id, "like": [id], "fit": "tiles"])
      == "422 'fit': expected crop, squash or pad, as pictures are compared whole, found 'tiles'.")
}

@Test func aClassifierNamesTheClasses() throws {
  let width = try CLIP("demo", isRemembering: false, in: Environment([:])).images.architecture
    .embedding
  let head = Classifier(TinyModel(name: "vit").targets(3, .linear, width: width))
  let server = try AskedServer(classifier: head)
  let body: JSON = ["picture": .string(server.picture)]
  let classes = try server.post("/api/classes", body).json["classes"]?.array ?? []
  let view = try views(server, [server.picture])[0]
  let prediction = head.prediction(of: Tiles(view))
  #expect(classes.map { $0["name"]?.string } == prediction.order.map { head.names[$0] })
  let map = server.post(
    "/api/maps", server.question([("concepts", ["number 1"]), ("classes", true)]))
  #expect(map.status == 200)
  #expect(
    try AskedServer().post("/api/classes", server.question([])).refusal.hasPrefix("400 the body"))
}
