import Encoders
import Ground
import Pictures

extension DatasetFormat {
  /// CUB-200-2011 (Wah et al. 2011, CNS-TR-2011-001) as its archives unpack, given by its folder or
  /// by the folder around it. It may also be cut to fewer pictures, whose numbers then have gaps.
  ///
  /// The names of classes and of files differ in case (`Black_footed`, `Black_Footed`), so neither
  /// is derived from the other. Boxes may reach beyond the picture's edges; `Region.within` clips
  /// them.
  public static let cub = DatasetFormat(
    "cub", "CUB-200-2011, and what is laid out like it",
    tables: ["images.txt", "image_class_labels.txt"], recognizes: { CUBFolder($0) != nil },
    open: { path in
      // Aviaries have the same layout.
      try AviarySettings.check(path, hasTables: CUBFolder(path) != nil)
      guard let folder = CUBFolder(path) else {
        throw InputError(
          path.description, expected: "images.txt, image_class_labels.txt and classes.txt",
          found: "not all of them")
      }
      var dataset = try folder.dataset("cub", path)
      if let segmentations = folder.find("segmentations", [".", ".."], .folder) {
        dataset.findMasks = { example in
          let file =
            segmentations / Path(bytes: example.name.bytes.withoutEnding + Array(".png".utf8))
          guard file.isFile else { return [] }
          return [ExampleMask("object", "object", file) { try Mask(grayIn: file) }]
        }
      }
      return dataset
    })
}

/// The folder that holds the tables of a dataset in this layout.
struct CUBFolder {
  let folder: Path

  init?(_ path: Path) {
    let names: [Path] = ["images.txt", "image_class_labels.txt", "classes.txt"]
    let folders = [path, path / "CUB_200_2011"]
    let complete = folders.first { folder in names.allSatisfy { (folder / $0).isFile } }
    guard let complete else { return nil }
    folder = complete
  }

  /// The first of the given places, relative to the folder, that has a file or folder with this
  /// name.
  func find(_ name: String, _ places: [Path], _ kind: FileKind) -> Path? {
    places.map { ($0 == "." ? folder : folder / $0) / Path(name) }.first { $0.kind == kind }
  }

  private func has(_ name: String) -> Bool { (folder / Path(name)).isFile }

  func dataset(_ format: String, _ path: Path) throws -> Dataset {
    let (classes, classNumbers) = try Numbering.names(folder, "classes.txt", "a class")
    var examples = Examples(in: .folder(folder / "images"))
    let numbers = try Numbering.read(TextRows(folder, "images.txt"), "a path") { row, name in
      guard name.staysInside else {
        throw row.error(
          "a path below images/", found: "'\(printable(name.prefix(200)))'")
      }
      examples.append(name)
    }
    var tables = PictureTables(folder, numbers)
    var notes: [String] = []
    try tables.read("image_class_labels.txt", "a picture and its class", words: 2) { example, n in
      guard let number = Int(exactly: n[0]), let label = classNumbers[number] else { return nil }
      examples.set(label: label, of: example)
      return 0
    }
    if let missing = examples.first(where: { $0.label == nil }) {
      throw InputError(
        "image_class_labels.txt", expected: "a class for each picture of images.txt",
        found: "none for '\(missing.name)'")
    }
    if has("train_test_split.txt") {
      try tables.read("train_test_split.txt", "a picture and 1 or 0", words: 2) { example, n in
        guard n[0] == 0 || n[0] == 1 else { return nil }
        examples.set(use: n[0] == 1 ? .training : .test, of: example)
        return 0
      }
      let without = examples.indices.count { examples.use($0) == nil }
      if without > 0 {
        notes.append(
          "pictures without a split, because train_test_split.txt does not list them: \(without)")
      }
    }
    if has("bounding_boxes.txt") {
      let shape = "a picture, x, y, width and height"
      try tables.read("bounding_boxes.txt", shape, words: 5) { example, n in
        let box = Region(x: n[0], y: n[1], width: n[2], height: n[3])
        guard box.isBox else { return nil }
        examples.set(box: box, of: example)
        return 0
      }
    }
    var dataset = Dataset(format, path, classes: classes, examples)
    if has("parts/parts.txt") { try readParts(into: &dataset, &tables) }
    try readAttributes(into: &dataset, numbers, classNumbers)
    dataset.notes = tables.notes + notes
    return dataset
  }

