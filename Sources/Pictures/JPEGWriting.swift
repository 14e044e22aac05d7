import CFieldmark
import Glibc
import Ground

extension Picture {
  /// The longest side that libjpeg-turbo writes.
  static let longestJPEGSide = 65_500

  /// Returns the bytes of a JPEG file of the picture.
  ///
  /// ```swift
  /// try write(bird.jpeg(quality: 90, comment: "fieldmark 0.1.0: a bird"), to: "bird.jpg")
  /// ```
  ///
  /// Alpha is left out, since JPEG has none. A comment that is too long for JPEG is cut. The same
  /// picture, quality and comment give the same bytes.
  public func jpeg(quality: Int = 90, comment: String = "") throws -> [UInt8] {
    precondition((1...100).contains(quality), "Qualities go from 1 to 100.")
    guard max(width, height) <= Picture.longestJPEGSide else {
      throw InputError(
        "JPEG picture", expected: "sides of at most \(Picture.longestJPEGSide) pixels",
        found: "\(width) x \(height)", hint: "PNG can hold it at this size", kind: .output)
    }
    let words = Picture.fitting(comment)
    var file = pixels.withUnsafeBufferPointer { pixels -> fm_jpeg_file in
      guard let rgb = pixels.baseAddress else { return fm_jpeg_file() }
      return fm_jpeg_write(rgb, Int32(width), Int32(height), Int32(quality), words, words.count)
    }
    defer { fm_jpeg_file_free(&file) }
    guard let bytes = file.bytes else {
      let complaint = withUnsafeBytes(of: file.complaint.text) { printable($0.prefix { $0 != 0 }) }
      throw InputError(
        "JPEG picture", expected: "memory to write \(width) x \(height) pixels",
        found: complaint.isEmpty ? "too little" : complaint, kind: .output)
    }
    return Array(UnsafeBufferPointer(start: bytes, count: file.count))
  }

  /// Returns as much of a text as a marker has room for, cut between two characters. NUL, at which
  /// readers in C would stop, becomes a space.
  private static func fitting(_ comment: String) -> [UInt8] {
    let bytes = comment.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }
    var end = min(bytes.count, 65_533)
    while end > 0, end < bytes.count, bytes[end] & 0xc0 == 0x80 { end -= 1 }
    return Array(bytes[..<end])
  }
}
