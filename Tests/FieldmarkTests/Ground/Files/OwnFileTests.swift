import Fieldmark
import Testing

private func kind(_ text: String) throws -> OwnFile? {
  var found: OwnFile?
  try inTemporaryFolder { folder in
    try write(Array(text.utf8), to: folder / "x")
    found = OwnFile(folder / "x")
  }
  return found
}

@Test func picturesSayWhetherTheyAreResults() throws {
  let picture = Picture(width: 2, height: 1, pixels: [0, 1, 2, 3, 4, 5])
  try inTemporaryFolder { folder in
    let path = folder / "x.png"
    try picture.write(to: path)
    #expect(OwnFile(path) == nil)
    try picture.write(to: path, text: [("Software", OwnFile.artist)])
    #expect(OwnFile(path)?.kind == .drawing)
    // However long a description is, and in whatever script.
    for description in ["red", String(repeating: "röd ", count: 1000)] {
      try picture.write(to: path, text: OwnFile.texts(description, source: "3f9a"))
      #expect(OwnFile(path)?.kind == .map && OwnFile(path)?.source == "3f9a")
    }
    try picture.write(to: path, text: [("Software", "GIMP"), ("Description", "fieldmark 1")])
    #expect(OwnFile(path) == nil)
    #expect(OwnFile(folder / "none") == nil && OwnFile(folder) == nil)
  }
}

/// A comment (FF FE, its length, its text) behind JFIF's segment, or behind the beginning of the pixels.
@Test func aJPEGSaysSoInAComment() throws {
  let start: [UInt8] = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2]
  let ours = [0xff, 0xfe, 0, 17] + Array("fieldmark 0.1.0".utf8)
  for (bytes, isOurs) in [
    (start + ours, true), (start + [0xff, 0xda, 0, 4, 1, 2] + ours, false), (start, false),
    (start + [0xff, 0xfe, 0, 8] + Array("gimp 3".utf8), false), ([0xff, 0xd8, 0xff], false),
    (start + [0xff], false),
  ] {
    try inTemporaryFolder { folder in
      try write(bytes, to: folder / "x.jpg")
      #expect((OwnFile(folder / "x.jpg")?.kind == .map) == isOurs)
    }
  }
}

@Test func textsSaySoAtTheirBeginning() throws {
  let object: JSON = ["picture": "a.png"]
  for style in [JSON.Style.compact, .indented] {
    let found = try kind(object.marked(source: "3f9a").written(style))
    #expect(found?.kind == .object && found?.source == "3f9a")
    #expect(try kind(object.written(style)) == nil)
  }
  #expect(object.marked()["fieldmark"] == .string(fieldmarkVersion))
  #expect(try kind(OwnFile.comment + "| a |")?.kind == .table)
  #expect(try kind(OwnFile.comment + "<svg></svg>")?.kind == .plot)
  #expect(try kind("| a |\n" + OwnFile.comment) == nil)
  #expect(try kind("") == nil)
  #expect(try kind("<!DOCTYPE html>\n<html><p>made by fieldmark</p></html>") == nil)
}

/// `numpy.load` of 2.4 reads such files, whole and mapped.
@Test func aSpaceNobodyElseWritesMarksAnArray() throws {
  try inTemporaryFolder { folder in
    try writeNPY(Tensor("x", shape: [2, 3], [0, 1, 2, 3, 4, 5] as [Float]), to: folder / "x.npy")
    #expect(OwnFile(folder / "x.npy")?.kind == .matrix)
    #expect(OwnFile(Fieldmark.Path(ReferenceData.shipped("stores/plain.npy").path)) == nil)
    #expect(try Tensor(npy: folder / "x.npy").floats() == [0, 1, 2, 3, 4, 5])
  }
}