  private func readParts(into dataset: inout Dataset, _ tables: inout PictureTables) throws {
    let (names, numbering) = try Numbering.names(folder, "parts/parts.txt", "a part")
    dataset.partNames = names
    // Two small tables can ask for more memory than the machine has.
    let (count, overflows) = names.count.multipliedReportingOverflow(by: dataset.examples.count)
    guard !overflows, count <= PartPlaces.most else {
      throw InputError(
        "parts/parts.txt", expected: "at most \(PartPlaces.most) parts on all pictures",
        found: "\(names.count) on each of \(dataset.examples.count)")
    }
    var places = PartPlaces(parts: names.count, examples: dataset.examples.count)
    if has("parts/part_locs.txt") {
      let shape = "a picture, a part, x, y and 1 or 0"
      try tables.read("parts/part_locs.txt", shape, words: 5, kinds: names.count) { example, n in
        guard let number = Int(exactly: n[0]), let part = numbering[number], n[3] == 0 || n[3] == 1,
          abs(n[1]) <= Region.farthest, abs(n[2]) <= Region.farthest
        else { return nil }
        // A part that is not visible is stored as (0, 0) in the table, which is not its place.
        if n[3] == 1 { places.set(Point(x: n[1], y: n[2]), part: part, of: example) }
        return part
      }
    }
    dataset.places = places
  }

  private func readAttributes(
    into dataset: inout Dataset, _ pictures: Numbering, _ classes: Numbering
  ) throws {
    // Caltech's archive has the list beside the folder; some copies moved it into the folder or
    // into `attributes/`.
    let list = find("attributes.txt", ["attributes", ".", ".."], .file)
    guard let list else { return }
    let (names, numbering) = try Numbering.names(list.folder, "attributes.txt", "an attribute")
    dataset.attributes = names.map { Attribute($0) }
    let answers = "attributes/image_attribute_labels.txt"
    if has(answers) {
      let labels = AttributeLabels(folder, answers, pictures: pictures, attributes: numbering)
      dataset.findLabels = { try labels.labels(of: $0.number) }
      dataset.findLabelNotes = { try labels.notes() }
    }
    let table = "attributes/class_attribute_labels_continuous.txt"
    if has(table) {
      dataset.classAttributes = try ClassAttributes(
        dataset.attributes, TextRows(folder, table), rows: classes.placesByNumber,
        columns: numbering.placesByNumber)
    }
  }
}

extension ClassAttributes {
  /// Reads a row of percentages for each class with a column for each attribute. The table has no
  /// names: rows and columns are in the order of the numbers in the lists, which may differ from
  /// the order of the lists' lines.
  init(
    _ attributes: [Attribute], _ table: TextRows, rows places: [Int], columns: [Int]
  ) throws {
    var elements: [Float] = []
    var rows = 0
    try table.eachRow { row in
      rows += 1
      let before = elements.count
      var words = row.words
      while let word = words.next() {
        guard let value = decimal(in: word), (0...100).contains(value) else {
          throw row.error("percentages from 0 to 100", found: "'\(printable(word.prefix(40)))'")
        }
        elements.append(Float(value))
      }
      guard elements.count - before == attributes.count else {
        throw row.error(
          "\(attributes.count) percentages, one for each attribute",
          found: "\(elements.count - before)")
      }
    }
    guard rows == places.count else {
      throw table.error("\(places.count) rows, one for each class", found: "\(rows)")
    }
    let read = Matrix(rows: rows, columns: attributes.count, elements)
    var percentages = read
    for (row, label) in places.enumerated() {
      for (column, attribute) in columns.enumerated() {
        percentages[label, attribute] = read[row, column]
      }
    }
    self.init(attributes, percentages)
  }
}
