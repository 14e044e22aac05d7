extension JSON {
  /// How a value is laid out.
  public enum Style: Sendable {
    /// On one line, without spaces.
    case compact
    /// With two spaces per level; arrays of plain values stay on one line.
    case indented
  }

  /// Returns the value as text. The same value gives the same bytes, with members in their order.
  /// Numbers have the fewest digits that read back the same; those that JSON cannot express (NaN,
  /// infinity) become null. The line separators U+2028 and U+2029, which end a line in JavaScript,
  /// are escaped, so that a compact text is always one line.
  public func written(_ style: Style = .compact) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, style, level: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8], _ style: Style, level: Int) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .largeInteger(let digits): bytes += digits.utf8
    case .number(let value): bytes += (value.isFinite ? value.description : "null").utf8
    case .string(let text): JSON.write(text, to: &bytes)
    case .array(let elements):
      let breaks = elements.contains { $0.array != nil || $0.members != nil }
      let style = breaks ? style : .compact
      JSON.writeList("[", elements, "]", to: &bytes, style, level) { element, bytes in
        element.write(to: &bytes, style, level: level + 1)
      }
    case .object(let members):
      JSON.writeList("{", members, "}", to: &bytes, style, level) { member, bytes in
        JSON.write(member.key, to: &bytes)
        bytes += (style == .compact ? ":" : ": ").utf8
        member.value.write(to: &bytes, style, level: level + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ opening: String, _ elements: [Element], _ closing: String, to bytes: inout [UInt8],
    _ style: Style, _ level: Int, _ write: (Element, inout [UInt8]) -> Void
  ) {
    func breakLine(_ level: Int) {
      guard style == .indented, !elements.isEmpty else { return }
      bytes.append(0x0a)
      bytes += repeatElement(0x20, count: 2 * level)
    }
    bytes += opening.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      breakLine(level + 1)
      write(element, &bytes)
    }
    breakLine(level)
    bytes += closing.utf8
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      case ..<" ", "\u{7f}", "\u{2028}", "\u{2029}":
        let digits = String(scalar.value, radix: 16)
        bytes += "\\u\(String(repeating: "0", count: 4 - digits.utf8.count))\(digits)".utf8
      default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
