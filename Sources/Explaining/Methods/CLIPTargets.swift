import Encoders
import Models
import Pictures

extension CLIP {
  /// What a text asks for: its logit, exp(logit scale) times the cosine of picture and text, and the
  /// logit bias of a model that has one.
  ///
  /// ```swift
  /// let epaulets = try clip.target("red epaulets")
  /// try Method.gradCAM(clip, bird, epaulets - 0.6 * clip.target("bird"))
  /// ```
  public func target(_ text: String, in sentences: [String] = []) throws -> Target {
    try targets([text], in: sentences)[0]
  }

  /// The same for several texts, encoded together.
  public func targets(
    _ texts: [String], in sentences: [String] = [], truncating: Bool = false
  ) throws -> [Target] {
    try model.targets(texts, embeddings(of: texts, in: sentences, truncating: truncating))
  }

  /// What a picture is scored for a target.
  public func score(_ picture: Picture, _ target: Target) throws -> Float {
    try target(images(picture))
  }
}

extension Method {
  /// The map of a target on a picture, at the last block of the model's image encoder.
  public func callAsFunction(
    _ clip: CLIP, _ picture: Picture, _ target: Target, _ settings: Settings = Settings()
  ) throws -> Heatmap {
    try self(View(clip.images, picture), target, settings)
  }
}

extension TextEncoder {
  /// The targets of texts that are not remembered.
  public func targets(_ texts: [String]) throws -> [Target] {
    try Target.texts(texts, self(texts), scale: scale, bias: bias)
  }

  public func target(_ text: String) throws -> Target { try targets([text])[0] }
}

extension Model {
  /// Targets out of the embeddings of texts.
  package func targets(_ names: [String], _ embeddings: Matrix) throws -> [Target] {
    try Target.texts(names, embeddings, scale: logitScale(), bias: logitBias())
  }
}

extension Target {
  /// All that words become goes through here.
  fileprivate static func texts(
    _ names: [String], _ embeddings: Matrix, scale: Float, bias: Float
  ) -> [Target] {
    names.indices.map {
      Target(names[$0], Array(embeddings[row: $0]), .cosine(scale: scale), bias: bias)
    }
  }
}
