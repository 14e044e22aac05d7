import CFieldmark
import Ground

/// A PNG file whose pixels are not colors but the numbers of things: 3 where there is a fin.
/// Palette indexes are taken as they are, and so are gray values of any depth up to 8 bits.
///
/// ```swift
/// let numbers = try NumberedPixels("segmentation_masks/images/catfish.png")
/// numbers.pixels[y * numbers.width + x]
/// ```
package struct NumberedPixels: Sendable {
  package let width: Int
  package let height: Int
  /// The number of each pixel, row by row.
  package let pixels: [UInt8]

  package init(_ path: Path, _ reading: Reading = Reading()) throws {
    self = try path.pictureBytes().withUnsafeBufferPointer {
      try PictureBytes(bytes: $0, name: path.description).readNumbers(reading)
    }
  }

  fileprivate init(width: Int, height: Int, _ pixels: [UInt8]) {
    (self.width, self.height, self.pixels) = (width, height, pixels)
  }
}

extension PictureBytes {
  fileprivate func readNumbers(_ reading: Reading) throws -> NumberedPixels {
    guard try format() == .png else {
      throw InputError(name, expected: "a PNG file with a number for each pixel", found: "another")
    }
    return try withPNG(reading, numbers)
  }

  private func numbers(_ png: OpenPNG) throws -> NumberedPixels {
    guard png.header.has_palette != 0 || png.header.has_color == 0, png.header.depth <= 8 else {
      throw InputError(
        name, expected: "a number of up to 8 bits for each pixel",
        found: png.header.depth > 8 ? "\(png.header.depth) bits" : "colors")
    }
    let size = png.width * png.height
    let pixels = try [UInt8](unsafeUninitializedCapacity: size) { out, count in
      try png.check(fm_png_read_numbers(png.decoder, out.baseAddress!))
      count = size
    }
    return NumberedPixels(width: png.width, height: png.height, pixels)
  }
}
