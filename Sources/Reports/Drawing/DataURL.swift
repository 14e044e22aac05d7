import Pictures

extension Picture {
  /// The picture as a PNG file inside a page, for the `src` of an `img`. Larger pictures are shrunk
  /// to `longest` pixels on the longer side.
  public func dataURL(longest: Int) throws -> String {
    try shrunk(longest: longest).pngURL
  }

  /// The picture as a JPEG file inside a page. It is much smaller than a PNG file, so a page can hold a
  /// hundred photographs that are large enough to look at.
  public func photographURL(longest: Int, quality: Int = 90) throws -> String {
    "data:image/jpeg;base64," + base64(try shrunk(longest: longest).jpeg(quality: quality))
  }

  /// The picture, shrunk in proportion to at most `longest` pixels on the longer side.
  public func shrunk(longest: Int) throws -> Picture {
    let size = fitted(width, height, longest)
    guard size.width < width || size.height < height else { return self }
    return try Preprocessing(
      width: size.width, height: size.height, fit: .squash, mean: [0, 0, 0], deviation: [1, 1, 1]
    ).pixels(of: self)
  }

  /// The picture in its own size as a data URL.
  package var pngURL: String { "data:image/png;base64," + base64(png()) }
}

/// Width and height, scaled down in proportion so that the longer side is at most `longest`.
package func fitted(_ width: Int, _ height: Int, _ longest: Int) -> (width: Int, height: Int) {
  let ratio = max(1, Double(max(width, height)) / Double(max(1, longest)))
  func side(_ length: Int) -> Int { max(1, Int((Double(length) / ratio).rounded())) }
  return (side(width), side(height))
}

/// The Base64 encoding of bytes (RFC 4648, section 4).
///
/// ```swift
/// base64(Array("fo".utf8))      // Zm8=
/// ```
public func base64(_ bytes: [UInt8]) -> String {
  let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let count = min(3, bytes.count - start)
    let group = (0..<3).reduce(0) { $0 << 8 | ($1 < count ? Int(bytes[start + $1]) : 0) }
    for place in 0..<4 {
      let letter = letters[group >> (18 - 6 * place) & 63]
      text.append(place <= count ? letter : UInt8(ascii: "="))
    }
  }
  return String(decoding: text, as: UTF8.self)
}
