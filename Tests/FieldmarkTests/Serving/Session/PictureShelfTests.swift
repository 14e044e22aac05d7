import Fieldmark
import Foundation
import Testing

@Test func theSameBytesAreKeptOnceUnderTheirDigest() throws {
  let shelf = PictureShelf()
  let bytes = AskedServer.plain(90)
  let first = try shelf.add(bytes, called: "a.png")
  var digest = Digest.sha256
  digest.add(bytes)
  #expect(first.id == String(digest.hexadecimal.prefix(16)))
  #expect(try shelf.add(bytes, called: "b.png").name == "a.png")
  #expect(shelf.all.count { $0.origin == .upload } == 1)
}

@Test(arguments: [
  ("../../etc/passwd", "passwd"), ("C:\\birds\\a.png", "a.png"), ("", "picture"), ("/", "picture"),
  ("a\u{202e}b\n.png", "a\\u{202e}b\\u{a}.png"),
])
func aNameIsOnlyShown(_ name: String, _ shown: String) throws {
  #expect(try PictureShelf().add(AskedServer.plain(1), called: name).name == shown)
}

@Test func theOldestUploadsAreForgottenFirst() throws {
  var limits = SessionLimits()
  let bytes = (0..<4).map { AskedServer.plain(UInt8($0)) }
  limits.uploads = bytes[1].count + bytes[2].count + bytes[3].count
  let shelf = PictureShelf(limits)
  let ids = try bytes.map { try shelf.add($0, called: "p").id }
  #expect(shelf.all.filter { $0.origin == .upload }.map(\.id) == Array(ids[1...].reversed()))
  #expect(throws: Refusal(404, "There is no picture '\(ids[0])' here.")) {
    try shelf.picture(ids[0])
  }
}

@Test func onlyUploadsCanBeForgotten() throws {
  let shelf = PictureShelf()
  let id = try shelf.add(AskedServer.plain(3), called: "p.png").id
  try shelf.remove(id)
  #expect(throws: Refusal(404, "There is no picture '\(id)' here.")) { try shelf.picture(id) }
  #expect(
    throws: Refusal(
      422, "Only uploaded pictures can be forgotten, and 'redshouldered-brackle.png' is not one.")
  ) { try shelf.remove("b1") }
}

@Test func filesAreReadWhenTheyAreAskedFor() throws {
  try inTemporaryFolder { folder in
    let (good, bad) = (folder / "good.png", folder / "bad.png")
    try write(AskedServer.plain(5), to: good)
    try write(Array("no picture".utf8), to: bad)
    let shelf = PictureShelf(files: [good, bad])
    #expect(shelf.all.filter { $0.origin == .folder }.map(\.name) == ["good.png", "bad.png"])
    #expect(try shelf.pixels(of: shelf.picture("f1")).width == 64)
    #expect(
      sentence { _ = try shelf.pixels(of: shelf.picture("f2")) }
        == "bad.png: expected a picture (JPEG, PNG or WebP), found bytes that begin with 'no pictu'."
    )
  }
}

@Test func whatIsTransparentIsShownOnWhite() throws {
  let clear = Picture(width: 1, height: 1, pixels: [10, 20, 30], alpha: [0])
  let shelf = PictureShelf()
  let added = try shelf.add(clear.png(), called: "clear.png")
  let shown = try Picture(bytes: shelf.png(of: added), name: "shown")
  #expect(shown.pixels == [255, 255, 255])
  #expect(shown.alpha == nil)
}

@Test func aPictureIsShrunkToASide() throws {
  let shelf = PictureShelf()
  let added = try shelf.add(AskedServer.wide(), called: "wide.png")
  let whole = try shelf.pixels(of: added)
  let small = try Picture(bytes: shelf.png(of: added, side: 16), name: "small")
  #expect(max(small.width, small.height) == 16)
  let same = try Picture(bytes: shelf.png(of: added, side: 4096), name: "same")
  #expect(same.pixels == whole.pixels)
}
