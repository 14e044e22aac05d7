import Ground

/// One pass over the elements of a MATLAB file. An element is a tag with its type and number of
/// bytes, followed by the bytes, padded to a multiple of 8. Up to 4 bytes may be stored in the tag
/// itself.
struct MATReader {
  private let bytes: UnsafeRawBufferPointer
  private let name: String
  private let isSwapped: Bool
  private var place: Int
  private let depth: Int
  /// The number of bytes of variables that may still be read.
  private var left = MATReader.limit

  /// The most bytes that all variables of a file may have when unpacked. The largest of the
  /// datasets in this form has 10 MB. As Swift values, the variables may take about ten times as
  /// much memory.
  static let limit = 1 << 26

  /// The types of elements that contain others. All other types are numbers.
  private static let matrix = 14
  private static let compressed = 15

  /// Starts after the header of 128 bytes, which holds a text, the version, and `MI` in the
  /// writer's byte order.
  init(file bytes: UnsafeRawBufferPointer, name: String) throws {
    guard bytes.count >= 128, bytes.starts(with: "MATLAB".utf8) else {
      throw InputError(
        name, expected: "a MATLAB file of version 5 to 7",
        found: "bytes that begin with '\(printable(bytes.prefix(8)))'")
    }
    let marks = [bytes[126], bytes[127]]
    let isBig = marks == Array("MI".utf8)
    let version = isBig ? bytes[124] : bytes[125]
    guard isBig || marks == Array("IM".utf8), version == 1 else {
      throw InputError(
        name, expected: "a MATLAB file of version 5 to 7", found: "another version",
        hint: version == 2 ? "save it with -v7" : nil)
    }
    self.init(bytes, name: name, isSwapped: isBig, at: 128, depth: 0)
  }

  private init(
    _ bytes: UnsafeRawBufferPointer, name: String, isSwapped: Bool, at place: Int, depth: Int
  ) {
    (self.bytes, self.name, self.isSwapped) = (bytes, name, isSwapped)
    (self.place, self.depth) = (place, depth)
  }

  private var isAtEnd: Bool { place >= bytes.count }

  private func damaged(_ found: String) -> InputError {
    InputError(
      name, expected: "an undamaged MATLAB file", found: found, hint: "the file may be damaged")
  }

  /// A reader for the content of an element.
  private func inside(_ content: UnsafeRawBufferPointer) throws -> MATReader {
    guard depth < 16 else {
      throw InputError(name, expected: "at most 16 levels of cells and structs", found: "one more")
    }
    return MATReader(content, name: name, isSwapped: isSwapped, at: 0, depth: depth + 1)
  }

  // MARK: Elements

