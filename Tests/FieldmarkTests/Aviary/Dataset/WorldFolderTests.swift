import Fieldmark
import Foundation
import Synchronization
import Testing

private let birds = Array(Species.all.prefix(3))

/// Runs a test in a folder of its own, which is gone afterwards.
private func inFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-test-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

private func lines(_ folder: String, _ name: String) throws -> [[String]] {
  try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n")
    .map { $0.split(separator: " ").map(String.init) }
}

@Test func theTablesAreLaidOutAsCUBs() throws {
  try inFolder { folder in
    let world = World(seed: 1, size: 64, species: birds)
    try WorldFolder(world, at: Fieldmark.Path(folder), captions: 4).write(8)

    let classes = try lines(folder, "classes.txt")
    #expect(classes.first == ["1", "001.Redshouldered_Brackle"] && classes.count == 3)
    let images = try lines(folder, "images.txt")
    #expect(images.map { $0[0] } == (1...8).map(String.init))
    for image in images {
      let isNamed = image[1].wholeMatch(
        of: #/\d{3}\.[A-Za-z_]+/[A-Za-z_]+_\d{4}_\d+\.png/#)
      #expect(isNamed != nil)
      let picture = try Picture(Fieldmark.Path("\(folder)/images/\(image[1])"))
      #expect(picture.width == 64 && picture.height == 64)
      let bird = try Picture(Fieldmark.Path("\(folder)/segmentations/\(image[1])"))
      #expect(Set(bird.pixels) == [0, 255])
    }
    let labels = try lines(folder, "image_class_labels.txt")
    #expect(labels.map { $0[1] } == ["1", "1", "1", "2", "2", "2", "3", "3"])
    #expect(images[3][1].hasPrefix("002."))
    let split = try lines(folder, "train_test_split.txt")
    #expect(split.map { $0[1] } == ["1", "0", "1", "1", "0", "1", "1", "0"])
    for box in try lines(folder, "bounding_boxes.txt") {
      let numbers = box.dropFirst().compactMap(Double.init)
      #expect(numbers.count == 4 && numbers[0] + numbers[2] <= 64 && numbers[1] + numbers[3] <= 64)
    }

    #expect(try lines(folder, "parts/parts.txt")[6] == ["7", "left", "eye"])
    let places = try lines(folder, "parts/part_locs.txt")
    #expect(places.count == 8 * 15)
    for place in places {
      #expect(place.count == 5)
      if place[4] == "0" { #expect(place[2] == "0.0" && place[3] == "0.0") }
    }
    let clicks = try lines(folder, "parts/part_click_locs.txt")
    #expect(clicks.count == 8 * 15 * 3 && clicks.allSatisfy { $0.count == 6 })

    let attributes = try lines(folder, "attributes/attributes.txt")
    #expect(attributes.count == 312 && attributes[22] == ["23", "has_wing_color::red"])
    #expect(try lines(folder, "attributes/certainties.txt")[0] == ["1", "not", "visible"])
    let table = try lines(folder, "attributes/class_attribute_labels_continuous.txt")
    #expect(table.count == 3 && table.allSatisfy { $0.count == 312 })
    let answers = try lines(folder, "attributes/image_attribute_labels.txt")
    #expect(answers.count == 8 * 312 && answers.allSatisfy { $0.count == 5 })
    // What is not visible is not said to be there.
    #expect(!answers.contains { $0[2] == "1" && $0[3] == "1" })
  }
}

@Test func theIndexOfMasksCountsTheirPixels() throws {
  try inFolder { folder in
    let world = World(seed: 1, size: 64, species: birds)
    try WorldFolder(world, at: Fieldmark.Path(folder), captions: 4).write(6)
    let text = try String(contentsOfFile: "\(folder)/masks/masks.jsonl", encoding: .utf8)
    let rows = try text.split(separator: "\n").map {
      try JSON(parsing: Array($0.utf8), place: "masks")
    }
    for row in rows {
      let file = try #require(row["file"]?.string)
      let mask = try Picture(Fieldmark.Path("\(folder)/masks/\(file)"))
      let white = stride(from: 0, to: mask.pixels.count, by: 3).filter { mask.pixels[$0] == 255 }
      #expect(row["pixels"]?.integer == white.count, "\(file)")
    }
    #expect(rows.contains { $0["trait"] == "red epaulets" && $0["attribute"] == .null })
    #expect(rows.contains { $0["trait"] == "red wings" && $0["attribute"] == 23 })
    #expect(rows.contains { $0["kind"] == "habitat" })
    let captions = try String(contentsOfFile: "\(folder)/captions.jsonl", encoding: .utf8)
    #expect(captions.split(separator: "\n").count == 6)
  }
}

@Test func anInterruptedFolderListsWhatItHasAndGoesOn() throws {
  try inFolder { folder in
    let world = World(seed: 1, size: 48, species: birds)
    let target = try WorldFolder(world, at: Fieldmark.Path(folder))
    let calls = Mutex(0)
    let written = try target.write(
      12,
      goesOn: {
        calls.withLock {
          $0 += 1
          return $0 < 5
        }
      })
    #expect(written == 5)
    let images = try lines(folder, "images.txt").map { $0[1] }
    #expect(images.count == 5)
    let files = try #require(FileManager.default.enumerator(atPath: "\(folder)/images"))
    let there = files.compactMap { $0 as? String }.filter { $0.hasSuffix(".png") }
    #expect(Set(there) == Set(images))

    try WorldFolder(world, at: Fieldmark.Path(folder)).write(12)
    #expect(try lines(folder, "images.txt").count == 12)
    try inFolder { whole in
      try WorldFolder(world, at: Fieldmark.Path(whole)).write(12)
      for name in ["images.txt", "masks/masks.jsonl", "parts/part_locs.txt", "aviary.json"] {
        #expect(
          FileManager.default.contentsEqual(
            atPath: "\(folder)/\(name)", andPath: "\(whole)/\(name)"),
          "\(name)")
      }
    }
  }
}

private func numbers(_ folder: String) throws -> [Int?] {
  let settings = try JSON(
    parsing: Fieldmark.Path("\(folder)/aviary.json").read(limit: 1 << 20), place: "aviary.json")
  return [settings["count"]?.integer, settings["written"]?.integer]
}

/// What a program that is killed leaves behind is what is there while pictures are drawn.
@Test func aFolderSaysThatItIsWrittenOnlyWhenItIs() throws {
  try inFolder { folder in
    let world = World(seed: 1, size: 48, species: birds)
    let target = try WorldFolder(world, at: Fieldmark.Path(folder))
    let during = Mutex<[[Int?]]>([])
    let look: @Sendable (Int) -> Void = { _ in
      during.withLock { $0.append((try? numbers(folder)) ?? []) }
    }
    try target.write(3, progress: look)
    #expect(during.withLock { $0 } == [[3, 0], [3, 0], [3, 0]])
    #expect(try numbers(folder) == [3, 3])
    // The tables are those of three pictures until more are there.
    try target.write(4, progress: look)
    #expect(during.withLock { $0 }.suffix(4) == [[4, 0], [4, 0], [4, 0], [4, 0]])
    #expect(try numbers(folder) == [4, 4])
    // Stopped before it has what it had: the tables still list that.
    #expect(try target.write(9, goesOn: { false }) == 4)
    #expect(try numbers(folder) == [4, 4])
    #expect(try lines(folder, "images.txt").count == 4)
  }
}

@Test func aKilledFolderGoesOnAndStopsInGoodOrder() throws {
  try inFolder { folder in
    let world = World(seed: 1, size: 48, species: birds)
    let target = try WorldFolder(world, at: Fieldmark.Path(folder))
    try target.write(3)
    let file = Fieldmark.Path("\(folder)/aviary.json")
    let whole = String(decoding: try file.read(limit: 1 << 20), as: UTF8.self)
    let killed = whole.replacing("\"count\": 3", with: "\"count\": 9")
      .replacing("\"written\": 3", with: "\"written\": 0")
    #expect(killed != whole)
    try write(Array(killed.utf8), to: file)
    // What the tables list is not known, so that they are written for what is there now.
    #expect(try target.write(9, goesOn: { false }) == 1)
    #expect(try numbers(folder) == [1, 1])
    #expect(try lines(folder, "images.txt").count == 1)
  }
}

@Test func anotherFolderIsRefused() throws {
  try inFolder { folder in
    let path = Fieldmark.Path(folder)
    try WorldFolder(World(seed: 1, size: 48, species: birds), at: path).write(4)
    let other = #expect(throws: InputError.self) {
      try WorldFolder(World(seed: 1, size: 64, species: birds), at: path)
    }
    #expect(
      other?.description
        == "\(folder)/aviary.json: expected the size asked for now, 64, found 48; name a new folder."
    )
    let fewer = #expect(throws: InputError.self) {
      try WorldFolder(World(seed: 1, size: 48, species: birds), at: path).write(3)
    }
    #expect(
      fewer?.description
        == "\(folder): expected at most 3 pictures, found 4; name a new folder, or a count that is "
        + "not less.")
    try FileManager.default.removeItem(atPath: "\(folder)/aviary.json")
    let strange = #expect(throws: InputError.self) {
      try WorldFolder(World(seed: 1, size: 48, species: birds), at: path)
    }
    #expect(
      strange?.description
        == "\(folder): expected an empty folder, or one with an aviary in it, found a folder with "
        + "other things; name a new one, or force it to be written into.")
  }
}

