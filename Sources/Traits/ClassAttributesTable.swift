import Datasets
import Encoders
import Ground

extension ClassAttributes {
  /// A table of classes and attributes as a CSV file: a column `class` with the dataset's names of
  /// classes, written with spaces or underscores, and a column for each attribute, with its name. Its
  /// fields are percentages, shares from 0 to 1, 0 and 1, or yes and no (`AttributeCells`); an empty
  /// field is 0.
  ///
  ///     class,has_fin_color::red,has_fin_shape::forked
  ///     Perch,80,0
  ///
  /// Each class has one row, in any order. The column of classes may have any name that it may have in a
  /// table of pictures, or it may be a first column without a name, as pandas writes it. If another
  /// column has the classes, a first column without a name holds the numbers of rows and is ignored.
  public init(_ file: Path, of dataset: Dataset) throws {
    self = try ClassAttributes.read(file, of: dataset).table
  }

  /// The same, with notes on how the table was read, each a sentence without its full stop.
  public static func read(
    _ file: Path, of dataset: Dataset
  ) throws -> (table: ClassAttributes, notes: [String]) {
    let table = try CSVRows(MappedFile(file), name: file.description)
    let columns = try AttributeColumns(table)
    var places: [String: Int] = [:]
    for label in dataset.classes.indices {
      places[plain(dataset.classes[label])] = label
      places[plain(dataset.spokenName(of: label))] = label
    }
    var cells = AttributeCells(table)
    var seen: Set<Int> = []
    try table.eachRow { row in
      guard !row.isBlank else { return }
      try columns.check(row)
      guard let label = places[plain(row.text(columns.own))] else {
        throw row.error(
          "one of the dataset's \(dataset.classes.count) classes",
          found: "'\(row.text(columns.own))'")
      }
      guard seen.insert(label).inserted else {
        throw row.error("each class once", found: "'\(row.text(columns.own))' again")
      }
      for column in columns.attributes { try cells.add(row, column, of: label) }
    }
    if let missing = dataset.classes.indices.first(where: { !seen.contains($0) }) {
      throw InputError(
        table.name, expected: "a row for each of \(dataset.classes.count) classes",
        found: "none for '\(dataset.spokenName(of: missing))'")
    }
    let (factor, notes) = try cells.meaning()
    let order = Dictionary(
      uniqueKeysWithValues: columns.attributes.enumerated().map { ($1, $0) })
    var percentages = Matrix(rows: dataset.classes.count, columns: columns.attributes.count)
    for cell in cells.cells {
      guard let place = order[cell.column] else { continue }
      percentages[cell.row, place] = Float(cell.number * factor)
    }
    return (
      ClassAttributes(columns.attributes.map { Attribute(table.columns[$0]) }, percentages), notes
    )
  }

  private static func plain(_ name: String) -> String {
    String(name.lowercased().map { $0 == "_" ? " " : $0 })
  }
}

/// The column with the classes, and the columns with attributes.
private struct AttributeColumns {
  package let table: CSVRows
  package let own: Int
  package let attributes: [Int]
  /// Columns without a name, which must be empty; the first may hold the numbers of rows.
  private let nameless: [Int]

  package init(_ table: CSVRows) throws {
    self.table = table
    let isNumbering = ["", "Unnamed: 0"].contains(table.columns[0])
    own =
      try table.find(anyOf: ManifestColumns.classNames).first
      ?? (isNumbering ? 0 : table.column(anyOf: ManifestColumns.classNames))
    nameless = table.columns.indices.filter { [own] in
      $0 != own && (table.columns[$0].isEmpty || $0 == 0 && isNumbering)
    }
    attributes = table.columns.indices.filter { [own, nameless] in
      $0 != own && !nameless.contains($0)
    }
    var names: Set<String> = AuditNames.all
    for column in attributes {
      let name = table.columns[column]
      guard names.insert(name).inserted else {
        throw InputError(
          "\(table.name) line 1", expected: "a name of its own for each attribute",
          found: "'\(printable(name.utf8.prefix(80)))'",
          hint: AuditNames.all.contains(name) ? "the run calls something else so" : nil)
      }
    }
  }

  package func check(_ row: CSVRow) throws {
    for column in nameless where !row[column].isEmpty {
      if column == 0, number(in: row[column]) != nil { continue }
      throw InputError(
        "\(table.name) line 1", expected: "a name of its own for each attribute",
        found: "none of column \(column + 1)")
    }
  }
}
