/// The central directory at the end of a zip file, which lists the entries.
struct ZipDirectory {
  let file: ZipBytes
  private var position: Int
  private let end: Int
  private let count: Int

  /// Finds the directory by the record at the very end of the file.
  init(_ file: ZipBytes) throws {
    self.file = file
    // The record has 22 bytes and a comment of at most 65,535.
    let last = file.bytes.count - 22
    let first = max(0, last - 0xffff)
    guard last >= 0,
      let record = try stride(from: last, through: first, by: -1).first(where: { offset in
        file.bytes[offset] == 0x50
          ? try file.u32(offset) == 0x0605_4b50 && file.u16(offset + 20) == last - offset : false
      })
    else { throw file.damaged("no directory at the end") }
    let disks = try [file.u16(record + 4), file.u16(record + 6)]
    let here = try file.u16(record + 8)
    var count = try file.u16(record + 10)
    var size = try file.u32(record + 12)
    var start = try file.u32(record + 16)
    guard disks == [0, 0], here == count else { throw file.damaged("one of several disks") }
    var limit = record
    if record >= 20, try file.u32(record - 20) == 0x0706_4b50 {
      let wide = try file.u64(record - 12)
      guard wide <= record - 20, try file.slice(wide, count: 56).count == 56,
        try file.u32(wide) == 0x0606_4b50
      else { throw file.damaged("no ZIP64 record where one is announced") }
      (count, size, start) = try (file.u64(wide + 32), file.u64(wide + 40), file.u64(wide + 48))
      limit = wide
    }
    guard count <= 100_000 else {
      throw InputError(file.place, expected: "at most 100000 entries", found: "\(count)")
    }
    guard start <= limit, size <= limit - start else {
      throw file.damaged("a directory that extends beyond the end")
    }
    self.count = count
    position = start
    end = start + size
  }

  mutating func entries() throws -> [ZipEntry] {
    let directory = position
    var entries: [ZipEntry] = []
    var spans: [Range<Int>] = []
    for _ in 0..<count {
      let (entry, header) = try next()
      entries.append(entry)
      spans.append(header..<entry.stored.upperBound)
    }
    guard position == end else { throw file.damaged("a directory of the wrong length") }
    spans.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    for (span, following) in zip(spans, spans.dropFirst() + [directory..<directory])
    where span.upperBound > following.lowerBound {
      throw file.damaged("entries that overlap")
    }
    return entries
  }

  /// Reads the next entry and returns it with the place of its local header.
  private mutating func next() throws -> (ZipEntry, header: Int) {
    guard position <= end - 46, try file.u32(position) == 0x0201_4b50 else {
      throw file.damaged("a directory that ends early")
    }
    let flags = try file.u16(position + 8)
    let method = try file.u16(position + 10)
    var packed = try file.u32(position + 20)
    var count = try file.u32(position + 24)
    let nameCount = try file.u16(position + 28)
    let extraCount = try file.u16(position + 30)
    let commentCount = try file.u16(position + 32)
    var header = try file.u32(position + 42)
    let nameBytes = try file.slice(position + 46, count: nameCount)
    let name = try checkedName(nameBytes)
    var place: String { "\(file.place) entry '\(printable(nameBytes))'" }
    let extra = position + 46 + nameCount
    guard extra + extraCount + commentCount <= end else {
      throw file.damaged("a directory that ends early")
    }
    try readWideNumbers(extra..<extra + extraCount, &count, &packed, &header)
    guard flags & 1 == 0 else {
      throw InputError(place, expected: "plain data", found: "encrypted data")
    }
    guard method == 0 || method == 8 else {
      throw InputError(
        place, expected: "a stored or deflated entry", found: "compression method \(method)")
    }
    guard method == 8 || packed == count else {
      throw InputError(place, expected: "\(count) bytes stored", found: "\(packed)")
    }
    guard try file.slice(header, count: 30).count == 30, try file.u32(header) == 0x0403_4b50,
      try file.u16(header + 8) == method, try file.u16(header + 26) == nameCount,
      try file.slice(header + 30, count: nameCount).elementsEqual(nameBytes)
    else {
      throw InputError(
        place, expected: "the same name and method at the data as in the directory",
        found: "different ones")
    }
    let start = header + 30 + nameCount + (try file.u16(header + 28))
    _ = try file.slice(start, count: packed)
    position = extra + extraCount + commentCount
    return (
      ZipEntry(
        name: name, isDeflated: method == 8, stored: start..<start + packed, count: count), header
    )
  }

  /// Replaces numbers whose 32 bits are all ones by those in the extra field of kind 1, which has
  /// them with 64 bits and in this order.
  private func readWideNumbers(
    _ extra: Range<Int>, _ count: inout Int, _ packed: inout Int, _ header: inout Int
  ) throws {
    var field = extra.lowerBound
    while field + 4 <= extra.upperBound {
      let kind = try file.u16(field)
      let length = try file.u16(field + 2)
      var place = field + 4
      guard place + length <= extra.upperBound else {
        throw file.damaged("an incomplete extra field")
      }
      let fieldEnd = place + length
      field = fieldEnd
      guard kind == 1 else { continue }
      func widen(_ number: inout Int) throws {
        guard number == 0xffff_ffff else { return }
        guard place + 8 <= fieldEnd else { throw file.damaged("an incomplete extra field") }
        number = try file.u64(place)
        place += 8
      }
      try widen(&count)
      try widen(&packed)
      try widen(&header)
      return
    }
  }

  /// Names are looked up and never opened, but a name that leads out of the archive is a sign of
  /// malice.
  private func checkedName(_ bytes: Slice<UnsafeRawBufferPointer>) throws -> String {
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard let name = String(validating: bytes, as: UTF8.self), !bytes.isEmpty,
      parts.first?.isEmpty != true, !bytes.contains(0),
      !parts.contains(where: { $0.elementsEqual("..".utf8) })
    else {
      throw InputError(
        file.place, expected: "entries with names inside the archive",
        found: "'\(printable(bytes.prefix(100)))'")
    }
    return name
  }
}

/// The bytes of a zip file. Every access is checked to lie within them.
struct ZipBytes {
  let bytes: UnsafeRawBufferPointer
  let place: String

  func number<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) throws -> Int {
    guard offset >= 0, bytes.count >= MemoryLayout<Value>.size,
      offset <= bytes.count - MemoryLayout<Value>.size
    else { throw damaged("a file that ends before its parts do") }
    let value = Value(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Value.self))
    guard let number = Int(exactly: value) else { throw damaged("a number beyond 63 bits") }
    return number
  }

  func u16(_ offset: Int) throws -> Int { try number(UInt16.self, at: offset) }
  func u32(_ offset: Int) throws -> Int { try number(UInt32.self, at: offset) }
  func u64(_ offset: Int) throws -> Int { try number(UInt64.self, at: offset) }

  func slice(_ start: Int, count: Int) throws -> Slice<UnsafeRawBufferPointer> {
    guard start >= 0, count >= 0, start <= bytes.count, count <= bytes.count - start else {
      throw damaged("a file that ends before its parts do")
    }
    return bytes[start..<start + count]
  }

  func damaged(_ found: String) -> InputError {
    InputError(
      place, expected: "an undamaged zip archive", found: found, hint: "the file may be damaged")
  }
}

/// What the directory says about one file in the archive.
package struct ZipEntry: Sendable {
  package let name: String
  package let isDeflated: Bool
  /// Where the stored bytes of the file lie in the archive.
  package let stored: Range<Int>
  /// The number of bytes once unpacked.
  package let count: Int
}
