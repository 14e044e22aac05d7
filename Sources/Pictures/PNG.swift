import CFieldmark

extension PictureBytes {
  /// Reads a PNG picture of any depth, palette or interlacing with libpng, in the orientation in
  /// which it is stored. From an animation it reads the picture that readers of still pictures see.
  func readPNG(_ reading: Reading) throws -> Picture {
    try withPNG(reading) { try picture($0, reading) }
  }

  /// Runs the body with a file whose header was read and whose size is allowed. The file is open
  /// only while the body runs.
  func withPNG<Value>(_ reading: Reading, _ body: (OpenPNG) throws -> Value) throws -> Value {
    guard let base = bytes.baseAddress, let decoder = fm_png_open(base, bytes.count) else {
      throw error(fm_excessive, "PNG")
    }
    defer { fm_png_close(decoder) }
    var header = fm_png_header()
    let opening = fm_png_read_header(decoder, &header)
    if opening != fm_fine { throw error(opening, "PNG", complaint: fm_png_complaint(decoder)) }
    try check(width: Int(header.width), height: Int(header.height), reading)
    return try body(OpenPNG(file: self, decoder: decoder, header: header))
  }

  private func picture(_ png: OpenPNG, _ reading: Reading) throws -> Picture {
    let (decoder, header) = (png.decoder, png.header)
    let hasAlpha = header.has_alpha != 0
    let hasTransparency = header.has_transparency != 0
    let depth = reading.depth == .rounded ? fm_depth_rounded : fm_depth_pillow
    let count = png.width * png.height

    var alpha: [UInt8]?
    let pixels = try [UInt8](unsafeUninitializedCapacity: count * 3) { rgb, initialized in
      func read(into plane: UnsafeMutablePointer<UInt8>?) throws {
        try png.check(
          fm_png_read(decoder, depth, hasTransparency ? 1 : 0, rgb.baseAddress!, plane))
      }
      if hasAlpha || hasTransparency {
        alpha = try [UInt8](unsafeUninitializedCapacity: count) { plane, initialized in
          try read(into: plane.baseAddress!)
          initialized = count
        }
      } else {
        try read(into: nil)
      }
      initialized = count * 3
    }

    var exifCount = 0
    let exif = fm_png_exif(decoder, &exifCount)
    let orientation = Exif.orientation(UnsafeRawBufferPointer(start: exif, count: exifCount)) ?? 1
    // When it resizes, Pillow weighs colors by an alpha plane, but not by a single transparent
    // color. The latter matters only if the picture is laid on a color.
    return Picture(
      width: png.width, height: png.height, pixels: pixels, alpha: hasAlpha ? alpha : nil,
      colorAlpha: hasAlpha ? nil : alpha, inks: nil, orientation: orientation,
      notes: notes(header, reading))
  }

  private func notes(_ header: fm_png_header, _ reading: Reading) -> [String] {
    var notes: [String] = []
    if header.frames > 1 { notes.append("the first of \(header.frames) pictures of an animation") }
    if header.depth == 16 {
      notes.append(
        reading.depth == .rounded
          ? "16 bits a sample rounded to 8" : "16 bits a sample cut to 8 as in Pillow")
    }
    // Pillow resizes palettes and single bits by the nearest pixel, which no model was meant to
    // see.
    if header.has_palette != 0 || (header.depth == 1 && header.has_color == 0) {
      notes.append("palette turned into colors before any resizing")
    }
    if header.has_transparency != 0, reading.transparency == .dropped {
      notes.append(Picture.colorShown)
    }
    return notes
  }
}

/// An open PNG file whose header was read, but not its pixels.
struct OpenPNG {
  let file: PictureBytes
  let decoder: OpaquePointer
  let header: fm_png_header

  var width: Int { Int(header.width) }
  var height: Int { Int(header.height) }

  /// Throws if reading the pixels did not end well.
  func check(_ ending: fm_reading) throws {
    if ending != fm_fine {
      throw file.error(
        ending, "PNG", .rows(Int(fm_png_rows(decoder)), of: height),
        complaint: fm_png_complaint(decoder))
    }
  }
}
