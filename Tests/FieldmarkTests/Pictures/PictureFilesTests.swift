import Fieldmark
import Glibc
import Testing

@Test func aFolderStandsForThePicturesInIt() throws {
  try inTemporaryFolder { folder in
    for name in ["b.JPG", "a.png", "notes.txt", "more/c.webp", "more/deep/d.jpeg", "more/e.csv"] {
      let path = folder / Path(name)
      try path.folder.createFolder()
      try write([0], to: path)
    }
    let files = try PictureFiles([folder, "named.whatever", folder / "notes.txt"])
    #expect(
      files.paths == [
        folder / "a.png", folder / "b.JPG", folder / "more/c.webp", folder / "more/deep/d.jpeg",
        "named.whatever", folder / "notes.txt",
      ])
    #expect(files.note == "2 files whose names are not those of pictures are left out.")
    #expect(
      sentence { _ = try PictureFiles([folder / "more" / "deep" / "d.jpeg"]) } == "no error")
    try (folder / "none").createFolder()
    #expect(
      sentence { _ = try PictureFiles([folder / "none"]) }
        == "\(folder)/none: expected a folder with pictures, found an empty one; "
        + "pictures end in .jpg, .jpeg, .png, .webp.")
  }
}

@Test func mapsThatFieldmarkDrewAreNoPicturesOfAFolder() throws {
  let picture = Picture(width: 1, height: 1, pixels: [1, 2, 3])
  try inTemporaryFolder { folder in
    try (folder / "fieldmark-out").createFolder()
    for name in ["a-bird.png", "fieldmark-out/b-bird.png"] {
      try picture.write(to: folder / Path(name), text: OwnFile.texts("bird, by grad-cam"))
    }
    #expect(
      sentence { _ = try PictureFiles([folder]) }
        == "\(folder): expected a folder with pictures, found one with Fieldmark's own maps only; "
        + "pictures end in .jpg, .jpeg, .png, .webp.")
    // A bird that was drawn is a picture.
    let drawn = folder / "fieldmark-out" / "bird.png"
    try picture.write(to: drawn, text: [("Software", OwnFile.artist)])
    try picture.write(to: folder / "c.png")
    let all = try PictureFiles([folder])
    #expect(all.paths == [folder / "c.png"])
    #expect(
      all.note == "1 map that Fieldmark drew and 1 folder named fieldmark-out are left out.")
    let named = try PictureFiles([folder / "fieldmark-out", folder / "a-bird.png"])
    #expect(named.paths == [drawn, folder / "a-bird.png"])
    #expect(named.note == "1 map that Fieldmark drew is left out.")
  }
}

@Test func aPreprocessingForAnotherSizeSeesTheSameShare() throws {
  let dino = try Preprocessing.dinoV2(224).resized(width: 448, height: 448)
  #expect(dino.fit == .crop(shortest: 512))
  let wide = try Preprocessing.openAI(224).resized(width: 448, height: 224)
  #expect(wide.fit == .cover)
  #expect(try wide.fitting(.squash).fit == .squash)
  #expect(
    sentence { _ = try Preprocessing.openAI(224).resized(width: 0, height: 0) }
      == "preprocessing: expected a side of 1 to 8192 pixels, found 0.")
}

@Test func linksInACircleGiveEachPictureOnce() throws {
  try inTemporaryFolder { folder in
    for name in ["more/a.png", "z.png"] {
      let path = folder / Path(name)
      try path.folder.createFolder()
      try write([0], to: path)
    }
    let link = { (to: String, from: String) in
      symlink(to, (folder / Path(from)).description) == 0
    }
    #expect(link(".", "a") && link(".", "b") && link("..", "more/up"))
    // Before the folder by its name, and no circle.
    #expect(link("more", "alias"))
    let files = try PictureFiles([folder])
    #expect(files.paths == [folder / "more/a.png", folder / "z.png"])
    #expect(files.note == "4 links to folders that are looked at already are left out.")
  }
}

@Test func aFolderThatTwoLinksLeadToCountsOnce() throws {
  try inTemporaryFolder { folder in
    for name in ["photos/z.png", "elsewhere/a.png"] {
      let path = folder / Path(name)
      try path.folder.createFolder()
      try write([0], to: path)
    }
    for name in ["one", "two"] {
      #expect(symlink("../elsewhere", (folder / "photos" / Path(name)).description) == 0)
    }
    let files = try PictureFiles([folder / "photos"])
    #expect(files.paths == [folder / "photos/z.png", folder / "photos/one/a.png"])
    #expect(files.note == "1 link to a folder that is looked at already is left out.")
  }
}
