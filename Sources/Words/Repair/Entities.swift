/// HTML's character references, which write a character by name or number.
///
///     Entities.unescaping(Scalars("caf&eacute &#x1F426;"))      // café 🐦
///     Entities.unescapingCarefully(Scalars("this&not that"))    // this&not that
enum Entities {
  /// Unescapes a text as browsers do, with or without semicolons: Python's `html.unescape`.
  static func unescaping(_ text: Scalars) -> Scalars {
    replacing(text) { rest in
      if rest.dropFirst().first == "#" { return numbered(rest) }
      let name = rest.dropFirst().prefix(32, while: { !endsName.contains($0) })
      if name.isEmpty { return nil }
      let whole = rest[name.endIndex...].first == ";" ? rest[name.startIndex...name.endIndex] : name
      if let found = NamedEntities.characters(of: whole) { return (found, whole.endIndex) }
      // Otherwise the longest name at the beginning counts, and the rest is not looked at again.
      for length in stride(from: whole.count - 1, to: 1, by: -1) {
        if let found = NamedEntities.characters(of: whole.prefix(length)) {
          return (found + whole.dropFirst(length), whole.endIndex)
        }
      }
      return (["&"] + whole, whole.endIndex)
    }
  }

  private static let endsName: CharacterSet = "\t\n\u{c} <&#;"

  /// Unescapes a text that may not be HTML, as ftfy does: names and numbers that end in a
  /// semicolon, and names in capitals that HTML does not have, so that `&EACUTE;` is É.
  static func unescapingCarefully(_ text: Scalars) -> Scalars {
    replacing(text) { rest in
      let isNumber = rest.dropFirst().first == "#"
      let name = rest.dropFirst(isNumber ? 2 : 1).prefix(25, while: isASCIILetterOrDigit)
      guard (1...24).contains(name.count), rest[name.endIndex...].first == ";" else { return nil }
      let end = name.endIndex + 1
      if isNumber {
        // A semicolon that is left over, or that comes out, shows that this was no number.
        guard let (found, length) = numbered(rest), length == end, found != [";"] else {
          return (Array(rest[..<end]), end)
        }
        return (found, end)
      }
      let whole = rest[name.startIndex..<end]
      let found = NamedEntities.characters(of: whole) ?? inCapitals(whole)
      return (found ?? Array(rest[..<end]), end)
    }
  }

  /// Returns the capital form of the character whose lowercase name this is: É for `EACUTE;`.
  private static func inCapitals(_ name: ArraySlice<Unicode.Scalar>) -> Scalars? {
    guard !name.contains(where: { ("a"..."z").contains($0) }) else { return nil }
    let small = name.map { ("A"..."Z").contains($0) ? Unicode.Scalar($0.value + 32)! : $0 }
    // To a browser, `&LTIMES;` already is `<IMES;`.
    guard let found = NamedEntities.characters(of: small), unescaping(["&"] + name) == ["&"] + name
    else { return nil }
    return found.uppercased
  }

  private static func isASCIILetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII && (scalar.isLetter || scalar.isNumber)
  }

  /// Replaces every `&...` for which `entity` gives characters and the place where it ends.
  private static func replacing(
    _ text: Scalars, _ entity: (ArraySlice<Unicode.Scalar>) -> (Scalars, end: Int)?
  ) -> Scalars {
    guard var next = text.firstIndex(of: "&") else { return text }
    var result = Array(text[..<next])
    while next < text.count {
      if text[next] == "&", let (found, end) = entity(text[next...]) {
        result += found
        next = end
      } else {
        result.append(text[next])
        next += 1
      }
    }
    return result
  }

  /// Returns what `&#...` stands for, and where it ends, including its semicolon.
  private static func numbered(_ rest: ArraySlice<Unicode.Scalar>) -> (Scalars, Int)? {
    let isHex = rest.dropFirst(2).first.map { $0 == "x" || $0 == "X" } ?? false
    let radix: UInt32 = isHex ? 16 : 10
    var place = rest.startIndex + (isHex ? 3 : 2)
    let start = place
    var value: UInt32 = 0
    while place < rest.endIndex, let digit = digit(rest[place]), digit < radix {
      // Python refuses more than 4,300 digits. Here they make a number beyond the last character.
      value = min(value * radix + digit, 0x11_0000)
      place += 1
    }
    if place == start { return nil }
    if place < rest.endIndex, rest[place] == ";" { place += 1 }
    return (character(value), place)
  }

  private static func digit(_ scalar: Unicode.Scalar) -> UInt32? {
    switch scalar {
    case "0"..."9": scalar.value - 48
    case "a"..."f": scalar.value - 87
    case "A"..."F": scalar.value - 55
    default: nil
    }
  }

  /// Returns the character of a number. For numbers that are not characters it follows the HTML
  /// standard.
  private static func character(_ value: UInt32) -> Scalars {
    switch value {
    case 0, 0xd800...0xdfff, 0x11_0000...: ["\u{fffd}"]
    case 0x80...0x9f: [windows1252(Unicode.Scalar(value)!)]
    case 0x01...0x08, 0x0b, 0x0e...0x1f, 0x7f, 0xfdd0...0xfdef: []
    case _ where value & 0xfffe == 0xfffe: []
    default: [Unicode.Scalar(value)!]
    }
  }
}

extension Collection {
  /// Returns at most `count` elements from the beginning, as long as they are wanted.
  fileprivate func prefix(_ count: Int, while isWanted: (Element) -> Bool) -> SubSequence {
    prefix(count).prefix(while: isWanted)
  }
}
