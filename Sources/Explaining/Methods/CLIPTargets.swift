import Encoders
import Models
import Pictures

extension CLIP {
  /// Returns the target of a text. Its score is the logit: exp(logit scale) times the cosine of
  /// picture and text, plus the logit bias if the model has one.
  ///
  /// ```swift
  /// let epaulets = try clip.target("red epaulets")
  /// try Method.gradCAM(clip, bird, epaulets - 0.6 * clip.target("bird"))
  /// ```
  public func target(_ text: String, in sentences: [String] = []) throws -> Target {
    try targets([text], in: sentences)[0]
  }

  /// Returns the targets of several texts, which are encoded together.
  public func targets(
    _ texts: [String], in sentences: [String] = [], truncating: Bool = false
  ) throws -> [Target] {
    try model.targets(texts, embeddings(of: texts, in: sentences, truncating: truncating))
  }

  /// Returns the score of a picture for a target.
  public func score(_ picture: Picture, _ target: Target) throws -> Float {
    try target(images(picture))
  }
}

extension Method {
  /// Returns the map of a target on a picture, at the last block of the model's image encoder.
  public func callAsFunction(
    _ clip: CLIP, _ picture: Picture, _ target: Target, _ settings: Settings = Settings()
  ) throws -> Heatmap {
    try self(View(clip.images, picture), target, settings)
  }
}

extension TextEncoder {
  /// Returns the targets of texts, without the cache.
  public func targets(_ texts: [String]) throws -> [Target] {
    try Target.texts(texts, self(texts), scale: scale, bias: bias)
  }

  public func target(_ text: String) throws -> Target { try targets([text])[0] }
}

extension Model {
  /// Makes targets from the embeddings of texts.
  package func targets(_ names: [String], _ embeddings: Matrix) throws -> [Target] {
    try Target.texts(names, embeddings, scale: logitScale(), bias: logitBias())
  }
}

extension Target {
  /// Makes the target of each text's embedding; all functions above end here.
  fileprivate static func texts(
    _ names: [String], _ embeddings: Matrix, scale: Float, bias: Float
  ) -> [Target] {
    names.indices.map {
      Target(names[$0], Array(embeddings[row: $0]), .cosine(scale: scale), bias: bias)
    }
  }
}
