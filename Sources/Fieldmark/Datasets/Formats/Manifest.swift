import Encoders

extension DatasetFormat {
  /// A CSV file of pictures: `manifest.csv` in a folder, or any file that is named itself. Its
  /// columns, in any order, others passed over:
  ///
  ///     path          below the file's folder; the one column that must be there
  ///     class         a name, or a number from 0; `label` and `species` are read too
  ///     split         train, val or test
  ///     x, y          the upper left corner of a box, in pixels
  ///     width, height of the box
  ///     mask          a picture below the folder, white where the thing is
  ///
  /// A field with nothing in it says nothing. Classes are in the order of their names' bytes; where
  /// all are numbers, those are what they are.
  public static let manifest = DatasetFormat(
    "manifest", "a CSV file with columns path, class, split, x, y, width, height, mask",
    recognises: { Manifest.place($0) != nil },
    open: { path in
      let file = Manifest.place(path) ?? (path.isFolder ? path / "manifest.csv" : path)
      let table = try CSVRows(MappedFile(file), name: file.lastComponent.description)
      return try Manifest(file.folder, table).dataset(path)
    })
}

private struct Manifest {
  let folder: Path
  let table: CSVRows
  let path: Int
  let label: Int?
  let split: Int?
  let box: [Int]?
  let mask: Int?

  static let boxNames = ["x", "y", "width", "height"]

  /// The file that is meant.
  static func place(_ path: Path) -> Path? {
    if path.isFile, path.hasSuffix(".csv") { return path }
    return (path / "manifest.csv").isFile ? path / "manifest.csv" : nil
  }

  init(_ folder: Path, _ table: CSVRows) throws {
    (self.folder, self.table) = (folder, table)
    path = try table.column("path")
    label = table.find("class") ?? table.find("label") ?? table.find("species")
    split = table.find("split")
    mask = table.find("mask")
    let found = Manifest.boxNames.compactMap(table.find)
    // Half a box is a mistake that would otherwise go unnoticed.
    box = try found.isEmpty ? nil : Manifest.boxNames.map(table.column)
  }

  func dataset(_ place: Path) throws -> Dataset {
    var examples = Examples(in: .folder(folder))
    var classes = FoundClasses()
    var masks = NameList()
    try table.eachRow { row in
      let name = try inside(row, path, "path")
      guard !name.isEmpty else { throw row.error("a path", found: "nothing") }
      let named = label.map { row[$0] } ?? []
      examples.append(
        name, label: named.isEmpty ? nil : classes.label(of: named), use: try use(row))
      if let box = try region(row) { examples.set(box: box, of: examples.count - 1) }
      if let mask { masks.append(try inside(row, mask, "mask")) }
    }
    let (names, order) = classes.settled()
    examples.renumber(order)
    var dataset = Dataset("manifest", place, classes: names, examples)
    if mask != nil {
      dataset.findMasks = { [folder, masks] example in
        let name = masks[example.number]
        guard !name.isEmpty else { return [] }
        let file = folder / Path(bytes: Array(name))
        return [ExampleMask("object", "object", file) { try Mask(greyIn: file) }]
      }
    }
    return dataset
  }

  /// A name that stays below the folder, or nothing.
  private func inside(_ row: CSVRow, _ column: Int, _ name: String) throws -> ArraySlice<UInt8> {
    let field = row[column]
    guard field.isEmpty || field.staysInside else {
      throw row.error(
        "a \(name) below the folder of the file", found: "'\(printable(field.prefix(200)))'")
    }
    return field
  }

  private func use(_ row: CSVRow) throws -> Example.Use? {
    guard let split else { return nil }
    let word = row.text(split)
    if word.isEmpty { return nil }
    guard let use = Example.Use(named: word) else {
      throw row.error("'train', 'val' or 'test' as 'split'", found: "'\(word.prefix(80))'")
    }
    return use
  }

  private func region(_ row: CSVRow) throws -> Region? {
    guard let box else { return nil }
    let numbers = try zip(box, Manifest.boxNames).map { try row.decimal($0, $1) }
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

extension Example.Use {
  /// What people call the parts of a dataset.
  init?(named word: String) {
    switch word.lowercased() {
    case "train", "training": self = .training
    case "val", "valid", "validation", "dev": self = .validation
    case "test", "testing": self = .test
    default: return nil
    }
  }
}
