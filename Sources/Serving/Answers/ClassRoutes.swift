import Explaining
import Ground

/// What a classifier takes a picture for.
extension Answers {
  var classesRoute: Route {
    .post("/api/classes", "The classes that a classifier predicts", isComputing: true) {
      [session] request in
      let look = try LookRequest(AskedObject(request, LookRequest.members), session)
      guard let head = session.classifier, look.model === session.models.first else {
        throw InputError(
          "classes", expected: "a model with a classifier", found: "none",
          hint: "the server is given one when it is started")
      }
      let prediction = try look.look(session, request) { head.prediction(of: $0) }
      let logits = prediction.logits.elements
      return .json([
        "classes": .array(
          prediction.order.prefix(10).map { place in
            [
              "name": .string(head.names[place]),
              "probability": JSON(prediction.probabilities[place]), "score": JSON(logits[place]),
            ]
          }),
        "notes": .array(head.notes.map { .string("\(head.place): \($0)") }),
      ])
    }
  }
}
