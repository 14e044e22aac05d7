import Ground
import Pictures

/// The pictures: their list, a new one, one as PNG, and forgetting one.
extension Answers {
  static let mostListed = 500

  var pictureRoutes: [Route] {
    [
      .get("/api/pictures", "The pictures that can be asked") { [session] request in
        let from = try number("from", request, 0, 0...Int.max)
        let count = try number("count", request, Answers.mostListed, 1...Answers.mostListed)
        let all = session.pictures.all
        let shown = all.dropFirst(from).prefix(count)
        return .json([
          "pictures": .array(shown.map { $0.json(session.pictures) }),
          "total": .integer(all.count),
        ])
      },
      .post("/api/pictures", "Takes a picture in") { [session] request in
        guard !request.body.isEmpty else {
          throw Refusal(
            415,
            InputError("the body", expected: "a picture (JPEG, PNG or WebP)", found: "nothing"))
        }
        let picture = try session.pictures.add(
          request.body, called: request.query["name"] ?? "picture")
        return .json(picture.json(session.pictures), status: 201)
      },
      .get("/api/pictures/{id}", "A picture's name and size") { [session] request in
        let picture = try session.pictures.picture(request["id"])
        _ = try readable { try session.pictures.pixels(of: picture) }
        return .json(picture.json(session.pictures))
      },
      .get("/api/pictures/{id}.png", "A picture, encoded again") { [session] request in
        let side = try request.query["side"].map { _ in
          try number("side", request, 0, 1...4096)
        }
        let picture = try session.pictures.picture(request["id"])
        return Response(
          type: "image/png",
          body: try readable { try session.pictures.png(of: picture, side: side) })
      },
      .delete("/api/pictures/{id}", "Forgets an upload") { [session] request in
        try session.forget(request["id"])
        return .json(["forgotten": .string(request["id"])])
      },
    ]
  }
}

/// A number in the address of a request.
private func number(
  _ name: String, _ request: Request, _ standard: Int, _ allowed: ClosedRange<Int>
) throws -> Int {
  guard let text = request.query[name] else { return standard }
  let isPlain = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  if isPlain, let value = Int(text), allowed.contains(value) { return value }
  let range =
    allowed.upperBound == .max
    ? "\(allowed.lowerBound) or more" : "\(allowed.lowerBound) to \(allowed.upperBound)"
  throw AskedObject.refusal(
    name, expected: "a whole number, \(range)", found: "'\(printable(text.utf8.prefix(60)))'")
}

/// A file of a folder that turns out not to be a picture is refused like such an upload.
func readable<Value>(_ body: () throws -> Value) throws -> Value {
  do { return try body() } catch let error as InputError { throw Refusal(415, error) }
}

extension ShelfPicture {
  /// The size and the notes are left out of pictures that were not read yet.
  func json(_ shelf: PictureShelf) -> JSON {
    var members: [JSON.Member] = [
      .init("id", .string(id)), .init("name", .string(name)),
      .init("from", .string(origin.rawValue)),
    ]
    if let known = shelf.known(self) {
      members += [
        .init("width", .integer(known.width)), .init("height", .integer(known.height)),
        .init("notes", .array(known.notes.map(JSON.string))),
      ]
    }
    return .object(members)
  }
}