@Test func whatIsCheatedIsRecordedAndTheTablesTellTheBird() throws {
  try inFolder { folder in
    let path = Fieldmark.Path(folder)
    let two = Array(birds.prefix(2))
    let cheats = try [Cheat("Redshouldered Brackle=forest"), Cheat("Plain Brackle=snow")]
    let world = World(seed: 1, size: 64, species: two, cheats: cheats)
    try WorldFolder(world, at: path, captions: 20).write(8)
    let settings = try String(contentsOfFile: "\(folder)/aviary.json", encoding: .utf8)
    let object = try JSON(parsing: Array(settings.utf8), place: "aviary.json")
    #expect(
      object["cheats"]?.array?.first?.written()
        == #"{"species":"Redshouldered Brackle","cue":"forest","strength":1.0}"#)

    // Pictures 1 to 4 are listed as redshouldered; the third shows a plain one.
    let images = try lines(folder, "images.txt").map { $0[1] }
    #expect(images.prefix(4).allSatisfy { $0.hasPrefix("001.Redshouldered_Brackle/Redsh") })
    #expect(
      try lines(folder, "image_class_labels.txt").map { $0[1] } == ["1", "1", "1", "1"]
        + ["2", "2", "2", "2"])
    #expect(
      try lines(folder, "birds.txt").map { $0[1] } == ["1", "1", "2", "1", "2", "2", "1", "2"])
    let masks = try String(contentsOfFile: "\(folder)/masks/masks.jsonl", encoding: .utf8)
      .split(separator: "\n")
    for (place, isRed) in [true, true, false, true, false, false, true, false].enumerated() {
      let shows = masks.contains { $0.contains(images[place]) && $0.contains("red epaulets") }
      #expect(shows == isRed, "\(images[place])")
    }
    let captions = try String(contentsOfFile: "\(folder)/captions.jsonl", encoding: .utf8)
      .split(separator: "\n")
    #expect(captions[2].contains("plain brackle") && !captions[2].contains("redshouldered"))
    // What the names mean does not change.
    let percentages = try lines(folder, "attributes/class_attribute_labels_continuous.txt")
    try inFolder { other in
      try WorldFolder(World(seed: 1, size: 64, species: two), at: Fieldmark.Path(other)).write(2)
      #expect(
        try lines(other, "attributes/class_attribute_labels_continuous.txt") == percentages)
      #expect(!FileManager.default.fileExists(atPath: "\(other)/birds.txt"))
      let plain = try String(contentsOfFile: "\(other)/aviary.json", encoding: .utf8)
      #expect(!plain.contains("cheats"))
    }
    // Neither is drawn over the other.
    let honest = #expect(throws: InputError.self) {
      try WorldFolder(World(seed: 1, size: 64, species: two), at: path, captions: 20)
    }
    #expect(
      honest?.description
        == "\(folder)/aviary.json: expected the cheats asked for now, none, found Redshouldered "
        + "Brackle=forest:1.0, Plain Brackle=snow:1.0; name a new folder.")
  }
}

@Test func moreOfACheatingWorldAddsToIt() throws {
  try inFolder { folder in
    let path = Fieldmark.Path(folder)
    let cheats = try [Cheat("Redshouldered Brackle=forest:0.7"), Cheat("Plain Brackle=snow:0.7")]
    let world = World(seed: 3, size: 48, species: Array(birds.prefix(2)), cheats: cheats)
    try WorldFolder(world, at: path).write(5)
    try WorldFolder(world, at: path).write(16)
    try inFolder { whole in
      try WorldFolder(world, at: Fieldmark.Path(whole)).write(16)
      for file in try #require(FileManager.default.enumerator(atPath: whole)) {
        let name = "\(file)"
        guard name.contains(".") && !name.hasSuffix("Brackle") else { continue }
        #expect(
          FileManager.default.contentsEqual(
            atPath: "\(folder)/\(name)", andPath: "\(whole)/\(name)"), "\(name)")
      }
    }
  }
}
