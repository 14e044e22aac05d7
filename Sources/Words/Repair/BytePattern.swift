/// A sequence of bytes, each of which must lie in one of some ranges.
struct BytePattern: Sendable {
  private let bytes: [[ClosedRange<UInt8>]]

  init(_ bytes: [ClosedRange<UInt8>]...) { self.bytes = bytes }

  private func matches(_ text: [UInt8], at place: Int) -> Bool {
    guard place + bytes.count <= text.count else { return false }
    return bytes.indices.allSatisfy { offset in
      bytes[offset].contains { $0.contains(text[place + offset]) }
    }
  }

  /// Replaces what matches, from left to right. If several patterns match, the first of them
  /// counts.
  static func replace(
    _ patterns: [BytePattern], in text: [UInt8], with replacement: (ArraySlice<UInt8>) -> [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var place = 0
    while place < text.count {
      if let pattern = patterns.first(where: { $0.matches(text, at: place) }) {
        result += replacement(text[place..<place + pattern.bytes.count])
        place += pattern.bytes.count
      } else {
        result.append(text[place])
        place += 1
      }
    }
    return result
  }
}
