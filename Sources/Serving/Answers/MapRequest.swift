import Encoders
import Explaining
import Ground

/// How a picture is to be looked at: by which model, at which block, fitted and sized how.
struct LookRequest: Sendable {
  let picture: ShelfPicture
  let model: OpenedModel
  let encoder: ImageEncoder
  let block: Int
  /// Whether the block was asked for rather than taken because it is the last.
  let asksForBlock: Bool
  let fit: PictureFit?
  let size: InputSize?

  static let members = ["picture", "model", "layer", "fit", "resolution"]

  init(_ asked: AskedObject, _ session: Session) throws {
    let id = try asked.needed("picture", "the id of a picture", asked.text("picture"))
    picture = try session.pictures.picture(id)
    model = try session.models.model(asked.text("model"))
    fit = try asked.named("fit", PictureFit.self)
    size = try LookRequest.size(asked)
    encoder = try LookRequest.naming("resolution") { [model, fit, size] in
      try model.encoder(fit, size)
    }
    let layer = try asked.whole("layer")
    block = try LookRequest.block(layer, encoder)
    asksForBlock = layer != nil
  }

  /// The block of a layer, which is counted from the start or, if it is negative, from the end.
  private static func block(_ layer: Int?, _ encoder: ImageEncoder) throws -> Int {
    let count = encoder.blocks
    guard let layer else { return count - 1 }
    guard (-count..<count).contains(layer) else {
      throw InputError(
        "'layer'",
        expected: "a block of the model, 0 to \(count - 1), or -1 to -\(count) from the end",
        found: "\(layer)")
    }
    return layer < 0 ? count + layer : layer
  }

  private static func size(_ asked: AskedObject) throws -> InputSize? {
    guard let found = asked.value("resolution") else { return nil }
    let size =
      found.string.flatMap { InputSize(text: $0) }
      ?? found.integer.map {
        .sides(width: $0, height: $0)
      }
    if let size { return size }
    throw AskedObject.refusal(
      "resolution", expected: InputSize.expectation, found: found.summary)
  }

  /// Names the member that is at fault, which the library does not know.
  private static func naming<Value>(_ member: String, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch var error as InputError {
      error.place = "'\(member)', \(error.place)"
      throw error
    }
  }

  /// Calls the body with what the model sees.
  func look<Value: Sendable>(
    _ session: Session, _ request: Request, _ body: (Tiles) throws -> Value
  ) throws -> Value {
    try session.look(
      at: picture, model, block: block, fit: fit, size: size, goesOn: request.goesOn, body)
  }
}

/// What is asked of a picture in words, or by names of a classifier's classes.
struct MapRequest: Sendable {
  let look: LookRequest
  let concepts: [String]
  let against: [String]
  let rule: ReferenceRule?
  let strength: Float
  let weighting: Weighting
  let method: Method
  let settings: Method.Settings
  /// The settings that were asked for, as options of the command line take them.
  let asked: [(name: String, value: String)]
  let isOfClasses: Bool

  static let standard = (strength: Float(0.6), weighting: Weighting.mean, method: Method.gradCAM)
  static let most = 16
  static let characters = 2000

  static let members =
    LookRequest.members + [
      "concepts", "against", "strength", "weighting", "method", "settings", "seed", "classes",
    ]

  init(_ asked: AskedObject, _ session: Session) throws {
    look = try LookRequest(asked, session)
    let texts = try asked.texts("concepts", most: MapRequest.most)
    concepts = try asked.needed("concepts", "an array of texts", texts)
    guard !concepts.isEmpty else {
      throw AskedObject.refusal("concepts", expected: "at least one text", found: "none")
    }
    let others = try asked.texts("against", most: MapRequest.most) ?? []
    rule = others.count == 1 ? ReferenceRule(others[0]) : nil
    against = rule == nil ? others : []
    if let wrong = against.first(where: { $0.hasPrefix("auto:") }) {
      throw InputError(
        "'against'", expected: "names, or one rule such as auto:3 or auto:3:logits",
        found: "'\(printable(wrong.utf8.prefix(60)))'")
    }
    strength = try asked.number("strength") ?? MapRequest.standard.strength
    weighting = try asked.named("weighting", Weighting.self) ?? MapRequest.standard.weighting
    method = try asked.named("method", Method.self) ?? MapRequest.standard.method
    isOfClasses = try asked.bool("classes") ?? false
    if isOfClasses, session.classifier == nil || look.model !== session.models.first {
      throw InputError(
        "'classes'", expected: "a model with a classifier", found: "none",
        hint: "the server is given one when it is started")
    }
    (settings, self.asked) = try SettingsRequest.read(asked, method)
    // Settings are checked before anything is computed.
    _ = try method.settings(settings, look.encoder, block: look.block)
  }
}
