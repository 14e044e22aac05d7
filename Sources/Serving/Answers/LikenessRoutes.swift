import Encoders
import Explaining
import Ground
import Reports

/// Maps of what a picture has in common with others, and of how it differs from them.
extension Answers {
  var likenessRoute: Route {
    .post("/api/likeness", "What pictures have in common, or how one differs", isComputing: true) {
      [session] request in
      let began = ContinuousClock.now
      let asked = try LikenessRequest(
        AskedObject(request, LikenessRequest.members), session)
      let maps = try asked.maps(session, request)
      return .json([
        "maps": .array(maps), "milliseconds": .number(began.milliseconds),
      ])
    }
  }
}

/// A question about pictures without words: what one has in common with some (`like`), or how it
/// differs from them (`against`).
struct LikenessRequest: Sendable {
  let look: LookRequest
  let others: [ShelfPicture]
  /// Nil for DiffCAM.
  let likeness: Likeness?

  static let members = LookRequest.members + ["like", "against", "method"]
  static let most = 64

  init(_ asked: AskedObject, _ session: Session) throws {
    look = try LookRequest(asked, session)
    guard look.fit != .tiles else {
      throw InputError(
        "'fit'", expected: "crop, squash or pad, as pictures are compared whole", found: "'tiles'")
    }
    let like = try asked.texts("like", most: LikenessRequest.most)
    let against = try asked.texts("against", most: LikenessRequest.most)
    guard (like == nil) != (against == nil), let ids = like ?? against, !ids.isEmpty else {
      throw Refusal(
        400,
        InputError(
          "the body", expected: "pictures in 'like' or in 'against'",
          found: like == nil || against == nil ? "none" : "both"))
    }
    others = try ids.map { try session.pictures.picture($0) }
    let name = try asked.text("method")
    if like != nil {
      likeness = try name.map { try Likeness.named($0, of: "'method'") } ?? .sfam
    } else {
      guard [nil, DiffCAM.name, "diff-cam"].contains(name) else {
        throw InputError(
          "'method'", expected: DiffCAM.name + " for pictures in 'against'",
          found: "'\(printable((name ?? "").utf8.prefix(60)))'")
      }
      likeness = nil
    }
  }

  func maps(_ session: Session, _ request: Request) throws -> [JSON] {
    let view = try self.view(look.picture, session)
    let views = try others.map { other in
      guard request.goesOn() else { throw Interrupted() }
      return try self.view(other, session)
    }
    guard let likeness else {
      let method = try DiffCAM(Matrix(views.map(\.features)))
      let note =
        "a single picture has no variance, so channels are weighted by the plain difference"
      return try [
        json(
          look.picture, view, DiffCAM.name, method.map(of: view), method.score(view.features),
          others.count == 1 ? [note] : [])
      ]
    }
    let found = likeness(view, like: views)
    return try [
      json(look.picture, view, likeness.name, found.query.heatmap, found.query.score)
    ]
      + zip(zip(others, views), found.supports).map { other, map in
        try json(other.0, other.1, likeness.name, map.heatmap, map.score)
      }
  }

  /// The picture as the model sees it. Several pictures are looked at together, which needs no turns,
  /// because no passes through the model are counted.
  private func view(_ picture: ShelfPicture, _ session: Session) throws -> View {
    try session.look(
      at: picture, look.model, block: look.block, fit: look.fit, size: look.size
    ) { $0.views[0] }
  }

  private func json(
    _ picture: ShelfPicture, _ view: View, _ method: String, _ map: Heatmap, _ score: Float,
    _ notes: [String] = []
  ) throws -> JSON {
    guard map.values.elements.allSatisfy(\.isFinite), score.isFinite else {
      throw InputError(
        "map by \(method)", expected: "finite numbers from the model", found: "infinity or NaN")
    }
    return .object(
      [
        .init("picture", .string(picture.id)), .init("method", .string(method)),
        .init("layer", .integer(view.block)), .init("model", .string(look.model.model.name)),
      ] + map.members + [
        .init("is_linear", false), .init("score", JSON(score)),
        .init("notes", .array((map.notes + view.picture.notes + notes).map(JSON.string))),
      ])
  }
}
