/// A picture in the form in which all other code takes it: upright, in red, green and blue of 8
/// bits each.
///
/// ```swift
/// let bird = try Picture("blackbird.jpg")
/// bird.width                  // 500
/// bird.notes                  // ["turned upright (EXIF orientation 6)"]
/// ```
///
/// Its pixels are those that Pillow decodes, which CLIP was trained on.
public struct Picture: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// Red, green, blue of each pixel, row by row from the top.
  public let pixels: [UInt8]
  /// How opaque each pixel is, if the file says so. The colors are not multiplied by alpha, but
  /// resizing must weigh them by it.
  public let alpha: [UInt8]?
  /// How opaque each pixel is if the file has no alpha plane but calls some of its colors
  /// transparent. Resizing does not weigh colors by it, nor does Pillow.
  let colorAlpha: [UInt8]?
  /// Cyan, magenta, yellow and black of each pixel, if the file has those. They are then what is
  /// resized.
  let inks: [UInt8]?
  /// The EXIF orientation of the file's pixels, from 1 to 8, where 1 is upright. Boxes that others
  /// drew may refer to the pixels as stored.
  public let orientation: Int
  /// What reading changed or left out, each as a phrase without a period.
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
  /// Returns the picture's first rows and everything else that is known of it. The note says why
  /// the other rows are gone.
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

/// A color, with 8 bits for each of red, green and blue.
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
