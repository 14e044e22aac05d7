import Encoders

/// A CSV file with the names of its columns in the first row, as RFC 4180 has it: fields between
/// commas, those with commas, quotes or line breaks in quotes, a quote inside as two.
///
///     let table = try CSVRows(folder, "manifest.csv")
///     let path = try table.column("path")
///     try table.eachRow { row in print(row[path]) }
///
/// Beyond the RFC, lines may end in LF alone, a byte order mark is passed over, and so are lines
/// with nothing in them.
package struct CSVRows: Sendable {
  let file: MappedFile
  let name: String
  /// The first row.
  package let columns: [String]

  /// - Parameter columns: What the columns are called in a file that does not say so.
  init(_ folder: Path, _ name: String, columns: [String]? = nil) throws {
    let file = try MappedFile(folder / Path(name))
    try self.init(file, name: name, columns: columns)
  }

  package init(_ file: MappedFile, name: String, columns: [String]? = nil) throws {
    (self.file, self.name) = (file, name)
    if let columns {
      self.columns = columns
      return
    }
    var first: [String]?
    try file.checkUnchanged()
    try file.withBytes { bytes in
      var reader = CSVReader(bytes, table: name)
      if let row = try reader.next() { first = row.fields.indices.map(row.text) }
    }
    guard let first else {
      throw InputError(name, expected: "a row with names of columns", found: "nothing but space")
    }
    self.columns = first
  }

  /// Which column has a name; capitals do not matter.
  func find(_ wanted: String) -> Int? {
    columns.firstIndex { $0.lowercased() == wanted }
  }

  package func column(_ wanted: String) throws -> Int {
    if let index = find(wanted) { return index }
    // What is no table at all may be one endless name.
    let found = columns.prefix(12).map { "'\($0.prefix(80))'" }.joined(separator: ", ")
    throw InputError("\(name) line 1", expected: "a column '\(wanted)'", found: found)
  }

  /// Each row but the first; every row has as many fields as the first.
  package func eachRow(isHeadless: Bool = false, _ body: (CSVRow) throws -> Void) throws {
    try file.checkUnchanged()
    try file.withBytes { bytes in
      var reader = CSVReader(bytes, table: name)
      if !isHeadless { _ = try reader.next() }
      while let row = try reader.next() {
        guard row.fields.count == columns.count else {
          throw row.error("\(columns.count) fields", found: "\(row.fields.count)")
        }
        try body(row)
      }
    }
  }
}

/// A row of such a file.
package struct CSVRow {
  let table: String
  /// The line that it begins on, from 1.
  package let line: Int
  package let fields: [[UInt8]]

  /// A field without the space around it.
  package subscript(column: Int) -> ArraySlice<UInt8> {
    let field = fields[column]
    guard let first = field.firstIndex(where: { !Words.isSpace($0) }),
      let last = field.lastIndex(where: { !Words.isSpace($0) })
    else { return [] }
    return field[first...last]
  }

  func text(_ column: Int) -> String { printable(self[column]) }

  /// A number where the field has something in it.
  func decimal(_ column: Int, _ name: String) throws -> Double? {
    let field = self[column]
    if field.isEmpty { return nil }
    guard let value = Fieldmark.decimal(in: field) else {
      throw error("a number as '\(name)'", found: "'\(printable(field.prefix(80)))'")
    }
    return value
  }

  func error(_ expected: String, found: String) -> InputError {
    InputError("\(table) line \(line)", expected: expected, found: found)
  }
}

/// One pass over the bytes of a CSV file.
struct CSVReader {
  private let bytes: UnsafeRawBufferPointer
  private let table: String
  private var place = 0
  private var line = 1

  init(_ bytes: UnsafeRawBufferPointer, table: String) {
    (self.bytes, self.table) = (bytes, table)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// The next row with something in it; nil at the end.
  mutating func next() throws -> CSVRow? {
    while byte != nil {
      let start = line
      let fields = try record()
      if fields.count > 1 || !fields[0].isEmpty {
        return CSVRow(table: table, line: start, fields: fields)
      }
    }
    return nil
  }

  private mutating func record() throws -> [[UInt8]] {
    var fields: [[UInt8]] = []
    while true {
      fields.append(byte == UInt8(ascii: "\"") ? try quoted() : plain())
      guard let end = byte else { return fields }
      place += 1
      if end == UInt8(ascii: ",") { continue }
      if end == 0x0d, byte == 0x0a { place += 1 }
      line += 1
      return fields
    }
  }

  /// Up to the next comma or line's end. A carriage return alone is a part of the field.
  private mutating func plain() -> [UInt8] {
    let start = place
    while let byte, byte != UInt8(ascii: ","), !isLineEnd { place += 1 }
    return Array(bytes[start..<place])
  }

  private var isLineEnd: Bool {
    byte == 0x0a || (byte == 0x0d && (place + 1 == bytes.count || bytes[place + 1] == 0x0a))
  }

  private mutating func quoted() throws -> [UInt8] {
    let start = line
    place += 1
    var field: [UInt8] = []
    while let byte {
      place += 1
      if byte == UInt8(ascii: "\"") {
        guard self.byte == UInt8(ascii: "\"") else {
          guard self.byte == nil || self.byte == UInt8(ascii: ",") || isLineEnd else {
            throw InputError(
              "\(table) line \(line)", expected: "',' or the line's end behind a quoted field",
              found: "'\(printable(bytes[place..<min(bytes.count, place + 1)]))'")
          }
          return field
        }
        place += 1
      } else if byte == 0x0a {
        line += 1
      }
      field.append(byte)
    }
    throw InputError(
      "\(table) line \(start)", expected: "a closing quote", found: "the end of the file")
  }
}
