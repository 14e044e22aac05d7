/// A set of characters, written as in the brackets of a regular expression.
///
///     let accented: CharacterSet = "À-ÑØ"
///     accented.contains("Ä")                    // true
///     (accented + "§¶").contains("¶")           // true
struct CharacterSet: Sendable, ExpressibleByStringLiteral {
  let ranges: [ClosedRange<UInt32>]

  init(stringLiteral text: String) {
    let scalars = text.unicodeScalars.map(\.value)
    var ranges: [ClosedRange<UInt32>] = []
    var place = 0
    while place < scalars.count {
      let isRange = place + 2 < scalars.count && scalars[place + 1] == 0x2d
      ranges.append(scalars[place]...scalars[isRange ? place + 2 : place])
      place += isRange ? 3 : 1
    }
    self.ranges = ranges
  }

  private init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

  static func + (a: CharacterSet, b: CharacterSet) -> CharacterSet {
    CharacterSet(a.ranges + b.ranges)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    ranges.contains { $0.contains(scalar.value) }
  }

  /// Every member, for tables.
  var members: [UInt32] { ranges.flatMap { Array($0) } }
}
