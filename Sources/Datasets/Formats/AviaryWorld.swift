import Ground
import Pictures

extension DatasetFormat {
  /// A world of drawn birds as `fieldmark aviary` writes it: CUB-200-2011's layout, with a mask for
  /// each trait that a picture shows and for the surroundings of the bird.
  public static let aviary = DatasetFormat(
    "aviary", "drawn birds of `fieldmark aviary`, with a mask for each trait",
    recognizes: { ($0 / AviarySettings.name).isFile },
    open: { path in
      var dataset = try DatasetFormat.cub.open(path)
      dataset.format = "aviary"
      let birds = dataset.findMasks
      guard (path / MaskRows.name).isFile else { return dataset }
      let attributes = dataset.attributes.count
      let index = Once { [examples = dataset.examples] in try MaskRows.index(path, examples) }
      dataset.findMasks = { example in
        var masks = try birds?(example) ?? []
        try index.value().eachRow(of: example.number) { row in
          // When the dataset was cut, rows about removed pictures may stand among the rows of this
          // one.
          guard try MaskRows.picture(row) == example.name.bytes else { return }
          masks.append(try MaskRows.mask(row, path / "masks", attributes: attributes))
        }
        return masks
      }
      return dataset
    })
}

/// The rows of `masks/masks.jsonl`:
///
///     {"picture":"001.Plain_Brackle/Plain_Brackle_0001_0.png","kind":"trait","trait":"red wings",
///      "attribute":23,"pixels":482,"file":"001.Plain_Brackle/Plain_Brackle_0001_0/red_wings.png"}
enum MaskRows {
  static let name: Path = "masks/masks.jsonl"

  static func index(_ folder: Path, _ examples: Examples) throws -> RowIndex {
    var places: [[UInt8]: Int] = [:]
    places.reserveCapacity(examples.count)
    for number in examples.indices { places[Array(examples.name(number))] = number }
    return try RowIndex(TextRows(folder, name.description), examples: examples.count) { row in
      places[try picture(row)]
    }
  }

  /// The picture that a row is about. There are dozens of rows for each picture, so a row that
  /// begins as Fieldmark writes it is not parsed as a whole.
  static func picture(_ row: TextRow) throws -> [UInt8] {
    let start = Array(#"{"picture":""#.utf8)
    if row.bytes.starts(with: start) {
      let rest = row.bytes[start.count...]
      let end = rest.firstIndex { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
      if let end, rest[end] == UInt8(ascii: "\"") { return Array(rest[..<end]) }
    }
    let place = "\(row.table) line \(row.line)"
    return Array(try json(row).get("picture", .string, in: place).utf8)
  }

  static func mask(_ row: TextRow, _ folder: Path, attributes: Int) throws -> ExampleMask {
    let place = "\(row.table) line \(row.line)"
    let json = try json(row)
    let name = try json.get("file", .string, in: place)
    guard name.utf8.staysInside else {
      throw InputError(
        place, expected: "a 'file' below masks/", found: "'\(printable(name.utf8.prefix(200)))'")
    }
    let number = try json.find("attribute", .integer, in: place)
    if let number, number < 1 || number > attributes {
      throw InputError(
        place,
        expected: attributes == 0
          ? "no 'attribute', since there is no attributes.txt"
          : "an 'attribute' from 1 to \(attributes)",
        found: "\(number)")
    }
    let file = folder / Path(name)
    return ExampleMask(
      printable(try json.get("kind", .string, in: place).utf8),
      printable(try json.get("trait", .string, in: place).utf8), attribute: number.map { $0 - 1 },
      file
    ) { try Mask(grayIn: file) }
  }

  private static func json(_ row: TextRow) throws -> JSON {
    do {
      return try JSON(parsing: row.bytes, place: "\(row.table) line \(row.line)")
    } catch var error as InputError {
      // The JSON counts the row as line 1; the place already names the row's line in the table.
      error.place = error.place.replacing(" line 1,", with: ",", maxReplacements: 1)
      throw error
    }
  }
}
