import Ground

/// One pass over the members of a tar archive, which finds the range of bytes of each file.
///
/// A name may be stored in four ways: in 100 bytes of the header; with a prefix of 155 more bytes
/// (POSIX ustar); in a separate member before the file (GNU, kind `L`); or in the settings before
/// the file (pax, kind `x`). Sizes are octal, or binary if the first bit is set (GNU). Links,
/// folders and the like are skipped. No content follows their headers, whatever size these give: a
/// folder's size limits what may lie in it, and a link's is that of the linked file (POSIX.1-2001,
/// pax, ustar format).
package struct TarReader {
  private let bytes: UnsafeRawBufferPointer
  private let place: String
  private var position = 0

  package struct Member {
    package let name: [UInt8]
    package let content: Range<Int>
  }

  package init(_ bytes: UnsafeRawBufferPointer, place: String) throws {
    (self.bytes, self.place) = (bytes, place)
    if bytes.starts(with: [0x1f, 0x8b]) {
      throw InputError(
        place, expected: "a plain tar archive", found: "one packed by gzip",
        hint: "unpack it with gunzip, so that its members can be read one by one")
    }
  }

  private func damaged(_ found: String) -> InputError {
    InputError(
      place, expected: "an undamaged tar archive", found: "\(found) at byte \(position)",
      hint: "the file may be damaged or cut short")
  }

  /// The next regular file; nil at the end.
  package mutating func next() throws -> Member? {
    var longName: [UInt8]?
    var longSize: Int?
    // Archives end with blocks of zeros, but some writers leave them out.
    while position < bytes.count {
      guard bytes.count - position >= 512 else { throw damaged("an incomplete header") }
      let header = UnsafeRawBufferPointer(rebasing: bytes[position..<position + 512])
      if header.allSatisfy({ $0 == 0 }) { return nil }
      try check(header)
      let kind = header[156]
      guard var size = number(header[124..<136]) else { throw damaged("an invalid size") }
      let isPlain = kind == 0 || kind == UInt8(ascii: "0") || kind == UInt8(ascii: "7")
      let isAboutNext = "xgLK".utf8.contains(kind)
      if !isAboutNext, let longSize { size = longSize }
      if (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(kind) { size = 0 }
      let start = position + 512
      guard size <= bytes.count - start else {
        throw damaged("a member that extends beyond the end")
      }
      let content = start..<start + size
      let (blocks, rest) = size.quotientAndRemainder(dividingBy: 512)
      let next = min(bytes.count, start + (blocks + (rest > 0 ? 1 : 0)) * 512)
      switch kind {
      case UInt8(ascii: "L"):
        longName = Array(bytes[content].prefix { $0 != 0 })
      case UInt8(ascii: "x"):
        try settings(bytes[content], &longName, &longSize)
      case _ where isPlain:
        let name = longName ?? shortName(header)
        guard name.staysInside else {
          throw InputError(
            place, expected: "members with names inside the archive",
            found: "'\(printable(name.prefix(200)))'")
        }
        position = next
        return Member(name: name, content: content)
      case _ where isAboutNext: break
      default: (longName, longSize) = (nil, nil)
      }
      position = next
    }
    return nil
  }

  /// Checks the sum of a header's bytes, in which the bytes of the checksum itself count as spaces.
  private func check(_ header: UnsafeRawBufferPointer) throws {
    var sum = 0
    for (index, byte) in header.enumerated() {
      sum += (148..<156).contains(index) ? 0x20 : Int(byte)
    }
    guard number(header[148..<156]) == sum else { throw damaged("a header with a wrong checksum") }
  }

  private func number(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard let first = field.first else { return nil }
    if first & 0x80 != 0 {
      var value = Int(first & 0x3f)
      // If the second bit is set, the number is negative.
      guard first & 0x40 == 0 else { return nil }
      for byte in field.dropFirst() {
        guard value < 1 << 54 else { return nil }
        value = value << 8 | Int(byte)
      }
      return value
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0x20 && $0 != 0 }
    var value = 0
    for digit in digits {
      guard (0x30...0x37).contains(digit) else { return nil }
      value = value << 3 | Int(digit - 0x30)
    }
    return value
  }

  private func shortName(_ header: UnsafeRawBufferPointer) -> [UInt8] {
    let name = Array(header[0..<100].prefix { $0 != 0 })
    // In GNU's own header, the place of the prefix holds something else.
    guard header[257..<263].elementsEqual("ustar\0".utf8), header[345] != 0 else { return name }
    return Array(header[345..<500].prefix { $0 != 0 }) + [UInt8(ascii: "/")] + name
  }

  /// Reads settings that apply to the next member. Each consists of its own length, a space, a key,
  /// `=`, a value and a line break: `27 path=a/very/long/name\n`.
  private func settings(
    _ bytes: Slice<UnsafeRawBufferPointer>, _ name: inout [UInt8]?, _ size: inout Int?
  ) throws {
    var rest = bytes
    // Some writers pad the block with zeros inside the settings.
    while let first = rest.first, first != 0 {
      let digits = rest.prefix { $0 != 0x20 }
      guard digits.count <= 12, let length = Datasets.number(in: digits),
        length > digits.count + 1, length <= rest.count
      else { throw damaged("invalid settings") }
      let setting = rest.prefix(length).dropFirst(digits.count + 1).dropLast()
      if let equals = setting.firstIndex(of: UInt8(ascii: "=")) {
        let value = setting[(equals + 1)...]
        if setting[..<equals].elementsEqual("path".utf8) { name = Array(value) }
        if setting[..<equals].elementsEqual("size".utf8) {
          guard let number = Datasets.number(in: value) else {
            throw damaged("an invalid size")
          }
          size = number
        }
      }
      rest = rest.dropFirst(length)
    }
  }
}
