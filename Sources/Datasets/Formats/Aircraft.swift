import Ground
import Pictures

extension DatasetFormat {
  /// FGVC-Aircraft 2013b (Maji et al. 2013, arXiv 1306.5151) by variant: 100 classes, such as
  /// "737-700". The bottom 20 rows of each picture, which name the photographer, are cut off, as
  /// the authors ask.
  public static let aircraft = byLevel(
    "aircraft", "FGVC-Aircraft by its 100 variants", .init("variant", "variants.txt"))
  /// FGVC-Aircraft by family: 70 classes, such as "Boeing 737".
  public static let aircraftFamily = byLevel(
    "aircraft-family", "FGVC-Aircraft by its 70 families", .init("family", "families.txt"))
  /// FGVC-Aircraft by manufacturer: 30 classes, such as "Boeing".
  public static let aircraftManufacturer = byLevel(
    "aircraft-manufacturer", "FGVC-Aircraft by its 30 manufacturers",
    .init("manufacturer", "manufacturers.txt"))

  private static func byLevel(_ name: String, _ summary: String, _ level: Level) -> DatasetFormat {
    DatasetFormat(
      name, summary, tables: [Path(level.list)],
      recognizes: { Aircraft($0, level) != nil },
      open: { path in
        guard let aircraft = Aircraft(path, level) else {
          throw InputError(
            path.description, expected: "\(level.list) and images_\(level.name)_train.txt",
            found: "not both")
        }
        return try aircraft.dataset(name, path)
      })
  }

  fileprivate struct Level: Sendable {
    let name: String
    let list: String

    init(_ name: String, _ list: String) { (self.name, self.list) = (name, list) }
  }
}

private struct Aircraft {
  let folder: Path
  let level: DatasetFormat.Level

  static let banner = 20

  init?(_ path: Path, _ level: DatasetFormat.Level) {
    let names = [level.list, "images_\(level.name)_train.txt"]
    let found = [path, path / "data"].first { folder in
      names.allSatisfy { (folder / Path($0)).isFile }
    }
    guard let found else { return nil }
    (folder, self.level) = (found, level)
  }

  func dataset(_ format: String, _ path: Path) throws -> Dataset {
    var classes: [String] = []
    var labels: [String: Int] = [:]
    try TextRows(folder, level.list).eachRow { row in
      let name = printable(row.words.rest() ?? row.bytes)
      guard labels.updateValue(classes.count, forKey: name) == nil else {
        throw row.error("each \(level.name) once", found: "'\(name)' again")
      }
      classes.append(name)
    }
    var examples = Examples(in: .folder(folder / "images"), banner: Aircraft.banner)
    var pictures: [[UInt8]: Int] = [:]
    let lists = try lists()
    for (file, use) in lists.known {
      try TextRows(folder, file.description).eachRow { row in
        var words = row.words
        guard let number = words.next(), let rest = words.rest(), number.staysInside else {
          throw row.error("a picture's number and its \(level.name)")
        }
        let name = printable(rest)
        guard let label = labels[name] else {
          throw row.error("a \(level.name) of \(level.list)", found: "'\(name)'")
        }
        guard pictures.updateValue(examples.count, forKey: Array(number)) == nil else {
          throw row.error("each picture once", found: "\(printable(number)) again")
        }
        examples.append(Array(number) + Array(".jpg".utf8), label: label, use: use)
      }
    }
    if (folder / "images_box.txt").isFile { try readBoxes(&examples, pictures) }
    var dataset = Dataset(format, path, classes: classes, examples)
    dataset.notes.append("the \(Aircraft.banner) rows with a name at the bottom are cut off")
    if !lists.others.isEmpty {
      let names = lists.others.map { "'\($0)'" }.joined(separator: ", ")
      dataset.notes.append("lists left out, whose names do not contain a known split: \(names)")
    }
    return dataset
  }

  /// The lists such as `images_variant_train.txt`, without `trainval`, which repeats two others.
  private func lists() throws -> (known: [(name: Path, use: Example.Use)], others: [Path]) {
    let (start, end) = ("images_\(level.name)_", ".txt")
    func word(_ name: Path) -> String? {
      let text = name.description
      guard text.hasPrefix(start), text.hasSuffix(end), text.count > start.count + end.count else {
        return nil
      }
      return String(text.dropFirst(start.count).dropLast(end.count))
    }
    let names = try folder.names().filter { name in
      word(name).map { $0 != "trainval" } ?? false && (folder / name).isFile
    }
    let known = Example.Use.named(names, by: word)
    return (known, names.filter { name in !known.contains { $0.name == name } })
  }

  /// The columns are the first and last column and row; the upper left pixel is (1, 1), as the
  /// dataset's README says.
  private func readBoxes(_ examples: inout Examples, _ pictures: [[UInt8]: Int]) throws {
    try TextRows(folder, "images_box.txt").eachRow { row in
      var words = row.words
      guard let number = words.next(), let firstX = words.decimal(), let firstY = words.decimal(),
        let lastX = words.decimal(), let lastY = words.decimal(), words.isAtEnd,
        firstX <= lastX, firstY <= lastY
      else { throw row.error("a picture's number, xmin, ymin, xmax and ymax") }
      let box = Region(firstX: firstX, firstY: firstY, lastX: lastX, lastY: lastY)
      guard box.isBox else { throw row.error("a picture's number, xmin, ymin, xmax and ymax") }
      guard let example = pictures[Array(number)] else { return }
      guard examples.box(example) == nil else {
        throw row.error("each picture once", found: "\(printable(number)) again")
      }
      examples.set(box: box, of: example)
    }
  }
}
