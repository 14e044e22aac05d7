import Fieldmark
import Foundation
import Testing

/// Two classes, three pictures with gaps between their numbers, two parts, three attributes.
func putSmallCUB(_ folder: SmallFolder) throws {
  try folder.put("classes.txt", "1 001.Red_winged_Bird\n2 002.Plain_Bird\n")
  try folder.put(
    "images.txt",
    "5 001.Red_winged_Bird/Red_Winged_Bird_1.png\n9 002.Plain_Bird/a b.png\n"
      + "7 002.Plain_Bird/c.png\n")
  try folder.put("image_class_labels.txt", "5 1\n7 2\n9 2\n")
  try folder.put("train_test_split.txt", "5 1\n7 0\n9 1\n")
  try folder.put("bounding_boxes.txt", "5 1.0 0.0 9.0 1.0\n7 0.0 0.0 3.0 2.0\n9 0.5 0.0 1.0 1.0\n")
  try folder.put("parts/parts.txt", "1 back\n7 left eye\n")
  try folder.put(
    "parts/part_locs.txt",
    "5 1 1.0 1.0 1\n5 7 0.0 0.0 0\n7 1 0.0 0.0 0\n7 7 2.5 1.0 1\n9 1 0.0 0.0 1\n9 7 1.0 1.0 1\n")
  try folder.put(
    "attributes/attributes.txt",
    "1 has_wing_color::red\n2 has_wing_color::black\n3 has_size::large_(16_-_32_in)\n")
  try folder.put(
    "attributes/class_attribute_labels_continuous.txt", "60.5 20.0 100.0\n0.0 50.0 0.0\n")
  try folder.put(
    "attributes/image_attribute_labels.txt",
    "5 1 1 4 2.5\n5 2 0 3 1.0\n5 3 0 1 0\n7 1 0 4 0.5\n7 2 1 2 1\n7 3 1 3 1\n")
  for name in ["001.Red_winged_Bird/Red_Winged_Bird_1", "002.Plain_Bird/a b", "002.Plain_Bird/c"] {
    try folder.picture("images/\(name).png")
  }
}

@Test func theTablesOfAFolderLikeCUBsAreJoined() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    let birds = try Dataset(folder.path)
    #expect(
      birds.description
        == "cub: 3 pictures of 2 classes (2 for training, 1 for test), 3 boxes, 2 parts, 3 attributes"
    )
    #expect(birds.classes == ["001.Red_winged_Bird", "002.Plain_Bird"])
    #expect(birds.spokenName(of: 0) == "Red winged Bird")
    #expect(birds.examples.map(\.label) == [0, 1, 1])
    #expect(birds.examples.map(\.isTraining) == [true, true, false])
    #expect(birds.partNames == ["back", "left eye"])
    #expect(birds.parts(of: birds.examples[0]) == [Point(x: 1, y: 1), nil])
    #expect(birds.parts(of: birds.examples[1]) == [Point(x: 0, y: 0), Point(x: 1, y: 1)])
    #expect(birds.parts(of: birds.examples[2]) == [nil, Point(x: 2.5, y: 1)])
    #expect(birds.attributes.map(\.group) == ["wing_color", "wing_color", "size"])
    #expect(birds.attributes[2].value == "large_(16_-_32_in)")

    let first = birds.examples[0]
    #expect(first.box == Region(x: 1, y: 0, width: 9, height: 1))
    #expect(try first.box?.within(first.picture()) == Region(x: 1, y: 0, width: 2, height: 1))
    #expect(try birds.examples[1].picture().width == 3)
    let answers = try birds.attributes(of: first)
    #expect(answers[0] == AttributeLabel(isPresent: true, certainty: .definitely, seconds: 2.5))
    #expect(answers.compactMap { $0?.confidence } == [1, 0.25, 0])
    #expect(
      try birds.attributes(of: birds.examples[2]).compactMap { $0?.confidence } == [0, 0.5, 0.75])
    // Nobody was asked about the one between them.
    #expect(try birds.attributes(of: birds.examples[1]) == [nil, nil, nil])
    #expect(try birds.attributeNotes().isEmpty && birds.notes.isEmpty)
    #expect(try birds.masks(of: first).isEmpty)
  }
}

@Test func theListOfAttributesIsFoundInEachOfItsPlaces() throws {
  for place in [
    "CUB_200_2011/attributes/attributes.txt", "CUB_200_2011/attributes.txt", "attributes.txt",
  ] {
    try inSmallFolder { folder in
      try folder.put("CUB_200_2011/classes.txt", "1 a\n")
      try folder.put("CUB_200_2011/images.txt", "1 a/x.png\n")
      try folder.put("CUB_200_2011/image_class_labels.txt", "1 1\n")
      try folder.put(place, "1 has_size::small\n")
      #expect(try Dataset(folder.path).attributes.map(\.value) == ["small"], "\(place)")
      #expect(
        try Dataset(folder.path / "CUB_200_2011").attributes.map(\.value) == ["small"], "\(place)")
    }
  }
}

