import Encoders

extension TextEncoder {
  /// What a text asks for: its logit, exp(logit scale) times the cosine of picture and text, and the
  /// logit bias of a model that has one.
  ///
  ///     let epaulets = try words.target("red epaulets")
  ///     try Method.gradCAM(view, epaulets - 0.6 * words.target("bird"))
  public func target(_ text: String) throws -> Target { try targets([text])[0] }

  /// The same for several texts, encoded together.
  public func targets(_ texts: [String]) throws -> [Target] {
    let rows = try self(texts)
    return texts.indices.map {
      Target(texts[$0], Array(rows[row: $0]), .cosine(scale: scale), bias: bias)
    }
  }
}
