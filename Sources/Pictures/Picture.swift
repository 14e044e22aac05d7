/// A picture as everything after it sees it: upright, red, green and blue, 8 bits each.
///
/// ```swift
/// let bird = try Picture("blackbird.jpg")
/// bird.width                  // 500
/// bird.notes                  // ["turned upright (EXIF orientation 6)"]
/// ```
///
/// Its pixels are those that Pillow decodes, which is what CLIP was trained on.
public struct Picture: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// Red, green, blue of each pixel, row by row from the top.
  public let pixels: [UInt8]
  /// How much of each pixel covers what is behind it, where the file says so. The colors do not
  /// have it in them, but a change of size must weigh them by it.
  public let alpha: [UInt8]?
  /// The same of a file that has no plane of alpha but calls some of its colors transparent. A change
  /// of size does not weigh colors by it, as Pillow's does not.
  let colorAlpha: [UInt8]?
  /// Cyan, magenta, yellow, black of each pixel, where the file has those: a change of size is made
  /// on them.
  let inks: [UInt8]?
  /// How the file's pixels lie, by EXIF, 1 to 8: 1 is upright. Boxes that others drew may refer
  /// to the pixels as stored.
  public let orientation: Int
  /// What reading changed or left out, one sentence without its full stop each.
  public let notes: [String]

  public init(
    width: Int, height: Int, pixels: [UInt8], alpha: [UInt8]? = nil, orientation: Int = 1,
    notes: [String] = []
  ) {
    self.init(
      width: width, height: height, pixels: pixels, alpha: alpha, colorAlpha: nil, inks: nil,
      orientation: orientation, notes: notes)
  }

  init(
    width: Int, height: Int, pixels: [UInt8], alpha: [UInt8]? = nil, colorAlpha: [UInt8]? = nil,
    inks: [UInt8]?, orientation: Int, notes: [String]
  ) {
    precondition(width > 0 && height > 0, "A picture has at least one pixel.")
    precondition(pixels.count == width * height * 3, "Every pixel has three bytes.")
    for alpha in [alpha, colorAlpha] {
      precondition(alpha.map { $0.count == width * height } ?? true, "Every pixel has its alpha.")
    }
    precondition(inks.map { $0.count == width * height * 4 } ?? true, "Every pixel has its inks.")
    self.width = width
    self.height = height
    self.pixels = pixels
    self.alpha = alpha
    self.colorAlpha = colorAlpha
    self.inks = inks
    self.orientation = orientation
    self.notes = notes
  }
}

extension Picture {
  /// The picture's first rows, all that is known of them kept, and why the others are gone.
  package func first(_ rows: Int, note: String) -> Picture {
    precondition((1...height).contains(rows), "A picture is cut to some of its rows.")
    func cut(_ plane: [UInt8], _ channels: Int) -> [UInt8] {
      Array(plane.prefix(width * rows * channels))
    }
    return Picture(
      width: width, height: rows, pixels: cut(pixels, 3), alpha: alpha.map { cut($0, 1) },
      colorAlpha: colorAlpha.map { cut($0, 1) }, inks: inks.map { cut($0, 4) },
      orientation: orientation, notes: notes + [note])
  }
}

/// A color, 8 bits each.
public struct Color: Equatable, Sendable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  public static let black = Color(red: 0, green: 0, blue: 0)
  public static let white = Color(red: 255, green: 255, blue: 255)
}
