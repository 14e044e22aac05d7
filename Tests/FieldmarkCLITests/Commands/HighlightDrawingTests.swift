import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")
private let words = ["highlight", wide, "-m", vit, "-c", "bird"]

private func bytes(_ home: ModelsFixture, _ name: String) throws -> [UInt8] {
  try Fieldmark.Path("\(home.home)/\(name)").read(limit: 1 << 24)
}

private func picture(_ home: ModelsFixture, _ name: String) throws -> Picture {
  try Picture(Fieldmark.Path("\(home.home)/\(name)"))
}

/// The JPEG file says by whom it was made, and what it shows; its pixels are those of the PNG file
/// within a few levels.
@Test func anOverlayMayBeJPEG() throws {
  try ModelsFixture.run { home in
    _ = home.transcript(words + ["-o", "HOME/a.png"])
    for more in [["-o", "HOME/a.jpg"], ["-o", "HOME/b.jpeg", "--format", "jpeg"]] {
      #expect(home.transcript(words + more).results == "\(more[1])\n")
    }
    let all = words + ["-o", "HOME/out", "--save", "png,json,mask", "--format", "jpeg"]
    #expect(
      home.transcript(all).results
        == ["jpg", "json", "mask.png"].map { "HOME/out/wide-bird-encoders-vit.\($0)\n" }.joined())
    let file = try bytes(home, "a.jpg")
    #expect(
      try bytes(home, "b.jpeg") == file && bytes(home, "out/wide-bird-encoders-vit.jpg") == file)
    let text = String(decoding: file[24..<100], as: UTF8.self)
    #expect(text.hasPrefix("fieldmark \(fieldmarkVersion) ["))
    #expect(text.contains("]: bird, by grad-cam"))
    let own = try #require(OwnFile(Fieldmark.Path("\(home.home)/a.jpg")))
    #expect(own == OwnFile(Fieldmark.Path("\(home.home)/a.png")) && own.source?.count == 12)
    let (exact, packed) = try (picture(home, "a.png"), picture(home, "a.jpg"))
    #expect(packed.width == 96 && packed.height == 64)
    let distances = zip(exact.pixels, packed.pixels).map { abs(Int($0) - Int($1)) }
    #expect(distances.reduce(0, +) < 6 * distances.count)
    _ = home.transcript(words + ["-o", "HOME/c.jpg", "--quality", "5"])
    #expect(try bytes(home, "c.jpg").count < file.count)
  }
}

@Test func onlyDrawingsAreShrunk() throws {
  try ModelsFixture.run { home in
    let all = words + ["--save", "png,heat,npy,mask,rle"]
    _ = home.transcript(all + ["-o", "HOME/large"])
    _ = home.transcript(all + ["-o", "HOME/small", "--max-side", "32", "--format", "jpeg"])
    // Its size is told by the name.
    let small = try FileManager.default.contentsOfDirectory(atPath: "\(home.home)/small")
    let name = try #require(small.first { $0.hasSuffix(".jpg") }).dropLast(".jpg".count)
    #expect(name.wholeMatch(of: /wide-bird-encoders-vit-[0-9a-f]{6}/) != nil)
    for ending in ["heat.png", "npy", "mask.png", "rle.json"] {
      let large = try bytes(home, "large/wide-bird-encoders-vit.\(ending)")
      #expect(try large == bytes(home, "small/\(name).\(ending)"))
    }
    let shrunk = try picture(home, "small/\(name).jpg")
    #expect(shrunk.width == 32 && shrunk.height == 21)
    _ = home.transcript(words + ["-o", "HOME/same.png", "--max-side", "4000"])
    #expect(try bytes(home, "same.png") == bytes(home, "large/wide-bird-encoders-vit.png"))
  }
}

@Test func anOverlayMayHaveAColorBar() throws {
  try ModelsFixture.run { home in
    _ = home.transcript(words + ["-o", "HOME/a.png"])
    _ = home.transcript(words + ["-o", "HOME/b.png", "--color-bar"])
    let (plain, barred) = try (picture(home, "a.png"), picture(home, "b.png"))
    #expect(barred.width == 180 && barred.height > 64 + 20)
    // The picture itself, in the middle.
    var middle: [UInt8] = []
    for row in 0..<64 {
      let start = 3 * (180 * row + 42)
      middle += barred.pixels[start..<start + 3 * 96]
    }
    #expect(middle == plain.pixels)
    _ = home.transcript(words + ["-o", "HOME/page.html", "--save", "html"])
    let page = String(decoding: try bytes(home, "page.html"), as: UTF8.self)
    #expect(page.components(separatedBy: "class=\"colorbar\"").count == 2)
  }
}
