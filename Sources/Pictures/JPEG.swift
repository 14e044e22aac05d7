import CFieldmark

extension PictureBytes {
  /// Reads a JPEG picture with libjpeg-turbo, in the orientation in which it is stored.
  ///
  /// Like Pillow, it accepts what libjpeg can mend (a stray byte, a missing end marker after the
  /// last row) and refuses a file that ends before its last row.
  func readJPEG(_ reading: Reading) throws -> Picture {
    guard let base = bytes.baseAddress, let decoder = fm_jpeg_open(base, bytes.count) else {
      throw error(fm_excessive, "JPEG")
    }
    defer { fm_jpeg_close(decoder) }
    var header = fm_jpeg_header()
    let opening = fm_jpeg_read_header(decoder, &header)
    if opening != fm_fine {
      throw error(opening, "JPEG", complaint: fm_jpeg_complaint(decoder))
    }
    let (width, height) = (Int(header.width), Int(header.height))
    try check(width: width, height: height, reading)

    let exif = UnsafeRawBufferPointer(start: header.exif, count: header.exif_count)
    let orientation = Exif.orientation(exif) ?? 1
    let isInked = header.components == 4
    let size = width * height * (isInked ? 4 : 3)
    let bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      let ending = fm_jpeg_read(decoder, buffer.baseAddress!)
      if ending != fm_fine {
        throw error(
          ending, "JPEG", .rows(Int(fm_jpeg_rows(decoder)), of: height),
          complaint: fm_jpeg_complaint(decoder))
      }
      count = size
    }
    guard isInked else {
      return Picture(width: width, height: height, pixels: bytes, orientation: orientation)
    }
    return Picture(
      width: width, height: height, inks: bytes, orientation: orientation,
      notes: ["inks (CMYK) turned into red, green and blue"])
  }
}

extension Picture {
  /// Creates a picture from its inks (CMYK), four bytes per pixel. The inks are kept, since Pillow
  /// resizes them rather than the colors.
  init(width: Int, height: Int, inks: [UInt8], orientation: Int, notes: [String]) {
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { rgb, count in
      inks.withUnsafeBufferPointer { inks in
        if let from = inks.baseAddress, let to = rgb.baseAddress {
          fm_inks_to_rgb(from, to, width * height)
        }
      }
      count = width * height * 3
    }
    self.init(
      width: width, height: height, pixels: pixels, inks: inks, orientation: orientation,
      notes: notes)
  }
}