@Test func aSegmentationIsWhatMostPeopleDrew() throws {
  try inSmallFolder { folder in
    try putSmallCUB(folder)
    let grays: [UInt8] = [0, 51, 102, 153, 204, 255]
    try folder.put(
      "segmentations/002.Plain_Bird/c.png", PNGSamples.gray(grays).png(width: 3, height: 2))
    // One of the few that are stored with colors and alpha.
    let colors: [UInt8] = grays.flatMap { [$0, $0, $0, 255] }
    try folder.put(
      "segmentations/002.Plain_Bird/a b.png", PNGSamples.rgba(colors).png(width: 3, height: 2))
    let birds = try Dataset(folder.path)
    for example in birds.examples.dropFirst() {
      let mask = try #require(birds.masks(of: example).first)
      #expect(mask.kind == "object" && mask.attribute == nil)
      #expect(
        try mask.read(for: example.picture()).pixels == [false, false, false, true, true, true])
    }
    #expect(try birds.masks(of: birds.examples[0]).isEmpty)
    let mask = try #require(birds.masks(of: birds.examples[2]).first)
    let larger = Picture(width: 4, height: 2, pixels: [UInt8](repeating: 0, count: 24))
    let error = #expect(throws: InputError.self) { try mask.read(for: larger) }
    #expect(
      error?.description
        == "\(folder.path)/segmentations/002.Plain_Bird/c.png: expected 4 x 2 pixels, as the picture, "
        + "found 3 x 2.")
  }
}

/// The counts are those of the tables: `wc -l`, `cut -d' ' -f2 train_test_split.txt | sort | uniq -c`,
/// `awk '$5==1' parts/part_locs.txt | wc -l`.
@Test(.enabled(if: DatasetReferences.hasLarge, "needs FIELDMARK_REFERENCES"))
func theCompleteTablesOfCUBHaveTheirKnownCounts() throws {
  let birds = try Dataset(DatasetReferences.large("data/cub-tables"))
  let summary = birds.summary
  #expect(summary.pictures == 11_788 && summary.classesSeen == 200 && summary.boxes == 11_788)
  #expect(summary.training == 5994 && summary.test == 5794)
  #expect(summary.parts == 15 && summary.visibleParts == 141_407)
  #expect(summary.attributes == 312 && !summary.hasAttributeLabels && birds.notes.isEmpty)
  #expect(birds.partNames[6] == "left eye")
  let boxes = birds.examples.compactMap(\.box)
  #expect(boxes.map { $0.x + $0.width }.max() == 532)
  #expect(boxes.map { $0.y + $0.height }.max() == 501)
  #expect(birds.examples.allSatisfy { !birds.parts(of: $0).allSatisfy { $0 == nil } })
  #expect(
    birds.examples[0].name.description
      == "001.Black_footed_Albatross/Black_Footed_Albatross_0046_18.jpg")
  let perClass = birds.examples.reduce(into: [Int](repeating: 0, count: 200)) { counts, example in
    counts[example.label ?? 0] += 1
  }
  #expect(perClass.min() == 41 && perClass.max() == 60)
}

/// `awk '$1==239' parts/part_locs.txt`; `awk '$5==1' parts/part_locs.txt | wc -l`
@Test(.enabled(if: DatasetReferences.hasLarge, "needs FIELDMARK_REFERENCES"))
func theSmallCUBHasGapsAndItsListBesideIt() throws {
  let birds = try Dataset(DatasetReferences.large("data/cub-mini"))
  #expect(
    birds.description
      == "cub: 143 pictures of 13 of 200 classes (78 for training, 65 for test), 143 boxes, 15 parts, "
      + "312 attributes")
  #expect(birds.summary.visibleParts == 1682)
  let parts = birds.parts(of: birds.examples[0])
  #expect(
    parts[0] == nil && parts[1] == Point(x: 213, y: 115) && parts[14] == Point(x: 237, y: 116))
  let last = try #require(birds.examples.last)
  #expect(birds.spokenName(of: last.label ?? 0) == "Cardinal")
  #expect(last.name.description == "017.Cardinal/Cardinal_0066_17803.jpg" && last.isTraining)
  for example in birds.examples.prefix(5) {
    let picture = try example.picture()
    let box = try #require(example.box?.within(picture))
    #expect(
      box.x + box.width <= Double(picture.width) && box.y + box.height <= Double(picture.height))
  }
}
