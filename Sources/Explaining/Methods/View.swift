import Encoders
import Ground
import Pictures
import Synchronization

/// One picture as an encoder sees it, together with what its maps share, which is computed once,
/// when first needed.
///
/// ```swift
/// let view = View(encoder, bird)                     // the last block
/// try Method.gradCAM(view, epaulets - 0.6 * wing)
/// ```
public final class View: Sendable {
  public let encoder: ImageEncoder
  public let picture: Picture
  /// The block whose activation is explained.
  public let block: Int
  /// What the model sees: red, green and blue, a row each.
  public let planes: Matrix
  /// Where methods and measures report each pass.
  package let passes: Passes
  private let shared = Mutex(Shared())

  private struct Shared {
    var tap: Tap?
    var rest: Traced?
    var embedding: Matrix?
    var last: LastBlock??
    var keptOutput: [String: Matrix] = [:]
    var activations: Activations??
  }

  /// `planes` may be given if they are already preprocessed. If pictures keep their own size, the
  /// view has this picture's size.
  public init(
    _ encoder: ImageEncoder, _ picture: Picture, block: Int? = nil, planes: Matrix? = nil,
    passes: Passes = .silent
  ) {
    precondition(
      block.map { (0..<encoder.blocks).contains($0) } ?? true,
      "A view is at one of \(encoder.blocks) blocks.")
    let encoder = encoder.fitted(to: picture)
    self.encoder = encoder
    self.picture = encoder.preprocessing.converted(picture)
    self.block = block ?? encoder.blocks - 1
    self.planes = planes ?? encoder.planes(of: picture)
    self.passes = passes
  }

  public var tap: Tap {
    once(\.tap) { encoder.tap(planes, block: block) }
  }

  /// The layers from the tap to the embedding, with their pullback.
  var rest: Traced {
    let tap = tap
    return once(\.rest) { tap.rest.traced(tap.activation) }
  }

  /// The gradient in closed form, at the last block of a transformer whose class token is read; nil
  /// elsewhere.
  var closedForm: ClosedForm? {
    guard block == encoder.blocks - 1 else { return nil }
    let last = once(\.last) { encoder.lastBlock(planes) }
    return last.map { ClosedForm($0, patches: $0.activation.rows - encoder.skippedTokens) }
  }

  /// The transformer opened at every block; nil for a ResNet.
  var activations: Activations? { once(\.activations) { encoder.activations(planes) } }

  public var embedding: Matrix {
    if let last = shared.withLock({ $0.last }), let last { return last.tail.value }
    if let known = shared.withLock({ $0.rest?.value ?? $0.embedding }) { return known }
    if let tap = shared.withLock({ $0.tap }) {
      return once(\.embedding) { tap.rest(tap.activation) }
    }
    // If the embedding is needed before any map, the encoder must not run a second time for the
    // map.
    if let closed = closedForm { return closed.last.tail.value }
    return once(\.embedding) { encoder.layers(planes) }
  }

  private func once<Value: Sendable>(
    _ place: WritableKeyPath<Shared, Value?> & Sendable, _ compute: () -> Value
  ) -> Value {
    if let known = shared.withLock({ $0[keyPath: place] }) { return known }
    // If two threads come at the same time, both compute the same value.
    let value = compute()
    shared.withLock { $0[keyPath: place] = value }
    return value
  }

  /// The channels of each place: a row for each place of the grid, in row order.
  public var activation: Matrix {
    if let closed = closedForm { return closed.last.activation.rows(closed.patches) }
    return tap.patches(tap.activation)
  }

  /// Returns the gradient of a score at the activation, in closed form where there is one.
  public func gradient(_ target: Target) -> Matrix { gradients(of: [target])[0] }

  /// Returns the gradients of many targets, each computed when it is asked for, since all at once
  /// would take gigabytes.
  public func gradients(of targets: [Target]) -> LazyMapSequence<Range<Int>, Matrix> {
    let closed = targets.isEmpty ? nil : closedForm
    let gradients = closed?.gradients(Target.gradients(of: targets, at: embedding))
    return targets.indices.lazy.map { [self] index in
      gradients.map { $0(index) } ?? plainGradient(targets[index])
    }
  }

  /// Returns the same gradient by the pullback through all layers ahead.
  public func plainGradient(_ target: Target) -> Matrix {
    let rest = rest
    return tap.patches(rest.pullback(target.scored(rest.value).gradient))
  }

  /// Returns Grad-CAM maps of many targets. At the last block all of them cost about as much as
  /// one.
  public func gradCAMs(_ targets: [Target]) throws -> [Heatmap] {
    guard let closed = closedForm, !targets.isEmpty else {
      return try targets.map { target in
        try passes.check()
        return heatmap(activation.rowSums(weightedBy: plainGradient(target).meanRow().elements))
      }
    }
    let maps = closed.gradCAM(Target.gradients(of: targets, at: embedding))
    let grid = grid
    return targets.indices.map {
      heatmap(Matrix(rows: grid.height, columns: grid.width, Array(maps[row: $0])))
    }
  }

  /// Returns the model's output for each change of the picture that a method tries, a row each, and
  /// keeps it under a name for the next target.
  package func keptOutput(_ name: String, _ compute: () throws -> Matrix) rethrows -> Matrix {
    if let known = shared.withLock({ $0.keptOutput[name] }) { return known }
    let keptOutput = try compute()
    shared.withLock { $0.keptOutput[name] = keptOutput }
    return keptOutput
  }

  /// About how many bytes the view keeps: matrices that are known exactly, and for the layers ahead,
  /// which keep what their pullbacks need, what the blocks of a transformer keep.
  package var keptBytes: Int {
    let kept = shared.withLock { $0 }
    func bytes(_ matrix: Matrix?) -> Int { 4 * (matrix?.elements.count ?? 0) }
    var sum = 3 * picture.width * picture.height + bytes(planes) + bytes(kept.embedding)
    sum += bytes(kept.tap?.activation) + kept.keptOutput.values.reduce(0) { $0 + bytes($1) }
    if let tap = kept.tap, kept.rest != nil {
      // A block keeps the inputs of its layers (some sixteen times its own) and its attention.
      let attention = 4 * 16 * tap.activation.rows * tap.activation.rows
      sum += (encoder.blocks - block) * (16 * bytes(tap.activation) + attention)
    }
    if let last = kept.last ?? nil { sum += 3 * bytes(last.activation) + 8 * bytes(last.scores) }
    if let open = kept.activations ?? nil { sum += open.streams.reduce(0) { $0 + bytes($1) } }
    return sum
  }

  /// The places that maps have a value for.
  public var grid: Grid {
    guard closedForm == nil else { return encoder.patchGrid }
    return tap.grid
  }

  /// The names of the outputs that are kept.
  package var keptScores: [String] { shared.withLock { $0.keptOutput.keys.sorted() } }

  /// Returns a map of the picture from a value for each place of the grid.
  public func heatmap(_ values: [Float]) -> Heatmap {
    heatmap(Matrix(rows: grid.height, columns: grid.width, values))
  }

  /// Returns a map of the picture from a grid of any size over what the model sees.
  public func heatmap(_ values: Matrix) -> Heatmap {
    Heatmap(
      values, region: encoder.preprocessing.region(of: picture), width: picture.width,
      height: picture.height)
  }
}
