extension JSON {
  /// Reads one value, with nothing after it but white space, as strictly as RFC 8259 defines it.
  /// The text must be UTF-8. An object that has a key twice is refused, since readers differ in
  /// which of the two they take. Keys that differ only in how their accents are composed count as
  /// the same.
  ///
  ///     config.json line 3, column 7: expected ',' or '}', found '"'.
  ///
  /// - Parameter repeating: How many levels of objects, from the outermost, may have a key twice.
  ///   The last value of the key then counts.
  public init(
    parsing text: some Collection<UInt8>, place: String, depth: Int = 64, repeating: Int = 0
  ) throws {
    let value = try text.withContiguousStorageIfAvailable { text in
      var parser = JSONParser(bytes: text, place: place, deepest: depth, repeating: repeating)
      return try parser.document()
    }
    self =
      try value
      ?? JSON(parsing: Array(text), place: place, depth: depth, repeating: repeating)
  }

  /// Reads a JSON file, which messages name by its last component.
  public init(file path: Path, limit: Int = 1 << 24) throws {
    try self.init(
      parsing: path.read(limit: limit), place: path.lastComponent.description)
  }
}

/// A parser that makes one pass over the bytes.
struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  let place: String
  let deepest: Int
  let repeating: Int
  var position = 0
  var level = 0

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func document() throws -> JSON {
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) {
      throw error("a value", found: "a byte order mark")
    }
    skipSpace()
    let value = try value()
    skipSpace()
    if next != nil { throw error("the end of the text") }
    return value
  }

  mutating func value() throws -> JSON {
    guard let next else { throw error("a value") }
    switch next {
    case UInt8(ascii: "{"): return .object(try nested { try $0.members() })
    case UInt8(ascii: "["): return .array(try nested { try $0.elements() })
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error("a value")
    }
  }

  /// Reads what is between two brackets, of which the opening one is next.
  mutating func nested<Content>(
    _ content: (inout JSONParser) throws -> Content
  ) throws -> Content {
    guard level < deepest else {
      throw error("at most \(deepest) levels", found: "one more")
    }
    level += 1
    position += 1
    skipSpace()
    let result = try content(&self)
    level -= 1
    return result
  }

  mutating func members() throws -> [JSON.Member] {
    var members: [JSON.Member] = []
    var places: [String: Int] = [:]
    if take("}") { return members }
    while true {
      guard next == UInt8(ascii: "\"") else { throw error("a key in quotes") }
      let start = position
      let key = try string()
      // Comparing a key with a few others is quicker than hashing it. With more keys, hashing keeps
      // the time from growing with their square.
      let former: Int?
      if members.count < 8 {
        former = members.firstIndex { $0.key == key }
      } else {
        if places.isEmpty {
          for (place, member) in members.enumerated() { places[member.key] = place }
        }
        former = places.updateValue(members.count, forKey: key)
      }
      guard former == nil || level <= repeating else {
        position = start
        throw error("each key once", found: "'\(printable(key.utf8.prefix(80)))' again")
      }
      skipSpace()
      guard take(":") else { throw error("':'") }
      skipSpace()
      let member = JSON.Member(key, try value())
      if let former {
        members[former] = member
        if members.count >= 8 { places[key] = former }
      } else {
        members.append(member)
      }
      skipSpace()
      if take("}") { return members }
      guard take(",") else { throw error("',' or '}'") }
      skipSpace()
    }
  }

  mutating func elements() throws -> [JSON] {
    var elements: [JSON] = []
    if take("]") { return elements }
    while true {
      elements.append(try value())
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw error("',' or ']'") }
      skipSpace()
    }
  }

  mutating func word(_ word: StaticString, _ value: JSON) throws -> JSON {
    for index in 0..<word.utf8CodeUnitCount {
      guard next == word.utf8Start[index] else { throw error("a value") }
      position += 1
    }
    return value
  }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
      position += 1
    }
  }

  mutating func take(_ mark: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  func error(_ expected: String, found: String? = nil) -> InputError {
    let before = bytes[..<position]
    let line = before.count { $0 == 0x0a } + 1
    let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    // Continuation bytes of UTF-8 are not columns of their own.
    let column = bytes[start..<position].count { $0 & 0xc0 != 0x80 } + 1
    return InputError(
      "\(place) line \(line), column \(column)", expected: expected, found: found ?? here)
  }

  /// The character at the current position, as messages show it.
  private var here: String {
    guard let first = next else { return "the end of the text" }
    let length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    return "'\(printable(bytes[position..<min(bytes.count, position + length)]))'"
  }
}
