import Explaining
import Ground
import Reports

/// The connected parts of a map above a threshold.
extension Answers {
  static let boxMembers = MapRequest.members + ["threshold"]

  var boxesRoute: Route {
    .post("/api/boxes", "Boxes around the parts of a map", isComputing: true) { [session] request in
      let asked = try AskedObject(request, Answers.boxMembers)
      let question = try MapRequest(asked, session)
      guard question.concepts.count == 1 else {
        throw AskedObject.refusal(
          "concepts", expected: "one text, since boxes are of one map",
          found: "\(question.concepts.count)")
      }
      let threshold = try asked.threshold() ?? HighlightFormat.Style().threshold
      let words = try question.questions(session)
      let map = try question.look.look(session, request) { tiles in
        try AnsweredMap.all(words, question.method, tiles, question.settings)[0].heatmap
      }
      let found = MapBoxes(map, above: threshold)
      return .json(["threshold": JSON(found.threshold), "boxes": found.json])
    }
  }
}
