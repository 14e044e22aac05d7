import Explaining
import Ground
import Reports

/// Maps of concepts.
extension Answers {
  var mapsRoute: Route {
    .post("/api/maps", "Where in a picture a model sees concepts", isComputing: true) {
      [session] request in
      let began = ContinuousClock.now
      let asked = try MapRequest(AskedObject(request, MapRequest.members), session)
      let questions = try asked.questions(session)
      let maps = try asked.look.look(session, request) { tiles in
        try AnsweredMap.all(questions, asked.method, tiles, asked.settings)
      }
      return .json([
        "maps": .array(maps.map { $0.json(asked.look) }),
        "milliseconds": .number(began.milliseconds),
        "command": .string(asked.command(session).written),
      ])
    }
  }
}

extension ContinuousClock.Instant {
  /// The milliseconds since then, to a hundredth.
  var milliseconds: Double {
    let parts = (ContinuousClock.now - self).components
    let all = Double(parts.seconds) * 1e3 + Double(parts.attoseconds) / 1e15
    return (all * 100).rounded() / 100
  }
}
