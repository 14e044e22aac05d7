import CFieldmark
import Ground

extension Picture {
  /// Writes the picture as a PNG file, either completely or not at all.
  ///
  /// ```swift
  /// try picture.write(to: "epaulets.png", text: [("Software", "fieldmark 0.1.0")])
  /// ```
  ///
  /// Alpha is kept. The same picture and texts give the same bytes.
  public func write(to path: Path, text: [(key: String, value: String)] = []) throws {
    try Ground.write(png(text: text), to: path)
  }

  /// Returns the bytes of the file that `write` writes.
  public func png(text: [(key: String, value: String)] = []) -> [UInt8] {
    let samples: PNGSamples = alpha.map { .rgba(withAlpha($0)) } ?? .rgb(pixels)
    return samples.png(width: width, height: height, text: text)
  }

  private func withAlpha(_ alpha: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: alpha.count * 4) { out, count in
      for (pixel, cover) in alpha.enumerated() {
        for channel in 0..<3 {
          out.initializeElement(at: pixel * 4 + channel, to: pixels[pixel * 3 + channel])
        }
        out.initializeElement(at: pixel * 4 + 3, to: cover)
      }
      count = alpha.count * 4
    }
  }
}

/// The samples of a PNG file, row by row.
///
/// ```swift
/// PNGSamples.gray16(heights).png(width: 14, height: 14)      // [0x89, 0x50, ...]
/// ```
public enum PNGSamples: Sendable {
  case gray([UInt8])
  case gray16([UInt16])
  case rgb([UInt8])
  case rgba([UInt8])

  /// Returns a whole PNG file, with texts that say where it came from. A key is made of 1 to 79
  /// Latin letters, digits and single spaces; values may be anything.
  public func png(
    width: Int, height: Int, text: [(key: String, value: String)] = []
  ) -> [UInt8] {
    precondition(
      width > 0 && height > 0 && bytes.count == width * height * step,
      "A PNG picture has all its samples.")
    var file = Signature.png
    let header = UInt32(width).bigEndianBytes + UInt32(height).bigEndianBytes
    file.appendChunk("IHDR", header + [depth, colorType, 0, 0, 0])
    for (key, value) in text { file.appendText(key, value) }
    file.appendChunk("IDAT", packed(filtered(rows: height)))
    file.appendChunk("IEND", [])
    return file
  }

  private var depth: UInt8 { if case .gray16 = self { 16 } else { 8 } }

  private var colorType: UInt8 {
    switch self {
    case .gray, .gray16: 0
    case .rgb: 2
    case .rgba: 6
    }
  }

  /// The number of bytes in a pixel.
  private var step: Int {
    switch self {
    case .gray: 1
    case .gray16: 2
    case .rgb: 3
    case .rgba: 4
    }
  }

  private var bytes: [UInt8] {
    switch self {
    case .gray(let bytes), .rgb(let bytes), .rgba(let bytes): bytes
    case .gray16(let numbers): numbers.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }
  }

  /// Returns the rows, each after the number of the filter that was applied to it.
  private func filtered(rows: Int) -> [UInt8] {
    let bytes = bytes
    let pitch = bytes.count / rows
    let zeros = [UInt8](repeating: 0, count: pitch)
    var scratch = zeros
    return [UInt8](unsafeUninitializedCapacity: rows * (pitch + 1)) { out, count in
      bytes.withUnsafeBufferPointer { bytes in
        for row in 0..<rows {
          guard let this = bytes.baseAddress, let to = out.baseAddress else { return }
          zeros.withUnsafeBufferPointer { zeros in
            guard let nothing = zeros.baseAddress else { return }
            fm_png_filter(
              this + row * pitch, row == 0 ? nothing : this + (row - 1) * pitch, pitch, step,
              &scratch, to + row * (pitch + 1))
          }
        }
      }
      count = rows * (pitch + 1)
    }
  }

  /// Returns a zlib stream. libdeflate's level 6 compresses about as tightly as zlib's 9, several
  /// times faster.
  private func packed(_ bytes: [UInt8]) -> [UInt8] {
    let room = fm_deflate_bound(bytes.count)
    return [UInt8](unsafeUninitializedCapacity: room) { out, count in
      if let start = out.baseAddress { count = fm_deflate(bytes, bytes.count, 6, start, room) }
      precondition(count > 0, "There is memory for a compressor.")
    }
  }
}

extension [UInt8] {
  /// Appends a chunk: its length, name and content, and the CRC-32 of name and content.
  fileprivate mutating func appendChunk(_ name: String, _ content: [UInt8]) {
    let body = Array(name.utf8) + content
    self += UInt32(content.count).bigEndianBytes + body
    self += fm_crc32(0, body, body.count).bigEndianBytes
  }

  /// Appends a text, as `tEXt` if it is printable ASCII and otherwise as UTF-8, which readers from
  /// before 1999 do not know.
  fileprivate mutating func appendText(_ key: String, _ value: String) {
    precondition(
      (1...79).contains(key.utf8.count) && key.utf8.allSatisfy { (0x20...0x7e).contains($0) },
      "A PNG text's key is short and plain.")
    let content = value.utf8.map { $0 == 0 ? UInt8(ascii: " ") : $0 }
    if content.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0x0a }) {
      appendChunk("tEXt", Array(key.utf8) + [0] + content)
    } else {
      // The text is not compressed and has neither a language nor a translated key.
      appendChunk("iTXt", Array(key.utf8) + [0, 0, 0, 0, 0] + content)
    }
  }
}

extension UInt32 {
  fileprivate var bigEndianBytes: [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self >> $0) }
  }
}
