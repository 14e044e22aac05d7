import Ground
import Pictures

extension DatasetFormat {
  /// Fish-Vista (Mehrab et al. 2025, arXiv 2407.08027) for classification into 419 species.
  public static let fishVista = byTask(
    "fish-vista", "Fish-Vista: its pictures for classification, by species", "classification",
    ["train", "val", "test"])
  /// Fish-Vista for identification: 682 species, and four traits that each species has or lacks.
  public static let fishVistaIdentification = byTask(
    "fish-vista-identification", "Fish-Vista: its pictures for traits, by species",
    "identification",
    ["train", "val", "test_insp", "test_lvsp", "test", "test_manual_annot"])
  /// Fish-Vista for segmentation: the pictures with a mask for each of nine traits.
  public static let fishVistaSegmentation = byTask(
    "fish-vista-segmentation", "Fish-Vista: its pictures with masks of nine traits",
    "segmentation", ["train", "val", "test"])

  private static func byTask(
    _ name: String, _ summary: String, _ task: String, _ parts: [String]
  ) -> DatasetFormat {
    DatasetFormat(
      name, summary, recognizes: { ($0 / Path("\(task)_train.csv")).isFile },
      open: { try FishVista(folder: $0, task: task, parts: parts).dataset(name) })
  }
}

private struct FishVista {
  let folder: Path
  let task: String
  let parts: [String]

  /// The columns of traits: 1 for present, 0 for absent, -1 for unknown, NA if nobody was asked.
  static let traits = ["adipose_fin", "pelvic_fin", "barbel", "multiple_dorsal_fin"]

  private func tables(_ task: String, _ parts: [String]) throws -> [(part: String, CSVRows)] {
    try parts.compactMap { part in
      let name = "\(task)_\(part).csv"
      guard (folder / Path(name)).isFile else { return nil }
      return (part, try CSVRows(folder, name))
    }
  }

  func dataset(_ format: String) throws -> Dataset {
    var examples = Examples(in: .folder(folder))
    var classes = FoundClasses()
    var answers: [Int8] = []
    var isTold = false
    var elsewhere: [[UInt8]: [UInt8]]?
    var loose: Path?
    let more = try unlisted()
    let tables = try self.tables(task, parts + more.known)
    guard !tables.isEmpty else {
      throw InputError(folder.description, expected: "\(task)_train.csv", found: "none")
    }
    for (part, table) in tables {
      let file = try table.column("filename")
      let species = try table.column("standardized_species")
      let link = table.find("file_name")
      let traits = FishVista.traits.map(table.find)
      let use = Example.Use(named: String(part.prefix { $0 != "_" }))
      try table.eachRow { row in
        let name = row[file]
        guard name.staysInside else {
          throw row.error(
            "a name below the pictures' folder as 'filename'",
            found: "'\(printable(name.prefix(200)))'")
        }
        var place = link.map { Array(row[$0]) } ?? []
        // In some revisions, this column of the segmentation tables holds the mask's name instead.
        if place.starts(with: "segmentation_masks/".utf8) { place = [] }
        if place.isEmpty {
          if elsewhere == nil { elsewhere = try links() }
          place = elsewhere?[Array(name)] ?? []
        }
        if loose == nil { loose = looseFolder(place, name) }
        if let loose, !loose.bytes.isEmpty { place = (loose / Path(bytes: Array(name))).bytes }
        guard place.staysInside else {
          throw row.error(
            "a path below the dataset's folder as 'file_name'",
            found: "'\(printable(place.prefix(200)))'")
        }
        let label = row[species].isEmpty ? nil : classes.label(of: row[species])
        examples.append(place, label: label, use: use)
        for trait in traits {
          let field = trait.map { row.text($0) } ?? ""
          let answer: Int8 =
            switch field {
            case "1", "1.0": 1
            case "0", "0.0": 0
            default: -1
            }
          if answer >= 0 { isTold = true }
          answers.append(answer)
        }
      }
    }
    let (names, order) = classes.sorted()
    examples.renumber(order)
    var dataset = Dataset(format, folder, classes: names, examples)
    if !more.others.isEmpty {
      let names = more.others.map { "'\(task)_\($0).csv'" }.joined(separator: ", ")
      dataset.notes.append("tables left out, whose names do not contain a known split: \(names)")
    }
    if isTold {
      dataset.attributes = FishVista.traits.map { Attribute($0) }
      // The answers describe the species, which is less certain than seeing the trait on the
      // picture.
      dataset.findLabels = { [answers] example in
        FishVista.traits.indices.map { trait in
          let answer = answers[example.number * FishVista.traits.count + trait]
          return answer < 0
            ? nil : AttributeLabel(isPresent: answer == 1, certainty: .probably)
        }
      }
    }
    if (folder / "segmentation_masks/images").isFolder {
      let traits = try TraitNumbers(folder)
      dataset.findMasks = { [folder] in traits.masks(of: $0, folder) }
    }
    return dataset
  }

