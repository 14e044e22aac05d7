import CFieldmark
import Ground
import Models

/// The fast way through a transformer if only its output is wanted. Norms, activations and sums are
/// fused into the products around them, intermediate values have the precision of the weights and
/// stay in memory that is reused, and in the last block only the rows that leave it are computed.
///
/// A test holds it equal to the plain version, one layer after the other.
struct Pass {
  private let blocks: [Block]
  private let sequences: Sequences
  /// The rows that leave the last block; nil if all do.
  private let picked: [Int]?
  private let precision: Precision
  private let width: Int
  private let hidden: Int

  init(_ blocks: [Block], on sequences: Sequences, picking picked: [Int]?) {
    self.blocks = blocks
    self.sequences = sequences
    self.picked = picked
    let first = blocks.first
    precision = first?.output.weights.precision ?? .fp32
    width = first?.output.outputs ?? 0
    hidden = first?.expansion.outputs ?? 0
  }

  func callAsFunction(_ x: Matrix) -> Matrix {
    precondition(
      x.rows == sequences.rows && x.columns == width,
      "Sequences of \(sequences.rows) rows of \(width) got \(x).")
    let memory = Memory(rows: x.rows, width: width, hidden: hidden, precision)
    x.elements.withUnsafeBufferPointer {
      memory.stream.update(from: $0.baseAddress!, count: $0.count)
    }
    for (index, block) in blocks.enumerated() {
      if index == blocks.count - 1, let picked {
        attendForLast(block, picked, memory)
        think(block, rows: picked.count, memory)
      } else {
        attend(block, rows: x.rows, memory)
        think(block, rows: x.rows, memory)
      }
    }
    let rows = picked?.count ?? x.rows
    return Matrix(rows: rows, columns: width) { out in
      out.baseAddress!.update(from: memory.stream, count: rows * width)
    }
  }

  /// stream += output(heads(projection(norm1(stream))))
  private func attend(_ block: Block, rows: Int, _ memory: Memory) {
    block.normalization1.run(memory.stream, rows: rows, into: memory.normal, result: precision)
    var (queries, keys, values) = (memory.wide, memory.wide, memory.wide)
    var (rowOfQueries, rowOfKeys) = (3 * width, 3 * width)
    if block.projection.parts.count == 1 {
      block.projection.parts[0].run(
        memory.normal, rows: rows, into: memory.wide, result: precision)
      keys += width * precision.size
    } else {
      block.projection.parts[0].run(
        memory.normal, rows: rows, into: memory.queries, result: precision)
      block.projection.parts[1].run(
        memory.normal, rows: rows, into: memory.wide, result: precision)
      queries = memory.queries
      (rowOfQueries, rowOfKeys) = (width, 2 * width)
    }
    values = keys + width * precision.size
    block.heads.run(
      queries: queries, keys: keys, values: values, width: width, rowOfQueries: rowOfQueries,
      rowOfKeys: rowOfKeys, into: memory.normal, precision: precision)
    block.output.run(memory.normal, rows: rows, into: memory.stream, adds: true)
  }

  /// Does the same for a block that only some rows leave: it needs keys and values of all rows, but
  /// queries of those alone.
  private func attendForLast(_ block: Block, _ picked: [Int], _ memory: Memory) {
    precondition(
      block.projection.parts.count == 2, "The last block's queries are apart from its keys.")
    let rows = sequences.rows
    block.normalization1.run(memory.stream, rows: rows, into: memory.normal, result: precision)
    block.projection.parts[1].run(memory.normal, rows: rows, into: memory.wide, result: precision)
    // Rows only move towards the front, so none is overwritten before it is read.
    precondition(
      zip(picked, picked.dropFirst()).allSatisfy { $0 < $1 }, "Each sequence has a row of its own.")
    for (index, row) in picked.enumerated() {
      let size = width * precision.size
      if row != index {
        (memory.normal + index * size).copyMemory(from: memory.normal + row * size, byteCount: size)
        (memory.stream + index * width).update(from: memory.stream + row * width, count: width)
      }
    }
    block.projection.parts[0].run(
      memory.normal, rows: picked.count, into: memory.queries, result: precision)
    block.heads.run(
      queries: memory.queries, keys: memory.wide, values: memory.wide + width * precision.size,
      width: width, rowOfQueries: width, rowOfKeys: 2 * width, hasOneQuery: true,
      into: memory.normal, precision: precision)
    block.output.run(memory.normal, rows: picked.count, into: memory.stream, adds: true)
  }

  /// stream += contraction(activation(expansion(norm2(stream))))
  private func think(_ block: Block, rows: Int, _ memory: Memory) {
    block.normalization2.run(memory.stream, rows: rows, into: memory.normal, result: precision)
    let activation = block.activation as? Activation
    block.expansion.run(
      memory.normal, rows: rows, into: memory.wide, activation: activation, result: precision)
    var inner = memory.wide
    if activation == nil {
      inner = memory.gated
      fm_gate(
        memory.wide, Int64(rows), Int64(hidden / 2), precision.number, inner, fm_threads())
    }
    block.contraction.run(inner, rows: rows, into: memory.stream, adds: true)
  }
}

/// The calling thread's memory for one pass, cut into its parts.
private struct Memory {
  /// The residual stream from block to block.
  let stream: UnsafeMutablePointer<Float>
  /// The outputs of norms and of attention.
  let normal: UnsafeMutableRawPointer
  let queries: UnsafeMutableRawPointer
  /// Queries, keys and values; later the inner values of a block's small network.
  let wide: UnsafeMutableRawPointer
  let gated: UnsafeMutableRawPointer

  init(rows: Int, width: Int, hidden: Int, _ precision: Precision) {
    let row = rows * precision.size
    let parts = workMemory([
      4 * rows * width, row * width, row * width, row * max(3 * width, hidden), row * hidden,
    ])
    stream = parts[0].assumingMemoryBound(to: Float.self)
    normal = parts[1]
    queries = parts[2]
    wide = parts[3]
    gated = parts[4]
  }
}
