import Fieldmark
import Foundation
import Testing

private func inWorld(_ body: (World, Fieldmark.Path) throws -> Void) throws {
  try inTemporaryFolder { folder in
    let world = World(seed: 5, size: 64, species: Array(Species.all.prefix(3)))
    try WorldFolder(world, at: folder).write(8)
    try body(world, folder)
  }
}

@Test func aWrittenWorldIsReadBackAsItWasDrawn() throws {
  try inWorld { world, folder in
    let birds = try Dataset(folder)
    #expect(
      birds.description
        == "aviary: 8 pictures of 3 classes (5 for training, 3 for test), 8 boxes, 15 parts, "
        + "312 attributes, masks")
    // Written class by class: sightings 0, 3, 6, then 1, 4, 7, then 2, 5.
    for (example, index) in zip(birds.examples, [0, 3, 6, 1, 4, 7, 2, 5]) {
      let sighting = world.draw(index)
      let label = try #require(example.label)
      #expect(
        birds.spokenName(of: label)
          == sighting.species.fileName.replacingOccurrences(of: "_", with: " "))
      let picture = try example.picture()
      #expect(picture.pixels == sighting.picture.pixels)
      let parts = birds.parts(of: example)
      let drawn = sighting.parts.map { $0.map { Point(x: Double($0.x), y: Double($0.y)) } }
      #expect(parts == drawn)
      let masks = try birds.masks(of: example)
      #expect(masks.first?.kind == "object")
      #expect(try masks.first?.read(for: picture).pixels == sighting.segmentation)
      let traits = masks.filter { $0.kind == "trait" }
      #expect(traits.map(\.name) == sighting.traits.map(\.phrase))
      for (mask, trait) in zip(traits, sighting.traits) {
        #expect(try mask.read(for: picture).pixels == sighting.mask(of: trait), "\(trait.phrase)")
        #expect(mask.attribute == trait.attribute.map { $0 - 1 })
      }
      #expect(masks.contains { $0.kind == "habitat" })
      let answers = try birds.attributes(of: example)
      let present = Set(sighting.traits.compactMap(\.attribute))
      for (attribute, answer) in answers.enumerated() {
        #expect(answer?.isPresent == present.contains(attribute + 1))
      }
    }
    #expect(birds.classAttributes?.percentages.rows == 3)
  }
}

@Test func aDamagedIndexOfMasksIsOneSentence() throws {
  let table: [(String, String)] = [
    ("{\"picture\":\"x\"", "no error"),
    (
      "{\"picture\":\"NAME\",\"file\":\"../../x.png\",\"kind\":\"trait\",\"trait\":\"a\"}",
      "masks/masks.jsonl line 1: expected a 'file' below masks/, found '../../x.png'."
    ),
    (
      "{\"picture\":\"NAME\",\"file\":7}",
      "masks/masks.jsonl line 1 'file': expected a text, found 7."
    ),
    (
      "{\"picture\":\"NAME\"",
      "masks/masks.jsonl line 1, column 1: expected ',' or '}', found the end of the text."
    ),
    (
      "{\"picture\":\"NAME\",\"file\":\"x\",\"attribute\":313,\"kind\":\"trait\",\"trait\":\"a\"}",
      "masks/masks.jsonl line 1: expected an 'attribute' from 1 to 312, found 313."
    ),
    ("[]", "masks/masks.jsonl line 1: expected an object, found an array."),
    ("{}", "masks/masks.jsonl line 1 'picture': expected a text, found nothing."),
  ]
  try inWorld { _, folder in
    let birds = try Dataset(folder)
    for (text, expected) in table {
      let line = text.replacingOccurrences(of: "NAME", with: birds.examples[0].name.description)
      try Ground.write(Array((line + "\n").utf8), to: folder / "masks/masks.jsonl")
      let again = try Dataset(folder)
      var found = "no error"
      do { _ = try again.masks(of: again.examples[0]) } catch { found = "\(error)" }
      // The column depends on the picture's name.
      if expected.contains("column") {
        #expect(
          found.hasPrefix("masks/masks.jsonl line 1, column ")
            && found.hasSuffix("the end of the text."))
      } else {
        #expect(found == expected)
      }
    }
  }
}

/// The least that is read as a world, with one row of masks for each text.
private func putMasks(_ folder: SmallFolder, _ rows: [String]) throws {
  try folder.put("aviary.json", "{}")
  try folder.put("classes.txt", "1 a\n")
  try folder.put("images.txt", "1 a/x.png\n")
  try folder.put("image_class_labels.txt", "1 1\n")
  try folder.put("masks/masks.jsonl", rows.map { $0 + "\n" }.joined())
}

@Test func masksOfACutPictureAmongThoseOfAnotherAreNotItsOwn() throws {
  try inSmallFolder { folder in
    try putMasks(
      folder,
      ["x", "cut", "x"].map {
        #"{"picture":"a/\#($0).png","file":"\#($0).png","kind":"trait","trait":"\#($0)\u001b"}"#
      })
    let birds = try Dataset(folder.path)
    // Names are for people: what cannot be shown is escaped.
    #expect(try birds.masks(of: birds.examples[0]).map(\.name) == ["x\\u{1b}", "x\\u{1b}"])
  }
}

@Test func aMaskOfAnAttributeThatIsNotListedIsOneSentence() throws {
  try inSmallFolder { folder in
    try putMasks(
      folder,
      [#"{"picture":"a/x.png","file":"x.png","kind":"trait","trait":"red","attribute":1}"#])
    let birds = try Dataset(folder.path)
    let error = #expect(throws: InputError.self) { try birds.masks(of: birds.examples[0]) }
    #expect(
      error?.description
        == "masks/masks.jsonl line 1: expected no 'attribute', since there is no attributes.txt, "
        + "found 1.")
  }
}

private let stopped =
  "FOLDER: expected an aviary that was written to its end, found one whose writing was stopped before "
  + "its tables were whole; the same 'fieldmark aviary' command again goes on from there."

@Test(arguments: [
  (#"{"count":1,"written":1}"#, "no error"),
  // Killed while more pictures were drawn, or between two tables.
  (#"{"count":9,"written":0}"#, stopped),
  // Fieldmark 0.1 did not say what was written.
  (#"{"count":1}"#, "no error"),
  (#"{"count":9}"#, stopped),
])
func anAviaryOpensOnlyWhereItsTablesAreWhole(settings: String, expected: String) throws {
  try inSmallFolder { folder in
    try putMasks(folder, [])
    try folder.put("aviary.json", settings)
    #expect(folder.sentence() == expected)
    #expect(folder.sentence(.cub) == expected)
  }
}

/// Pictures alone: folders called "images", "masks" and "segmentations" are no classes.
@Test(arguments: [#"{"count":9,"written":0}"#, #"{"count":9}"#])
func anAviaryWithoutTablesIsNoFolderOfClasses(settings: String) throws {
  try inSmallFolder { folder in
    try folder.picture("images/001.A/a.png")
    try folder.picture("segmentations/001.A/a.png")
    try folder.put("aviary.json", settings)
    #expect(folder.sentence() == stopped)
  }
}
