/// The quality that a JPEG file was written with, 1 to 100 on libjpeg's scale; nil of other bytes.
///
///     jpegQuality(of: try path.pictureBytes())      // 85
///
/// Files do not say it. It is that quality of libjpeg whose table for brightness lies nearest to the
/// file's. Cameras and Photoshop have tables of their own, for which it is an estimate.
public func jpegQuality(of bytes: [UInt8]) -> Double? {
  guard let table = quantizationTable(of: bytes) else { return nil }
  func distance(_ quality: Int) -> Int {
    zip(table, libjpegTable(quality)).reduce(0) { $0 + abs($1.0 - $1.1) }
  }
  // Of equal ones the lowest: at the lowest qualities, every step is the largest that there is.
  return (1...100).min { distance($0) < distance($1) }.map(Double.init)
}

/// The steps of brightness (the table of number 0) in the file's order, which is a zigzag; nil where
/// none comes before the picture's data.
private func quantizationTable(of bytes: [UInt8]) -> [Int]? {
  guard bytes.starts(with: [0xff, 0xd8]) else { return nil }
  var place = 2
  while place + 4 <= bytes.count, bytes[place] == 0xff {
    let marker = bytes[place + 1]
    // A marker may have any number of 0xff before it.
    if marker == 0xff {
      place += 1
      continue
    }
    if marker == startOfScan { return nil }
    let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
    guard length >= 2, place + 2 + length <= bytes.count else { return nil }
    if marker == quantizationTables,
      let table = firstTable(in: bytes[place + 4..<place + 2 + length])
    {
      return table
    }
    place += 2 + length
  }
  return nil
}

private let startOfScan: UInt8 = 0xda
private let quantizationTables: UInt8 = 0xdb

/// A segment holds any number of tables: four bits for the size of its numbers, four for its number.
private func firstTable(in segment: ArraySlice<UInt8>) -> [Int]? {
  var rest = segment
  while let head = rest.popFirst() {
    let size = head >> 4 == 0 ? 1 : 2
    guard rest.count >= 64 * size else { return nil }
    let numbers = Array(rest.prefix(64 * size))
    rest = rest.dropFirst(64 * size)
    guard head & 15 == 0 else { continue }
    return size == 1
      ? numbers.map(Int.init)
      : (0..<64).map { Int(numbers[2 * $0]) << 8 | Int(numbers[2 * $0 + 1]) }
  }
  return nil
}

/// libjpeg's table of a quality: `jpeg_quality_scaling` and `jpeg_add_quant_table` in `jcparam.c`.
private func libjpegTable(_ quality: Int) -> [Int] {
  let percent = quality < 50 ? 5000 / quality : 200 - 2 * quality
  return brightnessSteps.map { min(max(($0 * percent + 50) / 100, 1), 255) }
}

/// ITU-T T.81, table K.1, in zigzag order.
private let brightnessSteps = [
  16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
  26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
  56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
  95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99,
]
