/// Numbers as files store them on every machine: four bytes each, the lowest first.
extension [Float] {
  package var littleEndian: [UInt8] {
    flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> (8 * $0)) }
    }
  }

  package init(littleEndian bytes: [UInt8]) {
    self = stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
    }
  }
}
