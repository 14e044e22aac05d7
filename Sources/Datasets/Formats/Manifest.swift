import Ground
import Pictures

extension DatasetFormat {
  /// A table of pictures: `manifest.csv` in a folder, or any CSV, TSV or text file given by its own
  /// path. The columns may come in any order, and others are ignored:
  ///
  ///     path          relative to the file's folder, or from / or ~/; the only required column
  ///     class         a name, or a number from 0
  ///     split         train, val or test
  ///     x, y          the upper left corner of a box, in pixels
  ///     width, height of the box
  ///     mask          a picture, named as in path, white where the thing is
  ///
  /// Columns may also have other common names (`ManifestColumns`). An empty field means that
  /// nothing is known. Classes are ordered by the bytes of their names; if all names are numbers,
  /// they are the numbers of the classes.
  public static let manifest = DatasetFormat(
    "manifest", "a CSV file with columns path, class, split, x, y, width, height, mask",
    recognizes: { Manifest.place($0) != nil },
    openIn: { path, environment in
      let file = Manifest.place(path) ?? (path.isFolder ? path / "manifest.csv" : path)
      let table = try CSVRows(MappedFile(file), name: file.lastComponent.description)
      return try Manifest(file.folder, table, home: environment.path("HOME")).dataset(path)
    })
}

private struct Manifest {
  let folder: Path
  let home: Path?
  let table: CSVRows
  let columns: ManifestColumns

  /// The table's file, given by itself or by its folder.
  static func place(_ path: Path) -> Path? {
    let name = Path(bytes: path.bytes.map { (0x41...0x5a).contains($0) ? $0 + 32 : $0 })
    if path.isFile, [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) { return path }
    return (path / "manifest.csv").isFile ? path / "manifest.csv" : nil
  }

  init(_ folder: Path, _ table: CSVRows, home: Path?) throws {
    (self.folder, self.table, self.home) = (folder, table, home)
    columns = try ManifestColumns(table)
  }

  func dataset(_ place: Path) throws -> Dataset {
    var examples = Examples(in: .written(below: folder, home: home))
    var classes = FoundClasses()
    var masks = NameList()
    var paths = WrittenPaths(home: home)
    var hasText = true
    try table.eachRow { row in
      guard !row.isBlank else { return }
      let name = try paths.name(in: row, columns.path, "path")
      guard !name.isEmpty else { throw row.error("a path", found: "nothing") }
      let named = columns.label.map { row[$0] } ?? []
      if String(validating: named, as: UTF8.self) == nil { hasText = false }
      examples.append(
        name, label: named.isEmpty ? nil : classes.label(of: named), use: try use(row))
      if let box = try region(row) { examples.set(box: box, of: examples.count - 1) }
      if let mask = columns.mask { masks.append(try paths.name(in: row, mask, "mask")) }
    }
    let (names, order) = classes.settled()
    examples.renumber(order)
    var dataset = Dataset("manifest", place, classes: names, examples)
    dataset.notes = columns.notes + paths.notes
    if !hasText {
      dataset.notes.append(
        "names of classes in \(table.name) are no UTF-8; a spreadsheet saves that as 'CSV UTF-8'")
    }
    if columns.mask != nil {
      dataset.findMasks = { [folder, home, masks] example in
        let name = Path(bytes: Array(masks[example.number]))
        guard !name.bytes.isEmpty else { return [] }
        let file = name.resolved(below: folder, home: home)
        return [ExampleMask("object", "object", file) { try Mask(grayIn: file) }]
      }
    }
    return dataset
  }

  private func use(_ row: CSVRow) throws -> Example.Use? {
    guard let split = columns.split else { return nil }
    let word = row.text(split)
    if word.isEmpty { return nil }
    guard let use = Example.Use(named: word) else {
      throw row.error(
        "a word for a split in the column '\(table.columns[split])'", found: "'\(word.prefix(80))'",
        hint: "known are \(Example.Use.told)")
    }
    return use
  }

  private func region(_ row: CSVRow) throws -> Region? {
    guard let box = columns.box else { return nil }
    let numbers = try zip(box, ManifestColumns.boxNames).map { try row.decimal($0, $1) }
    let given = numbers.compactMap { $0 }
    if given.isEmpty { return nil }
    let region =
      given.count == 4
      ? Region(x: given[0], y: given[1], width: given[2], height: given[3]) : nil
    guard let region, region.isBox else {
      throw row.error(
        "x, y, width and height of a box", found: "'\(box.map(row.text).joined(separator: ","))'")
    }
    return region
  }
}
