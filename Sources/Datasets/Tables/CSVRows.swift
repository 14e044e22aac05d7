import Ground

/// A CSV file with the names of its columns in the first row, as RFC 4180 has it: fields between
/// commas, those with commas, quotes or line breaks in quotes, a quote inside as two.
///
/// ```swift
/// let table = try CSVRows(MappedFile("birds/manifest.csv"), name: "manifest.csv")
/// let path = try table.column("path")
/// try table.eachRow { row in print(row[path]) }
/// ```
///
/// Beyond the RFC, fields may stand between semicolons or tabs, as the first rows show; lines may end in
/// LF alone; a byte order mark is passed over, and so are lines with nothing in them and fields with
/// nothing in them behind the last column. UTF-16, as Excel's "Unicode text", is read too.
package struct CSVRows: Sendable {
  let file: MappedFile
  package let name: String
  /// The first row.
  package let columns: [String]
  let separator: UInt8

  /// - Parameter columns: What the columns are called in a file that does not say so.
  init(_ folder: Path, _ name: String, columns: [String]? = nil) throws {
    let file = try MappedFile(folder / Path(name))
    try self.init(file, name: name, columns: columns)
  }

  package init(_ file: MappedFile, name: String, columns: [String]? = nil) throws {
    try file.checkUnchanged()
    let file = file.inUTF8
    (self.file, self.name) = (file, name)
    if let columns {
      self.columns = columns
      separator = UInt8(ascii: ",")
      return
    }
    let found = file.withBytes { CSVReader.separator(of: $0) }
    separator = found
    var first: [String]?
    try file.withBytes { bytes in
      var reader = CSVReader(bytes, table: name, separator: found)
      if let row = try reader.next() { first = row.fields.indices.map(row.text) }
    }
    guard let first else {
      throw InputError(name, expected: "a row with names of columns", found: "nothing but space")
    }
    self.columns = first
  }

  /// Which column has a name; capitals do not matter, nor what divides its words.
  func find(_ wanted: String) -> Int? {
    columns.firstIndex {
      $0.lowercased().split { " -_".contains($0) }.joined(separator: "_") == wanted
    }
  }

  /// The columns that have one of several names, in the order of these.
  package func find(anyOf names: [String]) -> [Int] { names.compactMap(find) }

  package func column(_ wanted: String) throws -> Int { try column(anyOf: [wanted]) }

  /// The column that has the first of several names: people's words for one thing.
  package func column(anyOf names: [String]) throws -> Int {
    if let index = find(anyOf: names).first { return index }
    // What is no table at all may be one endless name.
    let found = columns.prefix(12).map { "'\($0.prefix(80))'" }.joined(separator: ", ")
    throw InputError(
      "\(name) line 1", expected: "a column '\(names[0])'", found: found,
      hint: names.count == 1
        ? nil : "it may also be called \(names.dropFirst().joined(separator: ", "))")
  }

  /// Each row but the first; every row has as many fields as the first.
  package func eachRow(isHeadless: Bool = false, _ body: (CSVRow) throws -> Void) throws {
    try file.checkUnchanged()
    try file.withBytes { bytes in
      var reader = CSVReader(bytes, table: name, separator: separator)
      if !isHeadless { _ = try reader.next() }
      while let row = try reader.next() {
        guard row.isOf(columns.count) else {
          throw row.error("\(columns.count) fields", found: "\(row.fields.count)")
        }
        try body(row.first(columns.count))
      }
    }
  }
}
