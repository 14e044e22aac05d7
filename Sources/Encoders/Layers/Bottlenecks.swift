import CFieldmark
import Ground

/// Bottlenecks one after the other. If only their output is wanted, sums and rectifiers are fused
/// into the convolutions before them, intermediate values have the precision of the weights, and
/// all stay in memory that is reused.
///
/// A test holds the fast version equal to `plain`.
public struct Bottlenecks: Layer {
  public let blocks: [Bottleneck]

  public init(_ blocks: [Bottleneck]) { self.blocks = blocks }

  public var plain: Chain { Chain(blocks.map(\.plain)) }

  public func traced(_ x: Matrix) -> Traced { plain.traced(x) }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    guard let first = blocks.first, let last = blocks.last, x.rows > 0 else { return x }
    precondition(
      x.columns == first.narrowing.window.inputs, "A bottleneck for other channels got \(x).")
    let count = first.grid.pictures(in: x.rows)
    var memory = Memory(blocks, count)
    x.elements.withUnsafeBufferPointer {
      memory.stream.update(from: $0.baseAddress!, count: $0.count)
    }
    for block in blocks { run(block, count, &memory) }
    let (rows, columns) = (count * last.result.pixels, last.widening.window.outputs)
    return Matrix(rows: rows, columns: columns) { out in
      out.baseAddress!.update(from: memory.stream, count: rows * columns)
    }
  }

  /// stream = max(0, shortcut(stream) + widening(looking(narrowing(stream))))
  private func run(_ block: Bottleneck, _ count: Int, _ memory: inout Memory) {
    let precision = memory.precision
    let channels = block.narrowing.window.inputs
    var source = UnsafeMutableRawPointer(memory.stream)
    if precision == .bf16 {
      source = memory.rounded
      fm_round_to_bfloats(
        memory.stream, Int64(count * block.grid.pixels * channels), memory.rounded)
    }
    block.narrowing.run(source, count, into: memory.narrow, result: precision)
    block.looking.run(memory.narrow, count, into: memory.looked, result: precision)
    var looked = memory.looked
    if let pool = block.pool {
      looked = memory.narrow
      pool.run(
        memory.looked, count, channels: block.looking.window.outputs, into: looked,
        precision: precision)
    }
    if let shortcut = block.shortcut {
      if let pool = block.pool {
        pool.run(source, count, channels: channels, into: memory.pooled, precision: precision)
        source = memory.pooled
      }
      shortcut.run(source, count, into: memory.next)
      swap(&memory.stream, &memory.next)
    }
    block.widening.run(looked, count, into: memory.stream, adds: true, rectifies: true)
  }
}

extension Bottleneck: Layer {
  public func traced(_ x: Matrix) -> Traced { plain.traced(x) }
  public func callAsFunction(_ x: Matrix) -> Matrix { Bottlenecks([self])(x) }
}

/// The calling thread's memory for one pass, cut into its parts.
private struct Memory {
  let precision: Precision
  /// The input of the current block, and the place for its output.
  var stream: UnsafeMutablePointer<Float>
  var next: UnsafeMutablePointer<Float>
  /// The stream in the precision of the weights, if its own is another; and the pooled stream.
  let rounded: UnsafeMutableRawPointer
  let pooled: UnsafeMutableRawPointer
  /// The outputs of the narrow convolutions.
  let narrow: UnsafeMutableRawPointer
  let looked: UnsafeMutableRawPointer

  init(_ blocks: [Bottleneck], _ count: Int) {
    precision = blocks[0].narrowing.filters.precision
    let most = { (size: (Bottleneck) -> Int) in count * (blocks.map(size).max() ?? 0) }
    let comes = most { $0.grid.pixels * $0.narrowing.window.inputs }
    let leaves = most { $0.result.pixels * $0.widening.window.outputs }
    let pools = most { $0.stride > 1 ? $0.result.pixels * $0.narrowing.window.inputs : 0 }
    let inner = most { $0.grid.pixels * $0.looking.window.outputs }
    let narrows = most { $0.grid.pixels * $0.narrowing.window.outputs }
    let size = precision.size
    let parts = workMemory([
      4 * max(comes, leaves), 4 * max(comes, leaves), precision == .bf16 ? size * comes : 0,
      size * pools, size * narrows, size * inner,
    ])
    stream = parts[0].assumingMemoryBound(to: Float.self)
    next = parts[1].assumingMemoryBound(to: Float.self)
    rounded = parts[2]
    pooled = parts[3]
    narrow = parts[4]
    looked = parts[5]
  }
}
