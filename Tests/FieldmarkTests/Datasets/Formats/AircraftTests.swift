import Fieldmark
import Testing

func putAircraft(_ folder: SmallFolder) throws {
  try folder.put("data/variants.txt", "737-700\nF-16A/B\n")
  try folder.put("data/families.txt", "Boeing 737\nF-16\n")
  try folder.put("data/manufacturers.txt", "Boeing\nLockheed Martin\n")
  for (level, names) in [
    ("variant", ["737-700", "F-16A/B", "737-700"]),
    ("family", ["Boeing 737", "F-16", "Boeing 737"]),
    ("manufacturer", ["Boeing", "Lockheed Martin", "Boeing"]),
  ] {
    for (part, index) in [("train", 0), ("val", 1), ("test", 2)] {
      try folder.put(
        "data/images_\(level)_\(part).txt", "000000\(index + 1) \(names[index])\n")
    }
  }
  try folder.put("data/images_box.txt", "0000001 3 4 10 20\n0000009 1 1 2 2\n")
  try folder.picture("data/images/0000001.jpg", width: 12, height: 50)
}

@Test func aircraftComeByVariantFamilyAndManufacturer() throws {
  try inSmallFolder { folder in
    try putAircraft(folder)
    let aircraft = try Dataset(folder.path)
    #expect(
      aircraft.description
        == "aircraft: 3 pictures of 2 classes (1 for training, 1 for validation, 1 for test), 1 box"
    )
    #expect(aircraft.classes == ["737-700", "F-16A/B"])
    #expect(try Dataset(folder.path, as: .aircraftFamily).classes == ["Boeing 737", "F-16"])
    let makers = try Dataset(folder.path / "data", as: .aircraftManufacturer)
    #expect(makers.classes == ["Boeing", "Lockheed Martin"])
    #expect(makers.examples.map(\.label) == [0, 1, 0])
    #expect(makers.examples.map(\.use) == [.training, .validation, .test])
  }
}

@Test func listsOfOtherSplitsAreReadOrNamed() throws {
  try inSmallFolder { folder in
    try putAircraft(folder)
    try folder.put("data/images_variant_dev.txt", "0000004 737-700\n")
    try folder.put("data/images_variant_trainval.txt", "0000001 737-700\n0000002 F-16A/B\n")
    try folder.put("data/images_variant_holdout.txt", "0000005 737-700\n")
    let aircraft = try Dataset(folder.path)
    #expect(aircraft.examples.map(\.use) == [.training, .validation, .validation, .test])
    #expect(
      aircraft.notes.last
        == "lists left out, whose names do not contain a known split: 'images_variant_holdout.txt'")
  }
}

/// The first pixel is 1, 1: 3 to 10 and 4 to 20 are 8 x 17 from 2, 3.
@Test func theBannerIsCutOffAndBoxesCountFromOne() throws {
  try inSmallFolder { folder in
    try putAircraft(folder)
    let aircraft = try Dataset(folder.path)
    #expect(aircraft.notes == ["the 20 rows with a name at the bottom are cut off"])
    let first = aircraft.examples[0]
    #expect(first.box == Region(x: 2, y: 3, width: 8, height: 17))
    let picture = try first.picture()
    #expect(picture.width == 12 && picture.height == 30)
    #expect(picture.notes == ["the banner of 20 rows at the bottom is cut off"])
    #expect(try Picture(bytes: first.bytes(), name: "whole").height == 50)
  }
}

@Test func whatIsWrongInAnAircraftTableIsNamedByFileAndLine() throws {
  let table: [(String, String, String)] = [
    (
      "images_variant_val.txt", "0000002 F-17\n",
      "images_variant_val.txt line 1: expected a variant of variants.txt, found 'F-17'."
    ),
    (
      "images_variant_val.txt", "0000002\n",
      "images_variant_val.txt line 1: expected a picture's number and its variant, found '0000002'."
    ),
    (
      "images_variant_test.txt", "0000001 737-700\n",
      "images_variant_test.txt line 1: expected each picture once, found 0000001 again."
    ),
    (
      "images_variant_test.txt", "../../x 737-700\n",
      "images_variant_test.txt line 1: expected a picture's number and its variant, found "
        + "'../../x 737-700'."
    ),
    (
      "variants.txt", "737-700\n737-700\n",
      "variants.txt line 2: expected each variant once, found '737-700' again."
    ),
    (
      "images_box.txt", "0000001 1 1 2 2\n0000001 1 1 3 3\n",
      "images_box.txt line 2: expected each picture once, found 0000001 again."
    ),
    (
      "images_box.txt", "0000001 1 1 2 1e30\n",
      "images_box.txt line 1: expected a picture's number, xmin, ymin, xmax and ymax, found "
        + "'0000001 1 1 2 1e30'."
    ),
    (
      "images_box.txt", "0000001 9 1 2 2\n",
      "images_box.txt line 1: expected a picture's number, xmin, ymin, xmax and ymax, found "
        + "'0000001 9 1 2 2'."
    ),
  ]
  for (file, text, expected) in table {
    try inSmallFolder { folder in
      try putAircraft(folder)
      try folder.put("data/\(file)", text)
      #expect(folder.sentence() == expected)
    }
  }
}
