import Encoders
import FieldmarkCLI
import Foundation
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")
private let words = ["highlight", wide, "-m", vit, "-c", "bird"]

private func bytes(_ home: ModelsFixture, _ name: String) throws -> [UInt8] {
  try Encoders.Path("\(home.home)/\(name)").read(limit: 1 << 24)
}

private func picture(_ home: ModelsFixture, _ name: String) throws -> Picture {
  try Picture(Encoders.Path("\(home.home)/\(name)"))
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
        == "HOME/out/wide-bird.jpg\nHOME/out/wide-bird.json\nHOME/out/wide-bird.mask.png\n")
    let file = try bytes(home, "a.jpg")
    #expect(try bytes(home, "b.jpeg") == file && bytes(home, "out/wide-bird.jpg") == file)
    let text = "fieldmark \(fieldmarkVersion): bird, by grad-cam"
    #expect(String(decoding: file[24..<24 + text.utf8.count], as: UTF8.self) == text)
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
    for ending in ["heat.png", "npy", "mask.png", "rle.json"] {
      let name = "wide-bird.\(ending)"
      #expect(try bytes(home, "large/\(name)") == bytes(home, "small/\(name)"))
    }
    let small = try picture(home, "small/wide-bird.jpg")
    #expect(small.width == 32 && small.height == 21)
    _ = home.transcript(words + ["-o", "HOME/same.png", "--max-side", "4000"])
    #expect(try bytes(home, "same.png") == bytes(home, "large/wide-bird.png"))
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
