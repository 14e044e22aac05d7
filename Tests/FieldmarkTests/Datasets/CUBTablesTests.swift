import Fieldmark
import Foundation
import Testing

@Test func linesMayEndInCRLFAndTheFileBeginWithAMark() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put("classes.txt", "\u{feff}1 001.Red_winged_Bird\r\n\r\n2 002.Plain_Bird")
    try folder.put("image_class_labels.txt", " 5\t1 \r\n7 2\r\n9 2\r\n\r\n")
    #expect(try Dataset(folder.path).classes == ["001.Red_winged_Bird", "002.Plain_Bird"])
  }
}

@Test func rowsAboutPicturesThatWereCutAreCounted() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put("bounding_boxes.txt", "1 0 0 1 1\n5 0 0 1 1\n6 0 0 1 1\n")
    let birds = try Dataset(folder.path)
    #expect(
      birds.notes
        == ["rows of bounding_boxes.txt about pictures that images.txt does not list: 2"])
    #expect(birds.examples.map { $0.box == nil } == [false, true, true])
  }
}

@Test func whatIsWrongInATableIsNamedByFileAndLine() throws {
  let table: [(file: String, text: String, expected: String)] = [
    (
      "images.txt", "5 a/x.png\nx\n",
      "images.txt line 2: expected a number and a path, found 'x'."
    ),
    (
      "images.txt", "5 a/x.png\n\n17\n",
      "images.txt line 3: expected a number and a path, found '17'."
    ),
    (
      "images.txt", "5 a/x.png\n5 b/y.png\n",
      "images.txt line 2: expected each number once, found 5 again."
    ),
    (
      "images.txt", "5 ../../etc/passwd\n",
      "images.txt line 1: expected a path below images/, found '../../etc/passwd'."
    ),
    (
      "images.txt", "5 /etc/passwd\n",
      "images.txt line 1: expected a path below images/, found '/etc/passwd'."
    ),
    (
      "images.txt", "99999999999999999999 a\n",
      "images.txt line 1: expected a number and a path, found '99999999999999999999 a'."
    ),
    (
      "images.txt", "-5 a\n", "images.txt line 1: expected a number and a path, found '-5 a'."
    ),
    (
      "images.txt", "5 a\0b\n",
      "images.txt line 1: expected a path below images/, found 'a\\u{0}b'."
    ),
    ("images.txt", "", "FOLDER/images.txt: expected a file with content, found an empty one."),
    (
      "images.txt", " \n\n",
      "images.txt: expected rows of a number and a path, found nothing but space."
    ),
    (
      "image_class_labels.txt", "5 1\n7 3\n9 2\n",
      "image_class_labels.txt line 2: expected a picture and its class, found '7 3'."
    ),
    (
      "image_class_labels.txt", "5 1\n7 2\n",
      "image_class_labels.txt: expected a class for each picture of images.txt, found none for "
        + "'002.Plain_Bird/a b.png'."
    ),
    (
      "image_class_labels.txt", "5 1 1\n",
      "image_class_labels.txt line 1: expected a picture and its class, found '5 1 1'."
    ),
    (
      "train_test_split.txt", "5 2\n",
      "train_test_split.txt line 1: expected a picture and 1 or 0, found '5 2'."
    ),
    (
      "bounding_boxes.txt", "5 1 2 3\n",
      "bounding_boxes.txt line 1: expected a picture, x, y, width and height, found '5 1 2 3'."
    ),
    (
      "bounding_boxes.txt", "5 1 2 nan 4\n",
      "bounding_boxes.txt line 1: expected a picture, x, y, width and height, found '5 1 2 nan 4'."
    ),
    (
      "bounding_boxes.txt", "5 1 2 -3 4\n",
      "bounding_boxes.txt line 1: expected a picture, x, y, width and height, found '5 1 2 -3 4'."
    ),
    (
      "parts/part_locs.txt", "5 1 1 1 1\n5 2 1 1 1\n",
      "parts/part_locs.txt line 2: expected a picture, a part, x, y and 1 or 0, found '5 2 1 1 1'."
    ),
    (
      "attributes/class_attribute_labels_continuous.txt", "1 2 3\n4 5\n",
      "attributes/class_attribute_labels_continuous.txt line 2: expected 3 percentages, one for each "
        + "attribute, found 2."
    ),
    (
      "attributes/class_attribute_labels_continuous.txt", "1 2 3\n",
      "attributes/class_attribute_labels_continuous.txt: expected 2 rows, one for each class, found 1."
    ),
    (
      "attributes/class_attribute_labels_continuous.txt", "1 2 101\n",
      "attributes/class_attribute_labels_continuous.txt line 1: expected percentages from 0 to 100, "
        + "found '101'."
    ),
    (
      "classes.txt", "1 a\n\u{202e}\n",
      "classes.txt line 2: expected a number and a class, found '\\u{202e}'."
    ),
    (
      "bounding_boxes.txt", "5 -1e300 0 1e300 1\n",
      "bounding_boxes.txt line 1: expected a picture, x, y, width and height, found "
        + "'5 -1e300 0 1e300 1'."
    ),
    (
      "bounding_boxes.txt", "5 0x1p3 0 1 1\n",
      "bounding_boxes.txt line 1: expected a picture, x, y, width and height, found "
        + "'5 0x1p3 0 1 1'."
    ),
    (
      "parts/part_locs.txt", "5 1 1 1e12 1\n",
      "parts/part_locs.txt line 1: expected a picture, a part, x, y and 1 or 0, found '5 1 1 1e12 1'."
    ),
  ]
  for (file, text, expected) in table {
    try inSmallFolder { folder in
      try putSmallCUB(folder)
      try folder.put(file, text)
      #expect(folder.sentence() == expected)
    }
  }
}

