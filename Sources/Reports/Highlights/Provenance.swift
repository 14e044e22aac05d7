import Encoders
import Ground

/// What the numbers of all maps of a call depend on, besides each picture and question.
///
/// ```swift
/// let provenance = Provenance(
///   model: "ViT-B-16:openai", notes: model.notes, [.init("precision", "fp32")])
/// highlight.json(picture: "bird.jpg", provenance)
/// ```
public struct Provenance: Sendable {
  /// The model's name.
  public let model: String
  /// Notes about the model, in whole sentences.
  public let notes: [String]
  /// The other facts, which follow the map's own members in JSON objects.
  public let members: [JSON.Member]

  public init(model: String, notes: [String] = [], _ members: [JSON.Member] = []) {
    self.model = model
    self.notes = notes
    self.members = members
  }
}

extension ImageEncoder {
  /// How the encoder takes a picture: its pool, its fit and resolution. Tiles are several views of
  /// one picture, each taken in this way.
  public func members(tiled: Bool) -> [JSON.Member] {
    [
      .init("pool", .string(pool.rawValue)),
      .init("fit", .string(tiled ? "tiles" : preprocessing.fit.name)),
      .init("resolution", preprocessing.size),
      .init("preprocessing", preprocessing.json),
      .init("positions", .string(positions.name)),
    ]
  }
}