  private func word(_ place: Int) throws -> UInt32 {
    guard place + 4 <= bytes.count else { throw damaged("the end of the file within an element") }
    let word = bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)
    return isSwapped ? UInt32(bigEndian: word) : UInt32(littleEndian: word)
  }

  private mutating func element() throws -> (type: Int, content: UnsafeRawBufferPointer) {
    let tag = try word(place)
    // In a small element, the upper half of the first word is the number of bytes.
    if tag >> 16 != 0 {
      let count = Int(tag >> 16)
      guard count <= 4, place + 8 <= bytes.count else { throw damaged("an invalid tag") }
      let content = UnsafeRawBufferPointer(rebasing: bytes[place + 4..<place + 4 + count])
      place += 8
      return (Int(tag & 0xffff), content)
    }
    let count = Int(try word(place + 4))
    let start = place + 8
    guard count <= bytes.count - start else {
      throw damaged("an element that extends beyond the end")
    }
    // Only compressed elements are not padded to a multiple of 8 bytes.
    let padded = tag == MATReader.compressed ? count : (count + 7) / 8 * 8
    place = min(bytes.count, start + padded)
    return (Int(tag), UnsafeRawBufferPointer(rebasing: bytes[start..<start + count]))
  }

  /// The next variable of a file; nil at the end.
  mutating func variable() throws -> (name: String, value: MATValue)? {
    while !isAtEnd {
      let (type, content) = try element()
      if type == MATReader.matrix {
        try take(content.count)
        return try inside(content).array()
      }
      guard type == MATReader.compressed else { continue }
      // The packed element begins with its tag, which gives the size of the unpacked content.
      guard let start = inflated(content, limit: 8), start.count == 8 else {
        throw damaged("compressed data that cannot be unpacked")
      }
      let count = try start.withUnsafeBytes { try inside($0).word(4) }
      try take(Int(count))
      guard let unpacked = inflated(content, limit: 8 + Int(count)),
        unpacked.count == 8 + Int(count)
      else { throw damaged("compressed data that cannot be unpacked") }
      let value = try unpacked.withUnsafeBytes { bytes -> (name: String, value: MATValue)? in
        var reader = try inside(bytes)
        let (type, content) = try reader.element()
        return type == MATReader.matrix ? try reader.inside(content).array() : nil
      }
      if let value { return value }
    }
    return nil
  }

  /// Counts bytes against the limit, since a small file can unpack to any size, variable by
  /// variable.
  private mutating func take(_ count: Int) throws {
    left -= count
    guard left >= 0 else {
      throw InputError(
        name, expected: "variables of at most \(MATReader.limit) bytes in all",
        found: "\(MATReader.limit - left) or more")
    }
  }

  // MARK: Arrays

  /// Reads an array: flags with its class, dimensions, name, and the content that its class needs.
  private func array() throws -> (name: String, value: MATValue) {
    // MATLAB writes an empty array as no bytes at all.
    if bytes.isEmpty { return ("", .numbers([])) }
    var reader = self
    let flags = try reader.element().content
    guard flags.count >= 4 else { throw damaged("an array without a class") }
    let kind = Int(isSwapped ? flags[3] : flags[0])
    let dimensions = try reader.numbers()
    let variable = printable(try reader.element().content)
    var count = 1
    for dimension in dimensions {
      guard dimension >= 0, dimension <= 1e9 else { throw damaged("an invalid dimension") }
      let (product, overflows) = count.multipliedReportingOverflow(by: Int(dimension))
      guard !overflows else { throw damaged("an array that is too large") }
      count = product
    }
    return (variable, try reader.content(kind, count, rows: Int(dimensions.first ?? 0)))
  }

  private mutating func content(_ kind: Int, _ count: Int, rows: Int) throws -> MATValue {
    switch kind {
    case 1: return .cells(try values(count))
    case 2: return try records(count)
    case 4:
      // Letters are stored column by column, so several rows of them are a table rather than a
      // text.
      return rows > 1 && count > rows
        ? .other("a table of letters") : .text(try letters(count))
    case 6...15:
      let numbers = try self.numbers()
      guard numbers.count == count else {
        throw damaged("\(numbers.count) numbers where there should be \(count)")
      }
      return .numbers(numbers)
    case 3, 17: return .other("an object")
    case 5: return .other("a sparse matrix")
    default: return .other("something unknown")
    }
  }

  private mutating func values(_ count: Int) throws -> [MATValue] {
    // Each value takes at least its tag of 8 bytes, so a larger count is refused before memory is
    // reserved.
    guard count <= (bytes.count - min(place, bytes.count)) / 8 else {
      throw damaged("more values than bytes")
    }
    return try (0..<count).map { _ in
      let (type, content) = try element()
      guard type == MATReader.matrix else { throw damaged("a value that is no array") }
      return try inside(content).array().value
    }
  }

  private mutating func records(_ count: Int) throws -> MATValue {
    guard let length = try numbers().first.flatMap({ Int(exactly: $0) }), length > 0 else {
      throw damaged("names of fields without a length")
    }
    let content = try element().content
    let names = stride(from: 0, to: content.count / length * length, by: length).map { start in
      printable(content[start..<start + length].prefix { $0 != 0 })
    }
    // `struct()` has one element without fields.
    if names.isEmpty { return .records([], []) }
    let (total, overflows) = count.multipliedReportingOverflow(by: names.count)
    guard !overflows else { throw damaged("an invalid struct") }
    let values = try self.values(total)
    return .records(
      names, (0..<count).map { Array(values[$0 * names.count..<($0 + 1) * names.count]) })
  }
}

extension MATReader {
  /// Reads numbers of any type as doubles.
  private mutating func numbers() throws -> [Double] {
    let (type, content) = try element()
    func read<Value: FixedWidthInteger>(_: Value.Type, _ make: (Value) -> Double) -> [Double] {
      let size = MemoryLayout<Value>.size
      return stride(from: 0, through: content.count - size, by: size).map {
        let value = content.loadUnaligned(fromByteOffset: $0, as: Value.self)
        return make(isSwapped ? Value(bigEndian: value) : Value(littleEndian: value))
      }
    }
    switch type {
    case 1: return read(Int8.self) { Double($0) }
    case 2: return read(UInt8.self) { Double($0) }
    case 3: return read(Int16.self) { Double($0) }
    case 4: return read(UInt16.self) { Double($0) }
    case 5: return read(Int32.self) { Double($0) }
    case 6: return read(UInt32.self) { Double($0) }
    case 7: return read(UInt32.self) { Double(Float(bitPattern: $0)) }
    case 9: return read(UInt64.self) { Double(bitPattern: $0) }
    case 12: return read(Int64.self) { Double($0) }
    case 13: return read(UInt64.self) { Double($0) }
    default: throw damaged("numbers of type \(type)")
    }
  }

  /// Reads a text of UTF-8 bytes or UTF-16 units, as the element's type says.
  private mutating func letters(_ count: Int) throws -> String {
    if count == 0 { return "" }
    let (type, content) = try element()
    switch type {
    case 1, 2, 16: return String(decoding: content, as: UTF8.self)
    case 4, 17:
      let units = stride(from: 0, through: content.count - 2, by: 2).map {
        let unit = content.loadUnaligned(fromByteOffset: $0, as: UInt16.self)
        return isSwapped ? UInt16(bigEndian: unit) : UInt16(littleEndian: unit)
      }
      return String(decoding: units, as: UTF16.self)
    default: throw damaged("letters of type \(type)")
    }
  }
}
