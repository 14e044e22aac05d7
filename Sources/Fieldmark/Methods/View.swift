import Encoders
import Synchronization

/// One picture as an encoder sees it, with what its maps share: computed when first needed, once.
///
///     let view = View(encoder, bird)                     // the last block
///     Method.gradCAM(view, epaulets - 0.6 * bird)
public final class View: Sendable {
  public let encoder: ImageEncoder
  public let picture: Picture
  /// The block whose place in the encoder is explained.
  public let block: Int
  /// What the model sees: red, green and blue, a row each.
  public let planes: Matrix
  private let shared = Mutex(Shared())

  private struct Shared {
    var tap: Tap?
    var rest: Traced?
    var embedding: Matrix?
  }

  public init(_ encoder: ImageEncoder, _ picture: Picture, block: Int? = nil) {
    precondition(
      block.map { (0..<encoder.blocks).contains($0) } ?? true,
      "A view is at one of \(encoder.blocks) blocks.")
    self.encoder = encoder
    self.picture = picture
    self.block = block ?? encoder.blocks - 1
    planes = encoder.planes(of: picture)
  }

  public var tap: Tap {
    once(\.tap) { encoder.tap(planes, block: block) }
  }

  /// From the tap to the embedding, with the way back.
  var rest: Traced {
    let tap = tap
    return once(\.rest) { tap.rest.traced(tap.activation) }
  }

  public var embedding: Matrix {
    if let known = shared.withLock({ $0.rest?.value ?? $0.embedding }) { return known }
    if let tap = shared.withLock({ $0.tap }) {
      return once(\.embedding) { tap.rest(tap.activation) }
    }
    return once(\.embedding) { encoder.layers(planes) }
  }

  private func once<Value: Sendable>(
    _ place: WritableKeyPath<Shared, Value?> & Sendable, _ compute: () -> Value
  ) -> Value {
    if let known = shared.withLock({ $0[keyPath: place] }) { return known }
    // Two threads may come at the same time; both find the same.
    let value = compute()
    shared.withLock { $0[keyPath: place] = value }
    return value
  }

  /// The channels of each place: rows of the grid, one after the other.
  public var activation: Matrix { tap.patches(tap.activation) }

  /// How a score changes with the channels of each place.
  public func gradient(_ target: Target) -> Matrix {
    let rest = rest
    return tap.patches(rest.pullback(target.scored(rest.value).gradient))
  }

  /// A value for each place of the tap's grid, as a map of the picture.
  public func heatmap(_ values: [Float]) -> Heatmap {
    heatmap(Matrix(rows: tap.grid.height, columns: tap.grid.width, values))
  }

  /// A grid of any size over what the model sees.
  public func heatmap(_ values: Matrix) -> Heatmap {
    Heatmap(
      values, region: encoder.preprocessing.region(of: picture), width: picture.width,
      height: picture.height)
  }
}
