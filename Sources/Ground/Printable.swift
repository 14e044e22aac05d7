/// Returns bytes as text for people. In UTF-8, characters that have no glyph of their own or change
/// the writing direction are escaped as `\u{202e}`; bytes that are not UTF-8 are escaped as `\xff`.
///
/// ```swift
/// printable("a\u{202e}b\n".utf8)      // a\u{202e}b\u{a}
/// ```
public func printable(_ bytes: some Sequence<UInt8>) -> String {
  let bytes = Array(bytes)
  var text = ""
  var place = 0
  var iterator = bytes.makeIterator()
  var parser = Unicode.UTF8.ForwardParser()
  while place < bytes.count {
    switch parser.parseScalar(from: &iterator) {
    case .valid(let encoded):
      let scalar = Unicode.UTF8.decode(encoded)
      text += isPrintable(scalar) ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
      place += encoded.count
    case .error(let length):
      text += bytes[place..<place + length].map { "\\x" + String($0, radix: 16) }.joined()
      place += length
    case .emptyInput:
      return text
    }
  }
  return text
}

/// Whether a scalar has a glyph of its own and leaves its neighbors where they are.
private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
    return false
  default:
    return true
  }
}
