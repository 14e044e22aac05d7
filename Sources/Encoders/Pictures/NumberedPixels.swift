import CFieldmark

/// A PNG file whose pixels are not colours but numbers of things: 3 where there is a fin. Indexes
/// into a palette are taken as they are, and so are greys, of whatever depth up to 8 bits.
///
///     let numbers = try NumberedPixels("segmentation_masks/images/catfish.png")
///     numbers.pixels[y * numbers.width + x]
package struct NumberedPixels: Sendable {
  package let width: Int
  package let height: Int
  /// Row by row.
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
    guard let base = bytes.baseAddress, let decoder = fm_png_open(base, bytes.count) else {
      throw error(fm_excessive, "PNG")
    }
    defer { fm_png_close(decoder) }
    var header = fm_png_header()
    let opening = fm_png_read_header(decoder, &header)
    if opening != fm_fine { throw error(opening, "PNG", complaint: fm_png_complaint(decoder)) }
    let (width, height) = (Int(header.width), Int(header.height))
    try check(width: width, height: height, reading)
    guard header.has_palette != 0 || header.has_color == 0, header.depth <= 8 else {
      throw InputError(
        name, expected: "a number of up to 8 bits for each pixel",
        found: header.depth > 8 ? "\(header.depth) bits" : "colours")
    }
    let pixels = try [UInt8](unsafeUninitializedCapacity: width * height) { out, count in
      let ending = fm_png_read_numbers(decoder, out.baseAddress!)
      if ending != fm_fine {
        throw error(
          ending, "PNG", .rows(Int(fm_png_rows(decoder)), of: height),
          complaint: fm_png_complaint(decoder))
      }
      count = width * height
    }
    return NumberedPixels(width: width, height: height, pixels)
  }
}
