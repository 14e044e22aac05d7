import Encoders
import Ground

extension Matrix {
  /// The largest magnitude. Some methods' maps are far below the range of 16-bit floats, so maps
  /// are stored relative to it.
  var largest: Float { elements.reduce(0) { max($0, abs($1)) } }

  /// A map as a run stores it: the share of each number in the largest magnitude as a little-endian
  /// 16-bit float, row by row.
  var halves: [UInt8] {
    let factor = largest > 0 ? 1 / Double(largest) : 0
    return elements.flatMap { value -> [UInt8] in
      let bits = Float16(Float(Double(value) * factor)).bitPattern
      return [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
    }
  }

  init(rows: Int, columns: Int, halves: [UInt8], largest: Float) {
    self.init(
      rows: rows, columns: columns,
      (0..<rows * columns).map { index in
        let bits = UInt16(halves[2 * index]) | UInt16(halves[2 * index + 1]) << 8
        return largest * Float(Float16(bitPattern: bits))
      })
  }
}

extension Tables.Value {
  package init(_ integer: Int?) { self = integer.map { .integer($0) } ?? .nothing }

  package var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  package init(_ number: Double?) { self = number.map { .number($0) } ?? .nothing }

  package var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

  package var text: String? { if case .text(let text) = self { text } else { nil } }

  package var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
