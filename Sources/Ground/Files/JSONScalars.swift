/// The strings and numbers of JSON.
extension JSONParser {
  mutating func string() throws -> String {
    position += 1
    let start = position
    skipPlain()
    guard next == UInt8(ascii: "\"") else { return try escapedString(from: start) }
    defer { position += 1 }
    return try text(bytes[start..<position], from: start)
  }

  private mutating func skipPlain() {
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      position += 1
    }
  }

  private mutating func text(
    _ content: some Collection<UInt8>, from start: Int
  ) throws -> String {
    if let text = String(validating: content, as: UTF8.self) { return text }
    position = start
    throw error("a text in UTF-8", found: "other bytes")
  }

  private mutating func escapedString(from start: Int) throws -> String {
    var content = Array(bytes[start..<position])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return try text(content, from: start)
      case UInt8(ascii: "\\"):
        position += 1
        content += String(try escaped()).utf8
      case ..<0x20:
        throw error("a text with its control characters escaped")
      default:
        let from = position
        skipPlain()
        content += bytes[from..<position]
      }
    }
    throw error("'\"'")
  }

  /// Reads the character that an escape stands for, after its backslash.
  private mutating func escaped() throws -> Unicode.Scalar {
    guard let byte = next else { throw error("the rest of an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default:
      position -= 1
      throw error("one of \"\\/bfnrtu after a backslash")
    }
    let start = position
    var code = try fourHexDigits()
    // A character beyond 16 bits is written as a surrogate pair (RFC 8259, section 7).
    if (0xd800..<0xdc00).contains(code), take("\\"), take("u") {
      let low = try fourHexDigits()
      if (0xdc00..<0xe000).contains(low) {
        code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
      }
    }
    if let scalar = Unicode.Scalar(code) { return scalar }
    position = start
    throw error("a character", found: "half of a surrogate pair")
  }

  private mutating func fourHexDigits() throws -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  mutating func number() throws -> JSON {
    let start = position
    let isNegative = take("-")
    var whole: Int? = 0
    if take("0") {
      if isDigit { throw error("no digit after a leading zero") }
    } else {
      try digits {
        let value = whole?.multipliedReportingOverflow(by: 10)
        let sum = value?.partialValue.subtractingReportingOverflow(Int($0))
        whole = value?.overflow == false && sum?.overflow == false ? sum?.partialValue : nil
      }
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits { _ in }
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits { _ in }
    }
    // The digits were summed up below zero, since there is one negative number more.
    if isWhole, let whole, isNegative ? whole != 0 : whole != Int.min {
      return .integer(isNegative ? whole : -whole)
    }
    let digits = String(decoding: bytes[start..<position].prefix(1001), as: UTF8.self)
    if isWhole, whole != 0, digits.utf8.count <= 1000 { return .largeInteger(digits) }
    guard digits.utf8.count <= 1000, let value = Double(digits), value.isFinite else {
      let found = "'\(digits.prefix(20))...'"
      position = start
      throw error("a number that 64 bits hold", found: found)
    }
    return .number(value)
  }

  private var isDigit: Bool {
    next.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
  }

  private mutating func digits(_ digit: (UInt8) -> Void) throws {
    guard isDigit else { throw error("a digit") }
    while let byte = next, isDigit {
      digit(byte - UInt8(ascii: "0"))
      position += 1
    }
  }
}
