import CFieldmark

extension PictureBytes {
  /// Reads a WebP picture with libwebp, in the orientation in which it is stored. From an animation
  /// it reads the first frame.
  func readWebP(_ reading: Reading) throws -> Picture {
    guard let base = bytes.baseAddress else { throw error(fm_cut_short, "WebP") }
    var opened: OpaquePointer?
    var header = fm_webp_header()
    let opening = fm_webp_open(base, bytes.count, &opened, &header)
    guard opening == fm_fine, let decoder = opened else { throw error(opening, "WebP") }
    defer { fm_webp_close(decoder) }
    let (width, height) = (Int(header.width), Int(header.height))
    try check(width: width, height: height, reading)

    let count = width * height
    var alpha: [UInt8]?
    let pixels = try [UInt8](unsafeUninitializedCapacity: count * 3) { rgb, initialized in
      func read(into plane: UnsafeMutablePointer<UInt8>?) throws {
        let ending = fm_webp_read(decoder, rgb.baseAddress!, plane)
        if ending != fm_fine { throw error(ending, "WebP") }
      }
      if header.has_alpha != 0 {
        alpha = try [UInt8](unsafeUninitializedCapacity: count) { plane, initialized in
          try read(into: plane.baseAddress!)
          initialized = count
        }
      } else {
        try read(into: nil)
      }
      initialized = count * 3
    }
    let exif = UnsafeRawBufferPointer(start: header.exif, count: header.exif_count)
    return Picture(
      width: width, height: height, pixels: pixels, alpha: alpha,
      orientation: Exif.orientation(exif) ?? 1,
      notes: header.frames > 1 ? ["the first of \(header.frames) pictures of an animation"] : [])
  }
}
