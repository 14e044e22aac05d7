import Explaining
import Ground

/// Whether concepts are in a picture at all.
extension Answers {
  static let presenceMembers = LookRequest.members + ["concepts"]

  var presenceRoute: Route {
    .post("/api/presence", "Whether concepts are in a picture at all", isComputing: true) {
      [session] request in
      let asked = try AskedObject(request, Answers.presenceMembers)
      let look = try LookRequest(asked, session)
      let texts = try asked.texts("concepts", most: MapRequest.most)
      let concepts = try asked.needed("concepts", "an array of texts", texts)
      for concept in concepts { _ = try look.model.notes(on: concept) }
      let questions = try look.model.targets(of: concepts).map { concept in
        try AskedPresence(of: concept) { try look.model.targets(of: $0) }
      }
      let found = try look.look(session, request) { tiles in
        questions.map { $0?.presence(tiles.score) }
      }
      return .json([
        "presence": .array(
          zip(concepts, found).map { concept, presence in
            let first = [JSON.Member("concept", .string(concept))]
            return .object(first + (presence?.json.members ?? Answers.unknown(concept)))
          })
      ])
    }
  }

  private static func unknown(_ concept: String) -> [JSON.Member] {
    [
      .init("verdict", "not known"),
      .init(
        "sentence",
        .string(
          "Whether '\(printable(concept.utf8))' is there is not known: Fieldmark has no other phrases of its "
            + "kind to compare it with.")),
    ]
  }
}
