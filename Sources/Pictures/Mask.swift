import Ground

/// A set of a picture's pixels.
///
/// ```swift
/// mask.gray.png(width: mask.width, height: mask.height)      // a file, white where they are
/// mask.runLengths.text      // "PP5" and the like, as COCO's tools read it
/// ```
public struct Mask: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// Whether each pixel is in the set, row by row.
  public let pixels: [Bool]

  public init(width: Int, height: Int, _ pixels: [Bool]) {
    precondition(pixels.count == width * height, "A mask says of each pixel whether it is in it.")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The mask as a picture, white on black.
  public var gray: PNGSamples { .gray(pixels.map { $0 ? 255 : 0 }) }

  /// The run lengths of the mask, column by column: how many pixels are outside, then inside, and
  /// so on by turns.
  public var runLengths: RunLengths {
    var counts: [Int] = []
    var isIn = false
    var length = 0
    for column in 0..<width {
      for pixel in stride(from: column, to: pixels.count, by: width) {
        if pixels[pixel] != isIn {
          counts.append(length)
          (isIn, length) = (!isIn, 0)
        }
        length += 1
      }
    }
    return RunLengths(width: width, height: height, counts: counts + [length])
  }
}

/// The run-length encoding in which COCO stores a mask.
public struct RunLengths: Equatable, Sendable {
  public let width: Int
  public let height: Int
  public let counts: [Int]

  package init(width: Int, height: Int, counts: [Int]) {
    (self.width, self.height, self.counts) = (width, height, counts)
  }

  /// COCO's compressed form. From the fourth count on, the count two places before is subtracted.
  /// Each number is cut into groups of five bits, the lowest first. A sixth bit says whether more
  /// groups follow, and the six bits are written as a letter, counted from `0`. The highest bit of
  /// the last group is the sign. (cocodataset/cocoapi, `rleToString` in `common/maskApi.c`.)
  public var text: String {
    var letters: [UInt8] = []
    for (index, count) in counts.enumerated() {
      var rest = index > 2 ? count - counts[index - 2] : count
      var goesOn = true
      while goesOn {
        let group = rest & 0x1f
        rest >>= 5
        goesOn = rest != (group & 0x10 == 0 ? 0 : -1)
        letters.append(UInt8(48 + group + (goesOn ? 0x20 : 0)))
      }
    }
    return String(decoding: letters, as: UTF8.self)
  }

  /// What pycocotools' `mask.decode` takes, with height before width.
  public var json: JSON {
    ["size": [.integer(height), .integer(width)], "counts": .string(text)]
  }
}
