import CFieldmark

/// The 2,231 names that HTML has for characters. They are looked up in the embedded text itself,
/// whose lines of a name and its code points are sorted by bytes.
///
///     NamedEntities.characters(of: Scalars("eacute;"))      // é
///     NamedEntities.characters(of: Scalars("eacute"))       // é: one of 106 that need no semicolon
///     NamedEntities.characters(of: Scalars("epsilon"))      // nil
enum NamedEntities {
  static func characters(of name: some Collection<Unicode.Scalar>) -> Scalars? {
    let embedded = fm_embedded_entities()
    let lines = UnsafeBufferPointer(start: embedded.bytes, count: embedded.count)
    let wanted = name.map(\.value)
    var low = 0
    var high = lines.count
    while low < high {
      // This moves back to the beginning of the line in which the middle lies.
      var start = (low + high) / 2
      while start > low, lines[start - 1] != newline { start -= 1 }
      let line = lines[start...].prefix { $0 != newline }
      let listed = line.prefix { $0 != space }.map(UInt32.init)
      if listed == wanted { return points(line.dropFirst(listed.count)) }
      if listed.lexicographicallyPrecedes(wanted) { low = line.endIndex + 1 } else { high = start }
    }
    return nil
  }

  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")

  private static func points(_ text: some Collection<UInt8>) -> Scalars {
    text.split(separator: space).compactMap { digits in
      UInt32(String(decoding: digits, as: UTF8.self), radix: 16).flatMap(Unicode.Scalar.init)
    }
  }
}
