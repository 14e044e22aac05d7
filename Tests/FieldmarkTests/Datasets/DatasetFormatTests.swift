import Encoders
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
