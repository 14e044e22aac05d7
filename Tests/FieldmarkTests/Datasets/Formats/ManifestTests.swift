import Fieldmark
import Testing

@Test func aManifestSaysWhatItWants() throws {
  try inSmallFolder { folder in
    try folder.put(
      "pictures.csv",
      """
      Split,remark,path,class,x,y,width,height,mask
      train,"a, b",a.png,wren,1,0,1.5,2,a-mask.png
      TEST,,deep/b.png,"robin, European",,,,,
      ,,c.png,,0,0,1,1,

      """)
    try folder.picture("a.png")
    try folder.put("a-mask.png", PNGSamples.gray([0, 0, 255, 0, 0, 128]).png(width: 3, height: 2))
    let birds = try Dataset(folder.path / "pictures.csv")
    #expect(
      birds.description
        == "manifest: 3 pictures of 2 classes (1 for training, 1 for test), 2 boxes, masks")
    #expect(birds.classes == ["robin, European", "wren"])
    #expect(birds.examples.map(\.label) == [1, 0, nil])
    #expect(birds.examples.map(\.use) == [.training, .test, nil])
    #expect(birds.examples[0].box == Region(x: 1, y: 0, width: 1.5, height: 2))
    #expect(birds.examples[1].box == nil)
    let mask = try #require(birds.masks(of: birds.examples[0]).first)
    #expect(
      try mask.read(for: birds.examples[0].picture()).pixels
        == [false, false, true, false, false, true])
    #expect(try birds.masks(of: birds.examples[1]).isEmpty)
  }
}

@Test func classesThatAreNumbersKeepThem() throws {
  try inSmallFolder { folder in
    try folder.put("manifest.csv", "path,label\na.png,4\nb.png,0\nc.png,10\n")
    let birds = try Dataset(folder.path)
    #expect(birds.examples.map(\.label) == [4, 0, 10])
    #expect(birds.classes == (0...10).map(String.init))
    #expect(birds.description == "manifest: 3 pictures of 3 of 11 classes")
  }
}

@Test func whatIsWrongInAManifestIsNamedByLine() throws {
  let table: [(String, String)] = [
    ("", "FOLDER/manifest.csv: expected a file with content, found an empty one."),
    (
      "photo,class\na,b\n",
      "manifest.csv line 1: expected a column 'path', found 'photo', 'class'; it may also be called "
        + "file_path, filepath, image_path, img_path, filename, file_name, file, image, picture, img, "
        + "image_name, filepaths."
    ),
    ("path\n", "FOLDER: expected a dataset with pictures, found none."),
    (
      "path,x,y\na,1,2\n",
      "manifest.csv line 1: expected a column 'width', found 'path', 'x', 'y'."
    ),
    (
      "path,split\na,train\nb,holdout\n",
      "manifest.csv line 3: expected a word for a split in the column 'split', found 'holdout'; known are train, "
        + "training, trainval; val, valid, validation, validate, dev, development; test, testing, eval, "
        + "evaluation."
    ),
    (
      "path,subset\na,0\n",
      "manifest.csv line 2: expected a word for a split in the column 'subset', found '0'; known are train, "
        + "training, trainval; val, valid, validation, validate, dev, development; test, testing, eval, "
        + "evaluation."
    ),
    (
      "path\n~ada/a.png\n",
      "manifest.csv line 2: expected a path; '~/' begins one in your home folder, found '~ada/a.png'; "
        + "homes of other users are not looked up, and './~...' names a file that begins with '~'."
    ),
    (
      "path\nhttps://example.org/a.png\n",
      "manifest.csv line 2: expected a path on this machine, found 'https://example.org/a.png'; nothing "
        + "is fetched from the web."
    ),
    (
      "path\nC:\\birds\\a.png\n",
      "manifest.csv line 2: expected a path on this machine, found 'C:\\birds\\a.png'; names below the "
        + "table's folder are the same on every machine."
    ),
    ("path,class\n,wren\n", "manifest.csv line 2: expected a path, found nothing."),
    (
      "path,mask\na,~m.png\n",
      "manifest.csv line 2: expected a mask; '~/' begins one in your home folder, found '~m.png'; homes "
        + "of other users are not looked up, and './~...' names a file that begins with '~'."
    ),
    (
      "path,x,y,width,height\na,1,2,3,\n",
      "manifest.csv line 2: expected x, y, width and height of a box, found '1,2,3,'."
    ),
    (
      "path,x,y,width,height\na,1,2,3,four\n",
      "manifest.csv line 2: expected a number as 'height', found 'four'."
    ),
    (
      "path,x,y,width,height\na,1e300,2,3,4\n",
      "manifest.csv line 2: expected x, y, width and height of a box, found '1e300,2,3,4'."
    ),
    (
      "path,x,y,width,height\na,1,2,-3,4\n",
      "manifest.csv line 2: expected x, y, width and height of a box, found '1,2,-3,4'."
    ),
  ]
  for (text, expected) in table {
    try inSmallFolder { folder in
      try folder.put("manifest.csv", text)
      #expect(folder.sentence() == expected)
    }
  }
}

