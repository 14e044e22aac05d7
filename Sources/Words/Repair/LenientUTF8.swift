/// Decodes UTF-8, including what some programs write by mistake: a surrogate pair as two times
/// three bytes (CESU-8), and U+0000 as C0 80 (Java). Everything else must be correct; otherwise the
/// result is nil.
///
///     decodingUTF8([0xed, 0xa0, 0xbd, 0xed, 0xb0, 0xa6])      // 🐦
///     decodingUTF8([0xff])                                    // nil
func decodingUTF8(_ bytes: [UInt8]) -> Scalars? {
  var result: Scalars = []
  result.reserveCapacity(bytes.count)
  var place = 0
  while place < bytes.count {
    if let (scalar, length) = lenient(bytes, at: place) ?? strict(bytes, at: place) {
      result.append(scalar)
      place += length
    } else {
      return nil
    }
  }
  return result
}

/// ftfy finds these sequences with patterns that end in `$`, which also matches before a line break
/// at the very end of a text. There and here, such a line break therefore passes for the last byte.
private func lenient(_ bytes: [UInt8], at place: Int) -> (Unicode.Scalar, Int)? {
  let rest = bytes[place...].prefix(6)
  let first = rest[place]
  guard first == 0xc0 || first == 0xed, rest.count > 1 else { return nil }
  func isLast(_ offset: Int) -> Bool {
    rest[place + offset] & 0xc0 == 0x80
      || rest[place + offset] == 0x0a && place + offset == bytes.count - 1
  }
  if first == 0xc0 {
    return rest[place + 1] == 0x80 || isLast(1) && rest[place + 1] == 0x0a ? ("\0", 2) : nil
  }
  guard rest.count == 6, rest[place + 1] & 0xf0 == 0xa0, rest[place + 2] & 0xc0 == 0x80,
    rest[place + 3] == 0xed, rest[place + 4] & 0xf0 == 0xb0, isLast(5)
  else { return nil }
  func bits(_ offset: Int, _ mask: UInt8) -> UInt32 { UInt32(rest[place + offset] & mask) }
  let value =
    0x10000 + (bits(1, 0x0f) << 16 | bits(2, 0x3f) << 10 | bits(4, 0x0f) << 6 | bits(5, 0x3f))
  return Unicode.Scalar(value).map { ($0, 6) }
}

private func strict(_ bytes: [UInt8], at place: Int) -> (Unicode.Scalar, Int)? {
  if bytes[place] < 0x80 { return (Unicode.Scalar(bytes[place]), 1) }
  var iterator = bytes[place...].prefix(4).makeIterator()
  var parser = Unicode.UTF8.ForwardParser()
  guard case .valid(let encoded) = parser.parseScalar(from: &iterator) else { return nil }
  return (Unicode.UTF8.decode(encoded), encoded.count)
}
