import Ground

/// The header of a `.npy` file, as numpy/lib/format.py describes it: a magic word, a version, a
/// length, and a line that would be a dictionary in Python.
///
///     {'descr': '<f4', 'fortran_order': False, 'shape': (14, 14), }
struct NPYHeader {
  /// NumPy's codes for the types of elements, without their byte order.
  static let codes: [(code: String, type: ElementType)] = [
    ("f4", .f32), ("f8", .f64), ("f2", .f16), ("i8", .i64), ("i4", .i32), ("i2", .i16),
    ("i1", .i8), ("u1", .u8), ("b1", .bool),
  ]

  let type: ElementType
  /// Whether the high byte of each number comes first.
  let isSwapped: Bool
  let isFortran: Bool
  let shape: [Int]
  /// The number of bytes before the data.
  let count: Int

  init(_ bytes: UnsafeRawBufferPointer, _ place: String) throws {
    guard bytes.count >= 10, bytes.starts(with: Signature.npy) else {
      throw InputError(place, expected: "a .npy file", found: "something else")
    }
    let version = bytes[6]
    let start = version == 1 ? 10 : 12
    guard (1...3).contains(version), bytes[7] == 0, bytes.count >= start else {
      throw InputError(
        place, expected: "version 1.0, 2.0 or 3.0 of .npy", found: "\(version).\(bytes[7])")
    }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= 1 << 16, length <= bytes.count - start else {
      throw InputError(
        place, expected: "a header within the file and 65536 bytes", found: "one of \(length)")
    }
    count = start + length
    var line = NPYLine(bytes: Array(bytes[start..<start + length]), place: place)
    var fields = try line.fields()
    guard case .text(let code)? = fields.removeValue(forKey: "descr"),
      case .truth(let isFortran)? = fields.removeValue(forKey: "fortran_order"),
      case .sizes(let shape)? = fields.removeValue(forKey: "shape"), fields.isEmpty
    else {
      throw InputError(
        place, expected: "'descr', 'fortran_order' and 'shape'", found: "other fields or values")
    }
    (type, isSwapped) = try NPYHeader.elements(code, place)
    self.isFortran = isFortran
    self.shape = shape
  }

  private static func elements(_ code: String, _ place: String) throws -> (ElementType, Bool) {
    let order = code.first ?? " "
    if let type = codes.first(where: { $0.code == code.dropFirst() })?.type,
      "<>".contains(order) || (order == "|" && type.bits == 8)
    {
      return (type, order == ">")
    }
    throw InputError(
      place, expected: "numbers of a type that is read",
      found: code.dropFirst() == "O"
        ? "Python objects, which only a pickle could give" : "'\(printable(code.utf8.prefix(40)))'")
  }
}

/// The line of a header: a dictionary of texts, truth values and tuples of whole numbers, and
/// nothing else.
private struct NPYLine {
  enum Value {
    case text(String)
    case truth(Bool)
    case sizes([Int])
  }

  let bytes: [UInt8]
  let place: String
  var position = 0

  mutating func fields() throws -> [String: Value] {
    var fields: [String: Value] = [:]
    try need("{")
    while !take("}") {
      guard case .text(let key) = try value() else { throw error("a key in quotes") }
      try need(":")
      guard fields.updateValue(try value(), forKey: key) == nil else {
        throw error("each key once")
      }
      if !take(",") {
        try need("}")
        break
      }
    }
    skipSpace()
    // The padding ends with a line break.
    if position < bytes.count, bytes[position] == 0x0a { position += 1 }
    guard position == bytes.count else { throw error("the end of the header") }
    return fields
  }

  private mutating func value() throws -> Value {
    if take("True") { return .truth(true) }
    if take("False") { return .truth(false) }
    if take("(") { return .sizes(try sizes()) }
    for quote in ["'", "\""] where take(quote) {
      let rest = bytes[position...]
      guard let end = rest.firstIndex(of: quote.utf8.first ?? 0),
        let text = String(validating: rest[..<end], as: UTF8.self), !text.contains("\\")
      else { throw error("a plain text in quotes") }
      position = end + 1
      return .text(text)
    }
    throw error("a text, True, False or a tuple of sizes")
  }

  private mutating func sizes() throws -> [Int] {
    var sizes: [Int] = []
    while !take(")") {
      skipSpace()
      let digits = bytes[position...].prefix { (0x30...0x39).contains($0) }
      guard let size = Int(String(decoding: digits, as: UTF8.self)), sizes.count < 64 else {
        throw error("sizes that 64 bits can count")
      }
      position += digits.count
      sizes.append(size)
      if !take(",") {
        try need(")")
        break
      }
    }
    return sizes
  }

  private mutating func skipSpace() {
    while position < bytes.count, bytes[position] == 0x20 { position += 1 }
  }

  private mutating func take(_ text: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: text.utf8) else { return false }
    position += text.utf8.count
    return true
  }

  private mutating func need(_ text: String) throws {
    if !take(text) { throw error("'\(text)'") }
  }

  private func error(_ expected: String) -> InputError {
    let rest = bytes[position...].prefix(20)
    return InputError(
      "\(place) header byte \(position)", expected: expected,
      found: rest.isEmpty ? "the end" : "'\(printable(rest))'")
  }
}
