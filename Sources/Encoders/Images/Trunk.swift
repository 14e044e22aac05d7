import Ground
import Pictures

/// The network of an image encoder, as a family of models builds it from its weights. It tells
/// encoders and methods everything that they ask of a network.
///
/// ```swift
/// encoder.trunk.hasPatchEmbeddings      // true where a class token is read, false of a ResNet
/// ```
package struct Trunk: Sendable {
  /// The name of the network in the error of a method that needs attention over single patches:
  /// `a ResNet`.
  package let name: String
  /// The name of the embedding that the model was trained with, in errors: `the class token's`.
  package let embedding: String
  /// Whether patches have embeddings of their own, so that their mean can be the picture's
  /// embedding.
  package let hasPatchEmbeddings: Bool
  /// How the model's own code resizes positions.
  let usualPositions: PositionResizing
  /// The number of blocks.
  let blocks: Int
  /// Returns the number of channels of the activation at a block.
  let channels: @Sendable (_ block: Int) -> Int
  /// Returns the network for pictures of one size, or throws if it does not take them.
  let passage: @Sendable (ForwardOptions) throws -> Passage
}

/// The size of picture, the pooling and the resizing of positions that a network is set up for.
struct ForwardOptions {
  let width: Int
  let height: Int
  let pool: ImagePool
  let positions: PositionResizing
}

/// How a picture's embedding is pooled.
public enum ImagePool: String, CaseIterable, Named {
  public static let kind = "a pool"

  /// The class token, or a ResNet's attention over its last pixels, as the models were trained.
  case `class`
  /// The mean over a transformer's patches.
  case mean
}

extension ForwardOptions {
  /// Returns the grid of patches with `side` pixels that exactly covers the picture, or throws.
  func grid(of side: Int) throws -> Grid {
    for (name, length) in [("width", width), ("height", height)]
    where !length.isMultiple(of: side) || length < side {
      let nearest = max(1, (length + side / 2) / side) * side
      throw InputError(
        "resolution", expected: "a \(name) that patches of \(side) pixels cover",
        found: "\(length)", hint: "\(nearest) is the nearest", kind: .words)
    }
    let grid = Grid(width: width / side, height: height / side)
    guard grid.pixels <= ForwardOptions.mostPatches else {
      throw InputError(
        "resolution", expected: "at most \(ForwardOptions.mostPatches) patches of \(side) pixels",
        found: "\(grid.width) x \(grid.height)", kind: .words)
    }
    return grid
  }

  /// Every patch attends to every other, so 128 x 128 patches take minutes and more would take all
  /// memory.
  private static let mostPatches = 1 << 14
}
