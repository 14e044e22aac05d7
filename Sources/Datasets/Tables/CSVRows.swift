import Ground

/// A CSV file with the names of its columns in the first row, by RFC 4180: commas separate the
/// fields, a field with commas, quotes or line breaks is in quotes, and a quote inside is doubled.
///
/// ```swift
/// let table = try CSVRows(MappedFile("birds/manifest.csv"), name: "manifest.csv")
/// let path = try table.column("path")
/// try table.eachRow { row in print(row[path]) }
/// ```
///
/// Beyond the RFC, semicolons or tabs may separate the fields, as found from the first rows, and
/// lines may end in LF alone. A byte order mark, empty lines and empty fields after the last column
/// are ignored. UTF-16, which Excel writes as "Unicode text", is read too.
package struct CSVRows: Sendable {
  let file: MappedFile
  package let name: String
  /// The names of the columns, from the first row.
  package let columns: [String]
  let separator: UInt8

  /// - Parameter columns: The names of the columns, for a file without a header row.
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

  /// Finds a column by its name. Case does not matter, nor whether spaces, hyphens or underscores
  /// separate its words.
  func find(_ wanted: String) -> Int? {
    columns.firstIndex {
      $0.lowercased().split { " -_".contains($0) }.joined(separator: "_") == wanted
    }
  }

  /// The columns that have any of the given names, in the order of `names`.
  package func find(anyOf names: [String]) -> [Int] { names.compactMap(find) }

  package func column(_ wanted: String) throws -> Int { try column(anyOf: [wanted]) }

  /// The column with the first of these names that occurs; the names are synonyms.
  package func column(anyOf names: [String]) throws -> Int {
    if let index = find(anyOf: names).first { return index }
    // A file that is no table may have one endless "name".
    let found = columns.prefix(12).map { "'\($0.prefix(80))'" }.joined(separator: ", ")
    throw InputError(
      "\(name) line 1", expected: "a column '\(names[0])'", found: found,
      hint: names.count == 1
        ? nil : "it may also be called \(names.dropFirst().joined(separator: ", "))")
  }

  /// Calls `body` with each row but the first. Every row must have as many fields as the first.
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
