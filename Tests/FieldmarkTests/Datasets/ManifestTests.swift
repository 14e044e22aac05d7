import Encoders
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
    try folder.put("a-mask.png", PNGSamples.grey([0, 0, 255, 0, 0, 128]).png(width: 3, height: 2))
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
      "file,class\na,b\n",
      "manifest.csv line 1: expected a column 'path', found 'file', 'class'."
    ),
    ("path\n", "FOLDER: expected a dataset with pictures, found none."),
    (
      "path,x,y\na,1,2\n",
      "manifest.csv line 1: expected a column 'width', found 'path', 'x', 'y'."
    ),
    (
      "path,split\na,train\nb,holdout\n",
      "manifest.csv line 3: expected 'train', 'val' or 'test' as 'split', found 'holdout'."
    ),
    (
      "path\n../a.png\n",
      "manifest.csv line 2: expected a path below the folder of the file, found '../a.png'."
    ),
    (
      "path\n/etc/passwd\n",
      "manifest.csv line 2: expected a path below the folder of the file, found '/etc/passwd'."
    ),
    ("path,class\n,wren\n", "manifest.csv line 2: expected a path, found nothing."),
    (
      "path,mask\na,../m.png\n",
      "manifest.csv line 2: expected a mask below the folder of the file, found '../m.png'."
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