  /// The user's own splits, which are not among the published ones. They are known if their names
  /// say a split.
  private func unlisted() throws -> (known: [String], others: [String]) {
    let words = try folder.names().map(\.description).filter {
      $0.hasPrefix("\(task)_") && $0.hasSuffix(".csv") && $0.count > task.count + 5
    }.map { String($0.dropFirst(task.count + 1).dropLast(4)) }.filter { !parts.contains($0) }
    return (
      words.filter { Example.Use(named: $0) != nil }, words.filter { Example.Use(named: $0) == nil }
    )
  }

  /// The places of pictures by file name, from the tables of the other tasks.
  private func links() throws -> [[UInt8]: [UInt8]] {
    var links: [[UInt8]: [UInt8]] = [:]
    for other in ["classification", "identification"] where other != task {
      let parts = ["train", "val", "test", "test_insp", "test_lvsp", "test_manual_annot"]
      for (_, table) in try self.tables(other, parts) {
        guard let file = table.find("filename"), let link = table.find("file_name") else {
          continue
        }
        try table.eachRow { links[Array($0[file])] = Array($0[link]) }
      }
    }
    return links
  }

  /// The folder in which all pictures lie side by side, if the first picture is not where the table
  /// says; empty if it is there.
  private func looseFolder(_ place: [UInt8], _ name: ArraySlice<UInt8>) -> Path {
    if !place.isEmpty, (folder / Path(bytes: place)).isFile { return "" }
    let found = (["Images", "AllImages", "images"] as [Path]).first {
      (folder / $0 / Path(bytes: Array(name))).isFile
    }
    return found ?? (place.isEmpty ? "Images" : "")
  }
}

/// The meaning of the numbers in Fish-Vista's masks.
struct TraitNumbers: Sendable {
  private(set) var names: [(number: UInt8, name: String)] = []

  /// The published table, for copies made while the file was missing.
  private static let published = """
    {1: 'Head', 2: 'Eye', 3: 'Dorsal fin', 4: 'Pectoral fin', 5: 'Pelvic fin', 6: 'Anal fin',
    7: 'Caudal fin', 8: 'Adipose fin', 9: 'Barbel'}
    """

  init(_ folder: Path) throws {
    let file = folder / "segmentation_masks/seg_id_trait_map.json"
    let text = file.isFile ? try file.read(limit: 1 << 16) : Array(TraitNumbers.published.utf8)
    try self.init(text: text, name: "seg_id_trait_map.json")
  }

  /// Reads both `{"1": "Head"}` and `{1: 'Head'}`: one revision of the file is JSON, the later one
  /// is a dictionary as Python prints it. Number 0 is the background.
  init(text: [UInt8], name: String) throws {
    var rest = text[...].drop { $0 != UInt8(ascii: "{") }.dropFirst()
    let quotes: [UInt8] = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    while let start = rest.firstIndex(where: { (0x30...0x39).contains($0) }) {
      let digits = rest[start...].prefix { (0x30...0x39).contains($0) }
      let behind = rest[digits.endIndex...].drop { $0 != UInt8(ascii: ":") }
      guard let open = behind.firstIndex(where: quotes.contains),
        let end = behind[(open + 1)...].firstIndex(of: behind[open]),
        let number = Datasets.number(in: digits).flatMap({ UInt8(exactly: $0) })
      else {
        throw InputError(
          name, expected: "numbers up to 255 with names of traits",
          found: "'\(printable(rest[start...].prefix(40)))'")
      }
      if number > 0 { names.append((number, printable(behind[(open + 1)..<end]))) }
      rest = behind[(end + 1)...]
    }
    guard !names.isEmpty else {
      throw InputError(name, expected: "numbers with names of traits", found: "none")
    }
  }

  /// A mask for each trait in the table. The mask of a trait that the picture does not show has no
  /// pixels.
  func masks(of example: Example, _ folder: Path) -> [ExampleMask] {
    let stem = example.name.lastComponent.bytes.withoutEnding
    let file = folder / "segmentation_masks/images" / Path(bytes: stem + Array(".png".utf8))
    guard file.isFile else { return [] }
    return names.map { number, name in
      ExampleMask("trait", name, file) { try Mask(number, in: file) }
    }
  }
}
