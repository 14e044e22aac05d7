import Encoders

extension ClassAttributes {
  /// A table of classes and attributes as a CSV file: a column `class` with the dataset's names of
  /// classes, written with spaces or underscores, and a column for each attribute, named as it is
  /// called, with percentages from 0 to 100. A field with nothing in it is 0.
  ///
  ///     class,has_fin_color::red,has_fin_shape::forked
  ///     Perch,80,0
  ///
  /// Each class has one row, in any order.
  public init(_ file: Path, of dataset: Dataset) throws {
    let table = try CSVRows(MappedFile(file), name: file.description)
    let own = try table.column("class")
    let columns = table.columns.indices.filter { $0 != own }
    var names: Set<String> = Audit.names
    for column in columns {
      let name = table.columns[column]
      guard !name.isEmpty, names.insert(name).inserted else {
        throw InputError(
          "\(table.name) line 1", expected: "a name of its own for each attribute",
          found: name.isEmpty ? "none" : "'\(printable(name.utf8.prefix(80)))'",
          hint: Audit.names.contains(name) ? "the run calls something else so" : nil)
      }
    }
    var percentages = Matrix(rows: dataset.classes.count, columns: columns.count)
    func plain(_ name: String) -> String {
      String(name.lowercased().map { $0 == "_" ? " " : $0 })
    }
    var places: [String: Int] = [:]
    for label in dataset.classes.indices {
      places[plain(dataset.classes[label])] = label
      places[plain(dataset.spokenName(of: label))] = label
    }
    var seen: Set<Int> = []
    try table.eachRow { row in
      guard let label = places[plain(row.text(own))] else {
        throw row.error(
          "one of the dataset's \(dataset.classes.count) classes", found: "'\(row.text(own))'")
      }
      guard seen.insert(label).inserted else {
        throw row.error("each class once", found: "'\(row.text(own))' again")
      }
      for (place, column) in columns.enumerated() {
        let name = table.columns[column]
        guard let value = try row.decimal(column, name) else { continue }
        guard (0...100).contains(value) else {
          throw row.error("percentages from 0 to 100 as '\(name)'", found: "\(value)")
        }
        percentages[label, place] = Float(value)
      }
    }
    if let missing = dataset.classes.indices.first(where: { !seen.contains($0) }) {
      throw InputError(
        table.name, expected: "a row for each of \(dataset.classes.count) classes",
        found: "none for '\(dataset.spokenName(of: missing))'")
    }
    self.init(columns.map { Attribute(table.columns[$0]) }, percentages)
  }
}
