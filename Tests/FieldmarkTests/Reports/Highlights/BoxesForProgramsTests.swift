import Fieldmark
import Foundation
import Testing

/// The map of single cells, as one of a gradient has them.
private struct Specks: Explanation {
  let heatmap: Heatmap
  let title = "specks"
  let manner = "by hand"
  let score: Float = 1
  let facts: [String] = []
  let notes: [String] = []
  let description = "specks by hand"
  func json(picture: Fieldmark.Path, _ provenance: Provenance) -> JSON {
    ["picture": .string(picture.description)]
  }

  init(_ width: Int, _ height: Int, _ value: (Int) -> Float) {
    heatmap = Heatmap(
      Matrix(rows: height, columns: width, (0..<width * height).map(value)),
      region: Region(x: 0, y: 0, width: Double(width), height: Double(height)), width: width,
      height: height)
  }

  func written(_ format: HighlightFormat, _ path: Fieldmark.Path, of picture: Fieldmark.Path)
    throws -> JSON
  {
    let gray = Picture(
      width: heatmap.width, height: heatmap.height,
      pixels: [UInt8](repeating: 128, count: 3 * heatmap.width * heatmap.height))
    try format.write(self, gray, json(picture: picture, Provenance(model: "m")), to: path, .init())
    return try JSON(file: path)
  }
}

@Test func masksOfPartsAreThoseOfTheirPixels() throws {
  var draws = SplitMix(seed: 5)
  for turn in 0..<10 {
    let (width, height) = (5 + turn, 13 - turn)
    let specks = Specks(width, height) { _ in draws.unit() }
    try inTemporaryFolder { folder in
      let file = try specks.written(.coco, folder / "a.json", of: "a.png")
      let seen = specks.heatmap.clipped().scaledToUnit().resized().mask(above: 0.5)
      var left = seen.pixels
      for annotation in try #require(file["annotations"]?.array) {
        let text = try #require(annotation["segmentation"]?["counts"]?.string)
        let box = (annotation["bbox"]?.array ?? []).compactMap(\.integer)
        // The plain way: a flood from the first pixel of the box's top row that is still left.
        let start = try #require(
          (0..<box[2]).map { box[1] * width + box[0] + $0 }.first { pixel in
            left[pixel] && flood(from: pixel, seen).runLengths.text == text
          })
        let part = flood(from: start, seen)
        #expect(annotation["area"]?.integer == part.pixels.count { $0 })
        for pixel in left.indices where part.pixels[pixel] { left[pixel] = false }
      }
      #expect(!left.contains(true))
    }
  }
}

private func flood(from start: Int, _ mask: Mask) -> Mask {
  var (isIn, open) = ([Bool](repeating: false, count: mask.pixels.count), [start])
  isIn[start] = true
  while let pixel = open.popLast() {
    let (row, column) = pixel.quotientAndRemainder(dividingBy: mask.width)
    for y in max(0, row - 1)...min(mask.height - 1, row + 1) {
      for x in max(0, column - 1)...min(mask.width - 1, column + 1) {
        let next = y * mask.width + x
        if mask.pixels[next] && !isIn[next] {
          isIn[next] = true
          open.append(next)
        }
      }
    }
  }
  return Mask(width: mask.width, height: mask.height, isIn)
}

/// 30,000 specks in a large picture: looking at the whole picture for each of them would take an hour.
@Test(.timeLimit(.minutes(1)))
func thousandsOfPartsAreWrittenAtOnce() throws {
  let specks = Specks(1200, 900) { $0 % 1200 % 6 == 0 && $0 / 1200 % 6 == 0 ? 1 : 0 }
  try inTemporaryFolder { folder in
    let file = folder / "a.json"
    let gray = Picture(
      width: 1200, height: 900, pixels: [UInt8](repeating: 128, count: 3 * 1200 * 900))
    try HighlightFormat.coco.write(specks, gray, .object([]), to: file, .init())
    let text = String(decoding: try file.read(limit: 1 << 26), as: UTF8.self)
    #expect(text.ranges(of: "\"bbox\"").count == 200 * 150)
  }
}

@Test func labelMeFindsThePictureFromItsFile() throws {
  try inTemporaryFolder { folder in
    for name in ["photos", "out"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
    }
    try write([1], to: folder / "photos/bird.png")
    let specks = Specks(4, 3) { $0 == 5 ? 1 : 0 }
    let beside = try specks.written(
      .labelme, folder / "out/a.json", of: folder / "photos/bird.png")
    #expect(beside["imagePath"] == "../photos/bird.png")
    let same = try specks.written(
      .labelme, folder / "photos/a.json", of: folder / "photos/bird.png")
    #expect(same["imagePath"] == "bird.png")
    // A picture that is no file, as those of the page, has its name.
    let none = try specks.written(.labelme, folder / "out/b.json", of: "gone/bird.png")
    #expect(none["imagePath"] == "bird.png")
  }
}
