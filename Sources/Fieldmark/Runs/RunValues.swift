import Encoders

extension Matrix {
  /// The largest distance from 0: maps of some methods are far below what 16 bits reach.
  var largest: Float { elements.reduce(0) { max($0, abs($1)) } }

  /// 16-bit floats of what each number is of the largest, little-endian, row by row: what a run keeps
  /// of a map.
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
  init(_ integer: Int?) { self = integer.map { .integer($0) } ?? .nothing }

  var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  init(_ number: Double?) { self = number.map { .number($0) } ?? .nothing }

  var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}

extension [Float] {
  var littleEndian: [UInt8] {
    flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
  }

  init(littleEndian bytes: [UInt8]) {
    self = stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
    }
  }
}
