import Glibc
import Ground

/// A text file with a row on each line, read where it lies and one row at a time: a table of
/// millions takes no memory.
///
///     let table = try TextRows(folder, "images.txt")
///     try table.eachRow { row in
///       var words = row.words
///       guard let id = words.integer(), let name = words.rest() else {
///         throw row.error("a number and a path")
///       }
///     }
///
/// Lines may end in LF or CRLF and the file begin with a byte order mark; lines with nothing but
/// space are passed over.
package struct TextRows: Sendable {
  let file: MappedFile
  /// What messages call it: its name below the dataset's folder.
  let name: String

  init(_ folder: Path, _ name: String) throws {
    file = try MappedFile(folder / Path(name))
    self.name = name
  }

  package init(_ file: MappedFile, name: String) { (self.file, self.name) = (file, name) }

  package func eachRow(_ body: (TextRow) throws -> Void) throws {
    try eachRow(in: 0..<file.count, firstLine: 1, body)
  }

  /// The rows of a piece of the file that begins at the start of a line.
  func eachRow(in range: Range<Int>, firstLine: Int, _ body: (TextRow) throws -> Void) throws {
    // A file that was cut since would end the program when it is touched.
    try file.checkUnchanged()
    try file.withBytes { bytes in
      var start = range.lowerBound
      if start == 0, bytes.starts(with: [0xef, 0xbb, 0xbf]) { start = 3 }
      var line = firstLine
      while start < range.upperBound, let base = bytes.baseAddress {
        let left = range.upperBound - start
        let newline = memchr(base + start, 0x0a, left).map { UnsafeRawPointer($0) - base }
        let next = (newline ?? range.upperBound - 1) + 1
        var end = newline ?? range.upperBound
        if end > start, bytes[end - 1] == 0x0d { end -= 1 }
        let content = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        if content.contains(where: { !LineWords.isSpace($0) }) {
          try body(TextRow(bytes: content, table: name, line: line, place: start..<next))
        }
        line += 1
        start = next
      }
    }
  }

  /// Something wrong with the file as a whole.
  func error(_ expected: String, found: String, hint: String? = nil) -> InputError {
    InputError(name, expected: expected, found: found, hint: hint)
  }
}

/// A line of a table; lent for the time of one call.
package struct TextRow {
  package let bytes: UnsafeRawBufferPointer
  package let table: String
  /// From 1.
  package let line: Int
  /// Where it stands in the file, with its end.
  let place: Range<Int>

  var words: LineWords { LineWords(bytes) }

  /// `images.txt line 17: expected a number and a path, found 'x'.`
  func error(_ expected: String, found: String? = nil) -> InputError {
    let more = bytes.count > 80 ? "..." : ""
    return InputError(
      "\(table) line \(line)", expected: expected,
      found: found ?? "'\(printable(bytes.prefix(80)))\(more)'")
  }
}

/// What stands between spaces and tabs, from left to right.
package struct LineWords {
  private var left: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { left = bytes }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }

  mutating func next() -> UnsafeRawBufferPointer? {
    var start = 0
    while start < left.count, LineWords.isSpace(left[start]) { start += 1 }
    var end = start
    while end < left.count, !LineWords.isSpace(left[end]) { end += 1 }
    guard end > start else { return nil }
    let word = UnsafeRawBufferPointer(rebasing: left[start..<end])
    left = UnsafeRawBufferPointer(rebasing: left[end...])
    return word
  }

  mutating func integer() -> Int? { next().flatMap { number(in: $0) } }

  mutating func decimal() -> Double? { next().flatMap { Datasets.decimal(in: $0) } }

  /// All that is left, without the space around it: names have spaces in them. Nil where nothing is.
  func rest() -> UnsafeRawBufferPointer? {
    guard let first = left.firstIndex(where: { !LineWords.isSpace($0) }),
      let last = left.lastIndex(where: { !LineWords.isSpace($0) })
    else { return nil }
    return UnsafeRawBufferPointer(rebasing: left[first...last])
  }

  /// Whether all has been taken.
  var isAtEnd: Bool { rest() == nil }
}

/// A whole number without a sign, that 63 bits hold.
package func number(in bytes: some Collection<UInt8>) -> Int? {
  guard !bytes.isEmpty else { return nil }
  var sum = 0
  for byte in bytes {
    guard (0x30...0x39).contains(byte) else { return nil }
    let (tens, isTooLarge) = sum.multipliedReportingOverflow(by: 10)
    let (next, overflows) = tens.addingReportingOverflow(Int(byte - 0x30))
    guard !isTooLarge, !overflows else { return nil }
    sum = next
  }
  return sum
}

/// A finite decimal number.
///
/// Up to 15 digits and a point are a whole number below 2^53 over a power of ten up to 10^15: both
/// are exact in a Double, so that one division rounds correctly. Everything else goes the long way.
package func decimal(in bytes: some Collection<UInt8>) -> Double? {
  var whole = 0
  var digits = 0
  var scale = 1
  var hasPoint = false
  for byte in bytes {
    if byte == UInt8(ascii: "."), !hasPoint {
      hasPoint = true
    } else if (0x30...0x39).contains(byte), digits < 15 {
      whole = whole * 10 + Int(byte - 0x30)
      digits += 1
      if hasPoint { scale *= 10 }
    } else {
      return slowDecimal(in: bytes)
    }
  }
  return digits > 0 ? Double(whole) / Double(scale) : nil
}

/// The same by the standard library, which also knows signs and exponents; what else it knows,
/// `0x1p3`, is no decimal number.
package func slowDecimal(in bytes: some Collection<UInt8>) -> Double? {
  guard bytes.count <= 64, bytes.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
    let value = Double(String(decoding: bytes, as: UTF8.self)),
    value.isFinite
  else { return nil }
  return value
}
