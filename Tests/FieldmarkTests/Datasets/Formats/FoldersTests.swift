import Fieldmark
import Foundation
import Testing

@Test func aFolderForEachClassIsADataset() throws {
  try inSmallFolder { folder in
    try folder.picture("wren/b.JPG")
    try folder.picture("wren/deep/a.png")
    try folder.picture("Robin/1.webp")
    try folder.put("wren/notes.txt", "x")
    try (folder.path / "empty").createFolder()
    let birds = try Dataset(folder.path)
    #expect(birds.description == "folders: 3 pictures of 2 classes")
    // By their bytes: capitals first.
    #expect(birds.classes == ["Robin", "wren"])
    #expect(birds.examples.map(\.name) == ["Robin/1.webp", "wren/b.JPG", "wren/deep/a.png"])
    #expect(birds.examples.map(\.label) == [0, 1, 1])
    #expect(birds.examples.allSatisfy { $0.use == nil && $0.box == nil })
    #expect(birds.notes == ["files left out, whose names are not those of pictures: 1"])
    // Known by its content, whatever it is called.
    #expect(try birds.examples[0].picture().width == 3)
  }
}

@Test func mapsThatFieldmarkDrewAreOfNoClass() throws {
  let picture = Picture(width: 1, height: 1, pixels: [1, 2, 3])
  try inSmallFolder { folder in
    try folder.picture("wren/a.png")
    try folder.picture("fieldmark-out/b.png")
    try picture.write(
      to: folder.path / "wren/a-bird.png", text: OwnFile.texts("bird, by grad-cam"))
    let birds = try Dataset(folder.path)
    #expect(birds.classes == ["wren"] && birds.examples.map(\.name) == ["wren/a.png"])
    #expect(
      birds.notes == [
        "folder left out, since it holds Fieldmark's results: fieldmark-out",
        "pictures left out, since they are maps that Fieldmark drew: 1",
      ])
  }
}

@Test func foldersForTrainingAndTestAreToldFromClasses() throws {
  try inSmallFolder { folder in
    try folder.picture("train/robin/1.png")
    try folder.picture("train/wren/1.png")
    try folder.picture("val/wren/1.png")
    try folder.picture("test/owl/1.png")
    try folder.picture("more/owl/1.png")
    let birds = try Dataset(folder.path)
    #expect(
      birds.description
        == "folders: 4 pictures of 3 classes (2 for training, 1 for validation, 1 for test)")
    #expect(birds.classes == ["owl", "robin", "wren"])
    #expect(birds.examples.map(\.label) == [1, 2, 2, 0])
    #expect(
      birds.notes == ["folders left out, since they are not named for a split: 'more'"])
  }
}

@Test(arguments: [
  ("Train", "dev"), ("training", "VALID"), ("trainval", "validate"), ("train", "development"),
])
func splitsAreKnownByWhatPeopleCallThem(_ training: String, _ validation: String) throws {
  try inSmallFolder { folder in
    for part in [training, validation, "eval", "holdout"] {
      try folder.picture("\(part)/owl/1.png")
    }
    let birds = try Dataset(folder.path)
    #expect(birds.examples.map(\.use) == [.training, .validation, .test])
    #expect(
      birds.notes == ["folders left out, since they are not named for a split: 'holdout'"])
  }
}

@Test func foldersOfWhichAllAreSplitsAreNoClasses() throws {
  try inSmallFolder { folder in
    for part in ["test", "dev"] { try folder.picture("\(part)/owl/1.png") }
    let birds = try Dataset(folder.path)
    #expect(birds.classes == ["owl"] && birds.examples.map(\.use) == [.validation, .test])
  }
  // With pictures in them they are classes, as is what stands beside others.
  try inSmallFolder { folder in
    for part in ["test", "dev"] { try folder.picture("\(part)/1.png") }
    #expect(try Dataset(folder.path).classes == ["dev", "test"])
    try folder.picture("robin/1.png")
    #expect(try Dataset(folder.path).classes == ["dev", "robin", "test"])
  }
}

@Test func birds525IsKnownByItsTable() throws {
  try inSmallFolder { folder in
    for part in ["train", "valid", "test"] { try folder.picture("\(part)/BARN OWL/1.jpg") }
    #expect(try Dataset(folder.path).format == "folders")
    try folder.put("birds.csv", "class id,filepaths,labels\n")
    let birds = try Dataset(folder.path)
    #expect(
      birds.description
        == "birds-525: 3 pictures of 1 class (1 for training, 1 for validation, 1 for test)")
    #expect(birds.notes == ["classes are named by their folders, not by birds.csv"])
  }
}

@Test func linksAreFollowedButNotInACircle() throws {
  try inSmallFolder { folder in
    try folder.picture("elsewhere/x.png")
    try (folder.path / "birds/wren").createFolder()
    let link = { (from: String, to: String) in
      symlink(to, (folder.path / Fieldmark.Path(from)).description) == 0
    }
    #expect(link("birds/wren/a.png", "../../elsewhere/x.png"))
    #expect(link("birds/wren/gone.png", "nowhere.png"))
    let birds = try Dataset(folder.path / "birds")
    #expect(birds.examples.map(\.name) == ["wren/a.png"])
    #expect(birds.notes == ["files left out, whose names are not those of pictures: 1"])
    #expect(link("birds/wren/round", ".."))
    #expect(link("birds/again", ".") && link("birds/alias", "wren"))
    let again = try Dataset(folder.path / "birds")
    #expect(again.examples.map(\.name) == ["wren/a.png"] && again.classes == ["wren"])
    #expect(
      again.notes == [
        "links left out, since their folders are read already: 'wren/round', 'again', 'alias'",
        "files left out, whose names are not those of pictures: 1",
      ])
  }
}

@Test func classesWithNamesThatAreNoTextAreKeptApart() throws {
  try inSmallFolder { folder in
    for byte: UInt8 in [0xfe, 0xff] {
      let place = folder.path / Fieldmark.Path(bytes: [byte])
      try place.createFolder()
      try Ground.write(
        PNGSamples.rgb([1, 2, 3]).png(width: 1, height: 1), to: place / "x.png")
    }
    let birds = try Dataset(folder.path)
    #expect(birds.classes == ["\\xfe", "\\xff"])
    #expect(try birds.examples.map { try $0.picture().pixels } == [[1, 2, 3], [1, 2, 3]])
  }
}

@Test func aNameOfANumberAloneIsSpokenAsItIs() throws {
  try inSmallFolder { folder in
    for name in ["7.", "8.barn_owl"] { try folder.picture("\(name)/1.png") }
    let birds = try Dataset(folder.path)
    #expect(birds.classes.indices.map { birds.spokenName(of: $0) } == ["7.", "barn owl"])
  }
}
