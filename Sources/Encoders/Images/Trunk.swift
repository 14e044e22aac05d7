import Ground
import Pictures

/// A network for pictures, as a family of models builds it of its weights: a value that tells all
/// that encoders and methods ask of a network.
///
/// ```swift
/// encoder.trunk.hasPatchEmbeddings      // true where a class token is read, false of a ResNet
/// ```
package struct Trunk: Sendable {
  /// What messages call such a network where a transformer is expected whose attention tells of single
  /// patches: `a ResNet`.
  package let name: String
  /// What makes the embedding that the model was trained with: `the class token's`.
  package let embedding: String
  /// Whether patches have embeddings of their own, whose mean is one of the picture.
  package let hasPatchEmbeddings: Bool
  /// How the model's own code stretches positions.
  let usualPositions: PositionResizing
  /// How many blocks there are.
  let blocks: Int
  /// How many numbers each place has at a block.
  let channels: @Sendable (_ block: Int) -> Int
  /// The network for pictures of a size; what it does not take is refused.
  let passage: @Sendable (ForwardOptions) throws -> Passage
}

/// What an encoder is asked to look at, and how.
struct ForwardOptions {
  let width: Int
  let height: Int
  let pool: ImagePool
  let positions: PositionResizing
}

/// Which embedding a picture gets.
public enum ImagePool: String, CaseIterable, Named {
  public static let kind = "a pool"

  /// The class token's, or a ResNet's attention over its last pixels: what models were trained on.
  case `class`
  /// The mean over a transformer's patches.
  case mean
}

extension ForwardOptions {
  /// The patches of so many pixels that cover the picture.
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

  /// Every patch attends to every other: 128 x 128 of them take minutes, more would take all memory.
  private static let mostPatches = 1 << 14
}
