import Glibc
import Ground

/// A text file with a row on each line. It is memory-mapped and read row by row, so that a table of
/// millions of rows does not fill the memory.
///
///     let table = try TextRows(folder, "images.txt")
///     try table.eachRow { row in
///       var words = row.words
///       guard let id = words.integer(), let name = words.rest() else {
///         throw row.error("a number and a path")
///       }
///     }
///
/// Lines may end in LF or CRLF, and the file may begin with a byte order mark. Blank lines are
/// skipped.
package struct TextRows: Sendable {
  let file: MappedFile
  /// The table's name in messages: its path below the dataset's folder.
  let name: String

  init(_ folder: Path, _ name: String) throws {
    file = try MappedFile(folder / Path(name))
    self.name = name
  }

  package init(_ file: MappedFile, name: String) { (self.file, self.name) = (file, name) }

  package func eachRow(_ body: (TextRow) throws -> Void) throws {
    try eachRow(in: 0..<file.count, firstLine: 1, body)
  }

  /// Calls `body` with the rows in a range of the file. The range begins at the start of a line.
  func eachRow(in range: Range<Int>, firstLine: Int, _ body: (TextRow) throws -> Void) throws {
    // Reading a mapped file that was truncated in the meantime would crash the program.
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

  /// An error about the file as a whole.
  func error(_ expected: String, found: String, hint: String? = nil) -> InputError {
    InputError(name, expected: expected, found: found, hint: hint)
  }
}

/// A line of a table. Its bytes are valid only during the call that it is passed to.
package struct TextRow {
  package let bytes: UnsafeRawBufferPointer
  package let table: String
  /// The line number, from 1.
  package let line: Int
  /// The line's range of bytes in the file, including its line break.
  let place: Range<Int>

  var words: LineWords { LineWords(bytes) }

  /// An error such as `images.txt line 17: expected a number and a path, found 'x'.`
  func error(_ expected: String, found: String? = nil) -> InputError {
    let more = bytes.count > 80 ? "..." : ""
    return InputError(
      "\(table) line \(line)", expected: expected,
      found: found ?? "'\(printable(bytes.prefix(80)))\(more)'")
  }
}

/// The words of a line, separated by spaces and tabs, from left to right.
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

  /// Everything that is left, without the space around it, since names may contain spaces. Nil if
  /// nothing is left.
  func rest() -> UnsafeRawBufferPointer? {
    guard let first = left.firstIndex(where: { !LineWords.isSpace($0) }),
      let last = left.lastIndex(where: { !LineWords.isSpace($0) })
    else { return nil }
    return UnsafeRawBufferPointer(rebasing: left[first...last])
  }

  /// Whether all words have been read.
  var isAtEnd: Bool { rest() == nil }
}

/// Parses a whole number without a sign that fits into 63 bits.
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

/// Parses a finite decimal number.
///
/// Up to 15 digits with a point are a whole number below 2^53 divided by a power of ten up to
/// 10^15. Both are exact in a Double, so a single division rounds correctly. Everything else takes
/// the slow way.
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

/// Parses the number with the standard library, which also knows signs and exponents. Its other
/// forms, such as `0x1p3`, are not decimal numbers and are refused.
package func slowDecimal(in bytes: some Collection<UInt8>) -> Double? {
  guard bytes.count <= 64, bytes.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
    let value = Double(String(decoding: bytes, as: UTF8.self)),
    value.isFinite
  else { return nil }
  return value
}
