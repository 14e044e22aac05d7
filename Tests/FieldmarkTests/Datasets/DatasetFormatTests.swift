import Fieldmark
import Foundation
import Testing

@Test func everyFormatHasANameOfItsOwnAndALineOfHelp() {
  let names = DatasetFormat.all.map(\.name)
  #expect(Set(names).count == names.count)
  for format in DatasetFormat.all {
    #expect(!format.summary.isEmpty && format.summary.count < 80, "\(format.name)")
    #expect(DatasetFormat(named: format.name)?.name == format.name)
  }
  #expect(DatasetFormat(named: "imagenet") == nil)
}

@Test func whatIsNoDatasetIsOneSentence() throws {
  let formats = DatasetFormat.all.map(\.name).joined(separator: ", ")
  try inSmallFolder { folder in
    #expect(
      folder.sentence()
        == "FOLDER: expected a dataset in one of the formats \(formats), found an empty folder.")
    for letter in ["a", "b", "c", "d", "e", "f"] { try folder.put(letter, "x") }
    #expect(
      folder.sentence()
        == "FOLDER: expected a dataset in one of the formats \(formats), found a folder with 'a', "
        + "'b', 'c', 'd', 'e' and 1 more.")
    #expect(
      folder.sentence(nil, "absent")
        == "FOLDER/absent: expected a dataset in one of the formats \(formats), found nothing there."
    )
    #expect(
      folder.sentence(nil, "a")
        == "FOLDER/a: expected a dataset in one of the formats \(formats), found a file.")
  }
}

@Test func aFormatThatIsAskedForSaysWhatItMisses() throws {
  try inSmallFolder { folder in
    try folder.put("x", "x")
    let table: [(String, String)] = [
      (
        "cub",
        "FOLDER: expected images.txt, image_class_labels.txt and classes.txt, found not all of them."
      ),
      (
        "aviary",
        "FOLDER: expected images.txt, image_class_labels.txt and classes.txt, found not all of them."
      ),
      ("cars", "FOLDER: expected devkit/cars_train_annos.mat, or car_data/train, found neither."),
      ("aircraft", "FOLDER: expected variants.txt and images_variant_train.txt, found not both."),
      (
        "aircraft-family",
        "FOLDER: expected families.txt and images_family_train.txt, found not both."
      ),
      ("birds-525", "FOLDER: expected a dataset with pictures, found none."),
      ("fish-vista", "FOLDER: expected classification_train.csv, found none."),
      ("manifest", "FOLDER/manifest.csv: expected a file to read, found nothing there."),
      ("folders", "FOLDER: expected a dataset with pictures, found none."),
      ("webdataset", "FOLDER: expected a file, found a folder."),
    ]
    for (name, expected) in table {
      #expect(folder.sentence(DatasetFormat(named: name)) == expected, "\(name)")
    }
  }
}

@Test(arguments: [
  (
    "images.txt",
    "FOLDER: expected images.txt, image_class_labels.txt and classes.txt, found not all of them."
  ),
  (
    "variants.txt",
    "FOLDER: expected variants.txt and images_variant_train.txt, found not both."
  ),
  ("notes.txt", "no error"),
])
func picturesBesideTablesOfAnotherFormatAreNoFoldersOfClasses(
  table: String, expected: String
) throws {
  try inSmallFolder { folder in
    try folder.picture("images/wren/a.png")
    try folder.put(table, "x")
    #expect(folder.sentence() == expected)
  }
}

/// A name of 60 letters, its end, class, use and box: 60 + 8 + 4 + 1 + 16 bytes.
@Test func aPictureTakesFewBytes() throws {
  try inSmallFolder { folder in
    var manifest = "path,class,split,x,y,width,height\n"
    for number in 0..<20_000 {
      let name = String(repeating: "a", count: 55) + String(number + 10_000)
      manifest += "\(name),\(number % 7),train,1,2,3,4\n"
    }
    try folder.put("manifest.csv", manifest)
    let dataset = try Dataset(folder.path)
    #expect(dataset.examples.count == 20_000)
    let last = try #require(dataset.examples.last)
    #expect(last.name.description.hasSuffix("29999") && last.label == 19_999 % 7)
    #expect(last.box == Region(x: 1, y: 2, width: 3, height: 4))
    #expect(dataset.examples.bytesInUse / dataset.examples.count <= 89)
  }
}

/// Whatever becomes of a table, opening and asking ends in a value or a sentence.
@Test func damagedTablesNeverTrap() throws {
  let worlds: [(DatasetFormat, (SmallFolder) throws -> Void)] = [
    (.cub, putSmallCUB), (.aircraft, putAircraft), (.fishVistaSegmentation, putFishVista),
    (
      .manifest, { try $0.put("manifest.csv", "path,class,split,x,y,width,height\na,b,,1,2,3,4\n") }
    ),
  ]
  let strange = [
    "\0", "\u{ff}", "-", "\"", "..", "/", " ", "\n", "\r\n", "\t", "99999999999", "nan",
  ]
  var draws = SplitMix(seed: 11)
  for (format, put) in worlds {
    try inSmallFolder { folder in
      try put(folder)
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path.description)
      let tables = files.sorted().filter { file in
        ["txt", "csv", "json"].contains { file.hasSuffix($0) }
      }
      for round in 0..<80 {
        let name = tables[round % tables.count]
        let whole = try (folder.path / Fieldmark.Path(name)).read(limit: 1 << 20)
        var bytes = whole
        for _ in 0...draws.below(3) where !bytes.isEmpty {
          let place = draws.below(bytes.count)
          switch draws.below(4) {
          case 0: bytes[place] = UInt8(truncatingIfNeeded: draws.next())
          case 1: bytes.removeSubrange(place...)
          case 2: bytes.insert(contentsOf: strange[draws.below(strange.count)].utf8, at: place)
          default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + draws.below(20)))
          }
        }
        try folder.put(name, bytes)
        if let dataset = try? Dataset(folder.path, as: format) {
          _ = dataset.description
          for example in dataset.examples {
            _ = dataset.parts(of: example)
            _ = try? dataset.attributes(of: example)
            _ = try? dataset.masks(of: example).map { try $0.read() }
            _ = try? example.picture()
          }
          _ = try? dataset.attributeNotes()
        }
        try folder.put(name, whole)
      }
    }
  }
}
