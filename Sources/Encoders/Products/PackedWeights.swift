import CFieldmark
import Ground
import Models
import Synchronization

/// The weights W of a linear layer `y = x W'`, packed once in oneDNN's own blocked order, which is
/// 5 to 15 % faster than plain order, together with the products prepared so far.
///
///     let weights = plain.withUnsafeBufferPointer { PackedWeights($0, inputs: 768) }
///     weights.product(rows: 197, Product.Ending()).run(x, nil, into: y)
///
/// They may be used by many threads at once.
final class PackedWeights: @unchecked Sendable {
  let inputs: Int
  let outputs: Int
  let precision: Precision
  private let weights: OpaquePointer
  private let state = Mutex(State())

  private struct State {
    var products: [Product.Shape: Product] = [:]
    var turned: PackedWeights?
  }

  /// The number of tokens that most pictures have; the packed order of the weights is chosen for
  /// it.
  private static let usualRows: Int64 = 197
  /// The limit of prepared products, so that texts of many lengths do not fill the memory.
  private static let mostProducts = 256

  /// `plain` is outputs x inputs, row by row, as PyTorch keeps it, or transposed if `isTurned`.
  init(
    _ plain: UnsafeBufferPointer<Float>, inputs: Int, isTurned: Bool = false,
    precision: Precision = .fp32
  ) {
    precondition(
      inputs > 0 && !plain.isEmpty && plain.count % inputs == 0,
      "Weights come in whole rows of \(inputs).")
    self.inputs = inputs
    self.precision = precision
    outputs = plain.count / inputs
    guard
      let weights = fm_weights_make(
        Int64(inputs), Int64(outputs), precision.number, PackedWeights.usualRows)
    else {
      // oneDNN has a product of any shape, so it is memory that is missing.
      MemoryCheck.end(without: precision.size * inputs * outputs)
    }
    self.weights = weights
    let status = fm_weights_pack(
      weights, plain.baseAddress!, isTurned ? 1 : Int64(inputs), isTurned ? Int64(outputs) : 1)
    precondition(status == 0, "oneDNN could not pack weights: status \(status).")
  }

  deinit { fm_weights_free(weights) }

  /// W' as weights of its own, for the pullback. It is made when first asked for, in 32 bits, from
  /// the numbers as they were packed.
  var turned: PackedWeights {
    if let turned = state.withLock({ $0.turned }) { return turned }
    let made = plain.withUnsafeBufferPointer {
      PackedWeights($0, inputs: outputs, isTurned: true)
    }
    return state.withLock { state in
      if let turned = state.turned { return turned }
      state.turned = made
      return made
    }
  }

  /// The weights as they were packed: outputs x inputs, row by row.
  var plain: [Float] {
    [Float](unsafeUninitializedCapacity: inputs * outputs) { out, count in
      let status = fm_weights_unpack(weights, out.baseAddress!)
      precondition(status == 0, "oneDNN could not unpack weights: status \(status).")
      count = inputs * outputs
    }
  }

  /// Returns a product of `rows` rows on the threads that the caller may use. It is prepared when
  /// first needed.
  func product(rows: Int, _ ending: Product.Ending) -> Product {
    let shape = Product.Shape(rows: rows, ending: ending, threads: Int(fm_threads()))
    if let product = state.withLock({ $0.products[shape] }) { return product }
    let made = Product(weights, shape)
    state.withLock { state in
      if state.products.count >= PackedWeights.mostProducts { state.products = [:] }
      state.products[shape] = made
    }
    return made
  }
}

/// A prepared product of one shape.
final class Product: @unchecked Sendable {
  /// What happens to the sums before they are written.
  struct Ending: Hashable {
    var hasBias = false
    var activation: Activation?
    /// Whether the sums are added to what is there.
    var adds = false
    var result = Precision.fp32
  }

  struct Shape: Hashable {
    let rows: Int
    let ending: Ending
    let threads: Int
  }

  private let product: OpaquePointer

  fileprivate init(_ weights: OpaquePointer, _ shape: Shape) {
    let ending = shape.ending
    guard
      let product = fm_product_make(
        weights, Int64(shape.rows),
        fm_ending(
          has_bias: ending.hasBias ? 1 : 0, activation: ending.activation.fused,
          adds: ending.adds ? 1 : 0, result: ending.result.number),
        Int32(shape.threads))
    else { preconditionFailure("oneDNN has no product of \(shape.rows) rows.") }
    self.product = product
  }

  deinit { fm_product_free(product) }

  func run(
    _ x: UnsafeRawPointer, _ bias: UnsafePointer<Float>?, into y: UnsafeMutableRawPointer
  ) {
    let status = fm_product_run(product, x, bias, y)
    precondition(status == 0, "oneDNN could not run a product: status \(status).")
  }
}

extension Activation? {
  /// The activation as oneDNN applies it to the sums of a product.
  fileprivate var fused: fm_activation {
    switch self {
    case nil: FM_NO_ACTIVATION
    case .quickGELU: FM_QUICK_GELU
    case .gelu: FM_GELU
    case .geluTanh: FM_GELU_TANH
    case .silu: preconditionFailure("SwiGLU's activation is not applied to all of a product.")
    }
  }
}