@Test func aManifestNamesPicturesAnywhere() throws {
  try inSmallFolder { folder in
    try folder.picture("home/photos/a.png", width: 4)
    try folder.picture("pictures/b.png", width: 5)
    try folder.picture("lists/c.png", width: 6)
    try folder.picture("lists/~d.png", width: 7)
    try folder.put(
      "home/masks/a.png", PNGSamples.gray(Array(repeating: 255, count: 8)).png(width: 4, height: 2))
    try folder.put(
      "lists/birds.csv",
      """
      path,mask
      ~/photos/a.png,~/masks/a.png
      ../pictures/b.png,
      c.png,
      \(folder.path)/pictures/b.png,
      ./~d.png,

      """)
    let home = Environment(["HOME": "\(folder.path)/home"])
    let birds = try Dataset(folder.path / "lists/birds.csv", in: home)
    #expect(try birds.examples.map { try $0.picture().width } == [4, 5, 6, 5, 7])
    // Runs and pages call them what the table does.
    #expect(birds.examples.first?.name == "~/photos/a.png")
    #expect(birds.examples[2].source == .file(folder.path / "lists/c.png"))
    let mask = try #require(birds.masks(of: birds.examples[0]).first)
    #expect(try mask.read(for: birds.examples[0].picture()).pixels.allSatisfy { $0 })
    let error = #expect(throws: InputError.self) {
      try Dataset(folder.path / "lists/birds.csv", in: Environment([:]))
    }
    #expect(
      error?.description
        == "birds.csv line 2: expected a path that can be found, found '~/photos/a.png'; HOME, which '~' "
        + "stands for, is not set.")
  }
}

/// What pandas, spreadsheets and data sets of the web write.
@Test(arguments: [
  ("pandas.csv", ",path,class,split\n0,a.png,wren,train\n1,b.png,robin,dev\n"),
  ("capitals.CSV", "\u{feff}Filename,Species,Split\r\na.png,wren,Train\r\nb.png,robin,VALID\r\n"),
  (
    "semicolons.csv",
    "Image Path;Label;Subset;x;y;width;height\na.png;wren;train;0,5;1;2;3,25\n"
      + "b.png;robin;validate;;;;\n;;;;;;\n"
  ),
  ("tabs.tsv", "file\ttarget\tpartition\na.png\twren\ttraining\nb.png\trobin\tdevelopment\n"),
  ("list.txt", "image,category,data set,\na.png,wren,trainval,\nb.png,robin,Validation,\n"),
  ("excel.csv", "sep=;\r\nfile_path;class_name;split\r\na.png;wren;train\r\nb.png;robin;val\r\n"),
  ("trailing.csv", "path,labels,split\na.png,wren,train,\nb.png,robin,val,,\n"),
  ("sizes.csv", "img_path,class,width,height,split\na.png,wren,4,3,train\nb.png,robin,4,3,val\n"),
])
func aManifestIsReadAsPeopleWriteIt(_ name: String, _ text: String) throws {
  try inSmallFolder { folder in
    try folder.put(name, text)
    let birds = try Dataset(folder.path / Fieldmark.Path(name))
    #expect(birds.format == "manifest")
    #expect(birds.examples.map(\.name) == ["a.png", "b.png"])
    #expect(birds.classes == ["robin", "wren"] && birds.examples.map(\.label) == [1, 0])
    #expect(birds.examples.map(\.use) == [.training, .validation])
    #expect(birds.notes == [])
    #expect(
      birds.examples[0].box
        == (name == "semicolons.csv" ? Region(x: 0.5, y: 1, width: 2, height: 3.25) : nil))
  }
}

@Test func excelsUnicodeTextIsRead() throws {
  try inSmallFolder { folder in
    let text = "path\tclass\r\nä.png\t🐦 wren\r\n"
    let units = Array(text.utf16)
    let little: [UInt8] =
      [0xff, 0xfe] + units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let big: [UInt8] =
      [0xfe, 0xff] + units.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    for (name, bytes) in [("little.txt", little), ("big.txt", big), ("odd.txt", little + [0])] {
      try folder.put(name, bytes)
      let birds = try Dataset(folder.path / Fieldmark.Path(name))
      #expect(birds.classes == ["🐦 wren"] && birds.examples.map(\.name) == ["ä.png"], "\(name)")
    }
  }
}

@Test func whatMightHaveBeenMeantOtherwiseIsNoted() throws {
  try inSmallFolder { folder in
    var text = Array("filename,image,species,label\nbirds\\a.png,x,wren,".utf8)
    text += [0xfc, 0x0a]
    try folder.put("manifest.csv", text)
    let birds = try Dataset(folder.path)
    #expect(birds.examples.map(\.name) == ["birds/a.png"] && birds.classes == ["\\xfc"])
    #expect(
      birds.notes == [
        "pictures are those of column 'filename' of manifest.csv, not of 'image'",
        "classes are those of column 'label' of manifest.csv, not of 'species'",
        "names with '\\', as Windows writes them, are read with '/': 1",
        "names of classes in manifest.csv are no UTF-8; a spreadsheet saves that as 'CSV UTF-8'",
      ])
  }
}
