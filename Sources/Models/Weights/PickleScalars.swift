import Ground

/// Numbers, texts and names.
extension PickleMachine {
  mutating func byte() throws -> UInt8 {
    guard position < bytes.count else { throw error("an instruction", found: "the end") }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard position <= bytes.count, count <= bytes.count - position else {
      throw error("\(count) bytes", found: "the end")
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func count(_ size: Int) throws -> Int {
    try take(size).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Returns a signed number of up to 8 bytes, the last of which has the sign.
  func signed(_ bytes: ArraySlice<UInt8>) -> Int {
    let negative = bytes.last.map { $0 >= 0x80 } ?? false
    return bytes.reversed().reduce(negative ? -1 : 0) { $0 << 8 | Int($1) }
  }

  mutating func longInteger(count: Int) throws -> Pickled {
    let bytes = try take(count)
    return count <= 8 ? .integer(signed(bytes)) : .opaque
  }

  mutating func text(count: Int) throws -> Pickled {
    guard count <= 1 << 20 else {
      throw error("a text of at most 1048576 bytes", found: "one of \(count)")
    }
    return try String(validating: take(count), as: UTF8.self).map(Pickled.text) ?? .opaque
  }

  mutating func line() throws -> String {
    let rest = bytes[min(position, bytes.count)...].prefix(1024)
    guard let end = rest.firstIndex(of: 0x0a),
      let text = String(validating: rest[..<end], as: UTF8.self)
    else { throw error("a name in one line", found: "something else") }
    position = end + 1
    return text
  }

  func integers(_ value: Pickled) -> [Int]? {
    guard case .tuple(let places) = value, places.count <= 64 else { return nil }
    var integers: [Int] = []
    for place in places {
      guard case .integer(let integer) = values[place] else { return nil }
      integers.append(integer)
    }
    return integers
  }

  func error(_ expected: String, found: String) -> InputError {
    InputError("\(place) byte \(position)", expected: expected, found: found)
  }
}
