import CFieldmark
import Pictures
import Synchronization

/// A square window that slides over a picture and turns input channels into output channels.
public struct Window: Hashable, Sendable {
  /// The numbers of channels.
  public let inputs: Int
  public let outputs: Int
  /// The side of the window, its step from one place to the next, and the border of zeros around
  /// the picture, all in pixels.
  public let side: Int
  public let stride: Int
  public let padding: Int

  public init(inputs: Int, outputs: Int, side: Int, stride: Int = 1, padding: Int = 0) {
    precondition(
      min(inputs, outputs, side, stride) > 0 && padding >= 0, "A window has a side and a stride.")
    self.inputs = inputs
    self.outputs = outputs
    self.side = side
    self.stride = stride
    self.padding = padding
  }

  /// Returns the places of the window in a picture.
  public func result(of grid: Grid) -> Grid {
    Grid(
      width: (grid.width + 2 * padding - side) / stride + 1,
      height: (grid.height + 2 * padding - side) / stride + 1)
  }
}

/// The weights of a convolution, packed in oneDNN's own blocked order, together with the
/// convolutions prepared so far.
///
///     filters.prepared(.there(ending), 1, grid).run(x, bias, into: y)
///
/// They may be used by many threads at once.
final class PackedFilters: @unchecked Sendable {
  let window: Window
  let precision: Precision
  private let filters: OpaquePointer
  private let prepared = Mutex<[PreparedConvolution.Shape: PreparedConvolution]>([:])

  /// The limit of prepared convolutions, so that pictures of many sizes do not fill the memory.
  private static let most = 64

  /// `plain` is outputs x inputs x rows x columns. It is packed in the best order for one picture
  /// of the usual size, and packed again if another size or the pullback asks for another order.
  init(_ plain: [Float], _ window: Window, usually grid: Grid, precision: Precision) {
    precondition(
      plain.count == window.outputs * window.inputs * window.side * window.side,
      "A window of \(window) got \(plain.count) weights.")
    self.window = window
    self.precision = precision
    let filters = plain.withUnsafeBufferPointer {
      fm_filters_make(
        fm_window(
          inputs: Int64(window.inputs), outputs: Int64(window.outputs), side: Int64(window.side),
          stride: Int64(window.stride), padding: Int64(window.padding)),
        $0.baseAddress!, precision.number, grid.pictures(1))
    }
    guard let filters else {
      preconditionFailure("No memory, or no convolution of oneDNN, for \(window).")
    }
    self.filters = filters
  }

  deinit { fm_filters_free(filters) }

  /// Returns a convolution of `count` pictures on the threads that the caller may use. It is
  /// prepared when first needed.
  func prepared(_ way: PreparedConvolution.Way, _ count: Int, _ grid: Grid) -> PreparedConvolution {
    let shape = PreparedConvolution.Shape(
      way: way, count: count, grid: grid, threads: Int(fm_threads()))
    if let found = prepared.withLock({ $0[shape] }) { return found }
    let made = PreparedConvolution(filters, shape)
    prepared.withLock { prepared in
      if prepared.count >= PackedFilters.most { prepared = [:] }
      prepared[shape] = made
    }
    return made
  }
}

/// A convolution of pictures of one size, or its pullback.
final class PreparedConvolution: @unchecked Sendable {
  /// What happens to the sums before they are written, in this order.
  struct Ending: Hashable {
    var hasBias: Bool
    /// Whether what is there is added to the sums.
    var adds: Bool
    var isRectified: Bool
    var result: Precision
  }

  enum Way: Hashable {
    case there(Ending)
    /// The pullback: from the gradient at the output to the one at the input, both in 32 bits.
    case back
  }

  struct Shape: Hashable {
    let way: Way
    let count: Int
    let grid: Grid
    let threads: Int
  }

  private let convolution: OpaquePointer

  fileprivate init(_ filters: OpaquePointer, _ shape: Shape) {
    let (pictures, threads) = (shape.grid.pictures(shape.count), Int32(shape.threads))
    let made =
      switch shape.way {
      case .back: fm_convolution_make_back(filters, pictures, threads)
      case .there(let ending):
        fm_convolution_make(
          filters, pictures,
          fm_ending(
            has_bias: ending.hasBias ? 1 : 0,
            activation: ending.isRectified ? FM_RELU : FM_NO_ACTIVATION,
            adds: ending.adds ? 1 : 0, result: ending.result.number), threads)
      }
    guard let made else {
      preconditionFailure("oneDNN has no convolution of \(shape.count) pictures of \(shape.grid).")
    }
    convolution = made
  }

  deinit { fm_convolution_free(convolution) }

  func run(
    _ from: UnsafeRawPointer, _ bias: UnsafePointer<Float>?, into to: UnsafeMutableRawPointer
  ) {
    let status = fm_convolution_run(convolution, from, bias, to)
    precondition(status == 0, "oneDNN could not run a convolution: status \(status).")
  }
}

extension Grid {
  /// The size of `count` pictures, as the C functions take it.
  func pictures(_ count: Int) -> fm_pictures {
    fm_pictures(count: Int64(count), height: Int64(height), width: Int64(width))
  }
}
