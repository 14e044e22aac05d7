import Ground

/// One pass over the bytes of a CSV file.
struct CSVReader {
  private let bytes: UnsafeRawBufferPointer
  private let table: String
  private let separator: UInt8
  private var place = 0
  private var line = 1

  init(_ bytes: UnsafeRawBufferPointer, table: String, separator: UInt8 = UInt8(ascii: ",")) {
    (self.bytes, self.table, self.separator) = (bytes, table, separator)
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
    // Excel may write a first line that names the separator.
    if CSVReader.told(bytes[place...]) != nil {
      while byte != nil, !isLineEnd { place += 1 }
    }
  }

  private var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

  /// The next row that is not empty; nil at the end.
  mutating func next() throws -> CSVRow? {
    while byte != nil {
      let start = line
      let fields = try record()
      if fields.count > 1 || !fields[0].isEmpty {
        return CSVRow(
          table: table, line: start, fields: fields,
          hasDecimalCommas: separator != UInt8(ascii: ","))
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
      if end == separator { continue }
      if end == 0x0d, byte == 0x0a { place += 1 }
      line += 1
      return fields
    }
  }

  /// Reads up to the next separator or end of line. A lone carriage return is part of the field.
  private mutating func plain() -> [UInt8] {
    let start = place
    while let byte, byte != separator, !isLineEnd { place += 1 }
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
          guard self.byte == nil || self.byte == separator || isLineEnd else {
            throw InputError(
              "\(table) line \(line)",
              expected: "\(CSVReader.name(of: separator)) or the line's end behind a quoted field",
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

extension CSVReader {
  private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

  private static func name(of separator: UInt8) -> String {
    separator == UInt8(ascii: "\t") ? "a tab" : "'\(printable([separator]))'"
  }

  /// The character that separates the fields of a table. It is the one that gives the first row the
  /// most fields among those that give the second row as many. A comma within a name therefore does
  /// no harm in a table with semicolons. In a tie the comma wins.
  static func separator(of bytes: UnsafeRawBufferPointer) -> UInt8 {
    let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
    if let told = told(bytes[start...]) { return told }
    var best = (separator: separators[0], agrees: false, count: 1)
    for separator in separators {
      var reader = CSVReader(bytes, table: "", separator: separator)
      guard let first = try? reader.next(), first.fields.count > 1,
        // An odd number of quotes is half of a quoted field, so this separator stands inside
        // quotes.
        first.fields.allSatisfy({ $0.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2) })
      else { continue }
      let count = first.fields.count
      var agrees = true
      do { agrees = try reader.next()?.isOf(count) ?? true } catch { agrees = false }
      let isBetter = agrees == best.agrees ? count > best.count : agrees
      if isBetter { best = (separator, agrees, count) }
    }
    return best.separator
  }

  /// The separator that a first line `sep=;` names. Spreadsheets read and write such lines.
  private static func told(_ bytes: Slice<UnsafeRawBufferPointer>) -> UInt8? {
    let line = bytes.prefix(7)
    guard line.starts(with: "sep=".utf8), line.count > 5 else { return nil }
    let rest = line.dropFirst(4)
    guard let separator = rest.first, separators.contains(separator),
      let end = rest.dropFirst().first, end == 0x0a || end == 0x0d
    else { return nil }
    return separator
  }
}

/// A row of a CSV file.
package struct CSVRow {
  let table: String
  /// The line of the file on which the row begins, from 1.
  package let line: Int
  package let fields: [[UInt8]]
  /// Whether "0,5" means one half, as in tables whose separator is not the comma.
  let hasDecimalCommas: Bool

  /// Whether the row has `count` fields, not counting empty ones at its end.
  func isOf(_ count: Int) -> Bool {
    fields.count >= count && fields.indices.dropFirst(count).allSatisfy { self[$0].isEmpty }
  }

  func first(_ count: Int) -> CSVRow {
    fields.count == count
      ? self
      : CSVRow(
        table: table, line: line, fields: Array(fields.prefix(count)),
        hasDecimalCommas: hasDecimalCommas)
  }

  /// Whether every field is empty, as in the rows that spreadsheets append to a table.
  package var isBlank: Bool { fields.indices.allSatisfy { self[$0].isEmpty } }

  /// A field without the space around it.
  package subscript(column: Int) -> ArraySlice<UInt8> {
    let field = fields[column]
    guard let first = field.firstIndex(where: { !LineWords.isSpace($0) }),
      let last = field.lastIndex(where: { !LineWords.isSpace($0) })
    else { return [] }
    return field[first...last]
  }

  package func text(_ column: Int) -> String { printable(self[column]) }

  /// The number in a field; nil if the field is empty.
  package func decimal(_ column: Int, _ name: String) throws -> Double? {
    let field = self[column]
    if field.isEmpty { return nil }
    guard let value = decimal(in: field) else {
      throw error("a number as '\(name)'", found: "'\(printable(field.prefix(80)))'")
    }
    return value
  }

  /// Parses a decimal number, with a decimal comma if this table has them.
  package func decimal(in field: some Collection<UInt8>) -> Double? {
    let comma = UInt8(ascii: ",")
    guard hasDecimalCommas, field.count(where: { $0 == comma }) == 1,
      !field.contains(UInt8(ascii: "."))
    else { return Datasets.decimal(in: field) }
    return Datasets.decimal(in: field.map { $0 == comma ? UInt8(ascii: ".") : $0 })
  }

  package func error(_ expected: String, found: String, hint: String? = nil) -> InputError {
    InputError("\(table) line \(line)", expected: expected, found: found, hint: hint)
  }
}
