import Ground
import Pictures

extension DatasetFormat {
  /// Stanford Cars (Krause et al. 2013, 3DRR-13): 196 models. The layout is that of the archives
  /// (`cars_train`, `cars_test`, `devkit` with MATLAB files), or that of copies with a folder for
  /// each class (`car_data/train/...`, with boxes in `anno_train.csv`).
  public static let cars = DatasetFormat(
    "cars", "Stanford Cars, with its MATLAB files or by class in folders",
    recognizes: { CarsDevkit($0) != nil || CarsFolders($0) != nil },
    open: { path in
      if let devkit = CarsDevkit(path) { return try devkit.dataset(path) }
      guard let folders = CarsFolders(path) else {
        throw InputError(
          path.description, expected: "devkit/cars_train_annos.mat, or car_data/train",
          found: "neither")
      }
      return try folders.dataset(path)
    })
}

/// The layout of the archives. The classes of the test pictures were published later, in a file
/// that people put beside `devkit` or into it.
private struct CarsDevkit {
  let path: Path
  let training: String
  let test: String?
  let names: String?

  init?(_ path: Path) {
    func find(_ file: String) -> String? {
      ["devkit/\(file)", file].first { (path / Path($0)).isFile }
    }
    guard let training = find("cars_train_annos.mat") else { return nil }
    self.path = path
    self.training = training
    test = find("cars_test_annos_withlabels.mat") ?? find("cars_test_annos.mat")
    names = find("cars_meta.mat")
  }

  func dataset(_ place: Path) throws -> Dataset {
    var examples = Examples(in: .folder(path))
    var largest = 0
    var boxes = CarBoxes()
    try read(training, "cars_train", .training, &examples, &largest, &boxes)
    if let test { try read(test, "cars_test", .test, &examples, &largest, &boxes) }
    let classes = try classNames() ?? (1...max(1, largest)).map(String.init)
    guard largest <= classes.count else {
      throw InputError(
        training, expected: "classes from 1 to \(classes.count)", found: "\(largest)")
    }
    var dataset = Dataset("cars", place, classes: classes, examples)
    dataset.notes = boxes.notes
    return dataset
  }

  private func classNames() throws -> [String]? {
    guard let names else { return nil }
    let value = try MATFile(path, names).get("class_names")
    let cells = (value.cells ?? []).compactMap(\.text)
    guard !cells.isEmpty, cells.count == value.cells?.count else {
      throw InputError(
        "\(names) variable 'class_names'", expected: "cells with texts", found: value.kind)
    }
    return cells.map { printable($0.utf8) }
  }

  private func read(
    _ file: String, _ folder: String, _ use: Example.Use, _ examples: inout Examples,
    _ largest: inout Int, _ boxes: inout CarBoxes
  ) throws {
    // In one copy each folder contains another of the same name with the pictures.
    let twice = (path / Path("\(folder)/\(folder)")).isFolder
    let prefix = twice ? "\(folder)/\(folder)/" : "\(folder)/"
    for record in try MATFile(path, file).records("annotations") {
      let name = try record.text("fname")
      guard name.utf8.staysInside else {
        throw InputError(
          "\(record.place).fname", expected: "a name below \(folder)/",
          found: "'\(printable(name.utf8.prefix(200)))'")
      }
      var label: Int?
      if record.find("class") != nil {
        let number = try record.number("class")
        guard let whole = Int(exactly: number), (1...100_000).contains(whole) else {
          throw InputError(
            "\(record.place).class", expected: "a class number from 1 to 100000", found: "\(number)"
          )
        }
        label = whole - 1
        largest = max(largest, whole)
      }
      examples.append((prefix + name).utf8, label: label, use: use)
      let corners = try ["bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2"].map(record.number)
      boxes.set(corners, of: examples.count - 1, in: &examples)
    }
  }
}

/// Sets boxes given by their first and last pixels. A box whose last pixel comes before its first
/// is left out and counted, so that it does not make the whole dataset unreadable.
private struct CarBoxes {
  private var strange = 0

  var notes: [String] {
    strange == 0
      ? [] : ["boxes left out, whose last pixel is before the first or far off: \(strange)"]
  }

  mutating func set(_ corners: [Double], of example: Int, in examples: inout Examples) {
    let box = Region(
      firstX: corners[0], firstY: corners[1], lastX: corners[2], lastY: corners[3])
    guard box.isBox, box.width > 0, box.height > 0 else {
      strange += 1
      return
    }
    examples.set(box: box, of: example)
  }
}

/// The layout of the copies: `car_data/train/CLASS/00001.jpg`, sometimes one folder deeper.
private struct CarsFolders {
  let path: Path
  let pictures: Path

  init?(_ path: Path) {
    self.path = path
    let folders = [path / "car_data" / "car_data", path / "car_data"]
    guard let found = folders.first(where: { ($0 / "train").isFolder }) else { return nil }
    pictures = found
  }

  func dataset(_ place: Path) throws -> Dataset {
    var dataset = try PictureFolders.dataset("cars", place, pictures)
    var boxes = CarBoxes()
    var places: [[UInt8]: Int] = [:]
    for number in dataset.examples.indices {
      // The same file name may occur in train and in test, so the key includes the split:
      // `train/00001.jpg`.
      let name = dataset.examples[number].name
      let use = dataset.examples.use(number) == .training ? "train/" : "test/"
      places[Array(use.utf8) + name.lastComponent.bytes] = number
    }
    for use in ["train", "test"] where (path / Path("anno_\(use).csv")).isFile {
      // The table has no header row. Its columns are file, x1, y1, x2, y2, class.
      let table = try CSVRows(
        path, "anno_\(use).csv", columns: ["fname", "x1", "y1", "x2", "y2", "class"])
      try table.eachRow(isHeadless: true) { row in
        let corners = try (1...4).map { column -> Double in
          guard let number = try row.decimal(column, table.columns[column]) else {
            throw row.error("a number as '\(table.columns[column])'", found: "nothing")
          }
          return number
        }
        guard let example = places[Array("\(use)/".utf8) + row[0]] else { return }
        boxes.set(corners, of: example, in: &dataset.examples)
      }
    }
    dataset.notes += boxes.notes
    return dataset
  }
}
