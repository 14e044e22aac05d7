/// The blocks of a transformer. Often only some rows leave the last one: the class token of each
/// picture, or the end token of each text. The other rows of that block's output are not computed.
public struct Transformer: Layer {
  public enum Leaving: Sendable { case all, firsts, lasts }

  public let blocks: [Block]
  public let sequences: Sequences
  public let leaving: Leaving

  public init(_ blocks: [Block], on sequences: Sequences, leaving: Leaving) {
    self.blocks = blocks.map { $0.on(sequences) }
    self.sequences = sequences
    self.leaving = leaving
  }

  /// The rows that leave; nil if all do.
  public var picked: [Int]? {
    switch leaving {
    case .all: nil
    case .firsts: sequences.firsts
    case .lasts: sequences.lasts
    }
  }

  /// The plain version, one layer after the other, of what `Pass` computes fast.
  public var plain: Chain { Chain(blocks + (picked.map { [Pick($0)] } ?? [])) }

  public func traced(_ x: Matrix) -> Traced { plain.traced(x) }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    guard !blocks.isEmpty, x.rows > 0 else { return plain(x) }
    return Pass(blocks, on: sequences, picking: picked)(x)
  }
}
