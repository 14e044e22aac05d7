/// Blocks, of whose last one only some rows leave: the class token of each picture, the end token
/// of each text; what others would be there is never computed.
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

  /// The rows that leave.
  public var picked: [Int]? {
    switch leaving {
    case .all: nil
    case .firsts: sequences.firsts
    case .lasts: sequences.lasts
    }
  }

  /// One layer after the other: the plain version of what `Pass` does fast.
  public var plain: Chain { Chain(blocks + (picked.map { [Pick($0)] } ?? [])) }

  public func traced(_ x: Matrix) -> Traced { plain.traced(x) }

  public func callAsFunction(_ x: Matrix) -> Matrix {
    guard !blocks.isEmpty, x.rows > 0 else { return plain(x) }
    return Pass(blocks, on: sequences, picking: picked)(x)
  }
}
