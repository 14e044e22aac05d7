import Encoders
import Ground

/// What the numbers of all maps of a call depend on, besides each picture and what is asked of it.
///
/// ```swift
/// let provenance = Provenance(
///   model: "ViT-B-16:openai", notes: model.notes, [.init("precision", "fp32")])
/// highlight.json(picture: "bird.jpg", provenance)
/// ```
public struct Provenance: Sendable {
  /// The model's name.
  public let model: String
  /// What one should know of the model, whole sentences.
  public let notes: [String]
  /// Everything else, as objects have it behind what the map itself tells.
  public let members: [JSON.Member]

  public init(model: String, notes: [String] = [], _ members: [JSON.Member] = []) {
    self.model = model
    self.notes = notes
    self.members = members
  }
}

extension ImageEncoder {
  /// How it takes a picture: its pool, how the picture meets it and at what size. Tiles are several
  /// views of one picture, each taken in this way.
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