@Test func namesNeedNotBeUTF8() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put("images.txt", Array("5 a/".utf8) + [0xff, 0xfe] + Array(".png\n".utf8))
    try folder.put("image_class_labels.txt", "5 1\n")
    let picture = try Dataset(folder.path).examples[0]
    #expect(picture.name.bytes == Array("a/".utf8) + [0xff, 0xfe] + Array(".png".utf8))
    #expect(picture.name.description == "a/\\xff\\xfe.png")
  }
}

/// One of the two rows would have to be wrong, and nobody would know which.
@Test func aSecondRowAboutTheSameThingIsRefused() throws {
  let table: [(file: String, text: String, expected: String)] = [
    (
      "image_class_labels.txt", "5 1\n7 2\n9 2\n5 2\n",
      "image_class_labels.txt line 4: expected each picture once, found 5 again."
    ),
    (
      "train_test_split.txt", "5 1\n5 0\n",
      "train_test_split.txt line 2: expected each picture once, found 5 again."
    ),
    (
      "bounding_boxes.txt", "5 0 0 1 1\n7 0 0 1 1\n5 0 0 2 2\n",
      "bounding_boxes.txt line 3: expected each picture once, found 5 again."
    ),
    (
      "parts/part_locs.txt", "5 1 1 1 1\n5 7 1 1 1\n7 1 1 1 1\n5 1 2 2 1\n",
      "parts/part_locs.txt line 4: expected each part of a picture once, found '5 1 2 2 1'."
    ),
  ]
  for (file, text, expected) in table {
    try inSmallFolder { folder in
      try putSmallCUB(folder)
      try folder.put(file, text)
      #expect(folder.sentence() == expected)
    }
  }
}

@Test func picturesThatTheSplitLeavesOutAreCounted() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put("train_test_split.txt", "5 1\n")
    let birds = try Dataset(folder.path)
    #expect(
      birds.notes == [
        "pictures without a split, because train_test_split.txt does not list them: 2"
      ])
    #expect(birds.examples.map(\.use) == [.training, nil, nil])
  }
}

/// The table of percentages has no names: its first row is the class with the smallest number.
@Test func percentagesStandInTheOrderOfNumbers() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    try folder.put("classes.txt", "2 002.Plain_Bird\n1 001.Red_winged_Bird\n")
    try folder.put(
      "attributes/attributes.txt",
      "9 has_size::small\n1 has_wing_color::red\n2 has_wing_color::black\n")
    let table = try #require(try Dataset(folder.path).classAttributes)
    #expect(table.attributes.map(\.value) == ["small", "red", "black"])
    #expect(table.percentages == Matrix([[0, 0, 50], [100, 60.5, 20]]))
  }
}

@Test func smallTablesDoNotAskForAllMemory() throws {
  try inSmallFolder { folder in
    let numbers = 1...40_000
    try folder.put("classes.txt", "1 a\n")
    try folder.put("images.txt", numbers.prefix(3000).map { "\($0) a/\($0).png\n" }.joined())
    try folder.put("image_class_labels.txt", numbers.prefix(3000).map { "\($0) 1\n" }.joined())
    try folder.put("parts/parts.txt", numbers.map { "\($0) part\n" }.joined())
    #expect(
      folder.sentence()
        == "parts/parts.txt: expected at most 100000000 parts on all pictures, found 40000 on each of "
        + "3000.")
  }
}
