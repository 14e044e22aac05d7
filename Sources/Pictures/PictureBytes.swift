import CFieldmark
import Glibc
import Ground

/// The bytes of a file that should be a picture, and the name that messages call it by.
struct PictureBytes {
  let bytes: UnsafeBufferPointer<UInt8>
  let name: String

  /// The formats that are read.
  enum Format { case jpeg, png, webp }

  /// Returns the format that the bytes begin as. If they begin as another known format, the error
  /// names it.
  func format() throws -> Format {
    if begins([0xff, 0xd8, 0xff]) { return .jpeg }
    if begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return .png }
    if begins("RIFF"), begins("WEBP", at: 8) { return .webp }
    throw InputError(
      name, expected: "a picture (JPEG, PNG or WebP)", found: lookalike.name, hint: lookalike.hint)
  }

  private var lookalike: (name: String, hint: String?) {
    let convert = "save it as PNG first"
    let known: [(String, Bool)] = [
      ("a GIF picture", begins("GIF8")),
      ("a TIFF picture", begins("II*\0") || begins("MM\0*")),
      ("a BMP picture", begins("BM")),
      ("an AVIF picture", begins("ftypavif", at: 4) || begins("ftypavis", at: 4)),
      ("a HEIF picture", begins("ftyphei", at: 4) || begins("ftypmif1", at: 4)),
      ("a JPEG XL picture", begins([0xff, 0x0a]) || begins("JXL ", at: 4)),
      ("a JPEG 2000 picture", begins("jP  ", at: 4)),
      ("an SVG drawing", begins("<svg") || begins("<?xml")),
      ("a PDF document", begins("%PDF")),
    ]
    if bytes.isEmpty { return ("an empty file", nil) }
    if let match = known.first(where: \.1) { return (match.0, convert) }
    if begins("<!DOCTYPE") || begins("<html") { return ("a web page", nil) }
    return ("bytes that begin with '\(printable(bytes.prefix(8)))'", nil)
  }

  private func begins(_ text: String, at place: Int = 0) -> Bool {
    begins(Array(text.utf8), at: place)
  }

  private func begins(_ start: [UInt8], at place: Int = 0) -> Bool {
    bytes.dropFirst(place).starts(with: start)
  }
}

extension PictureBytes {
  /// JPEG has 16 bits for each side, and nobody has a use for longer sides.
  static let maxSide = 65_535

  /// Refuses a picture by the size in its header, before memory is taken for it.
  func check(width: Int, height: Int, _ reading: Reading) throws {
    if width > Self.maxSide || height > Self.maxSide {
      throw InputError(
        name, expected: "sides of at most \(Self.maxSide) pixels", found: "\(width) x \(height)")
    }
    if width * height > reading.maxPixels {
      throw InputError(
        name, expected: "at most \(reading.maxPixels) pixels", found: "\(width) x \(height)")
    }
    // A pixel takes three bytes, and four more if it has inks; then come the decoder's own memory,
    // and a copy to turn the picture upright.
    try MemoryCheck.check(
      10 * width * height, for: name, hint: "a smaller copy of the picture needs less")
  }

  /// How far a decoder got: to the header, or to one of the rows.
  enum Progress {
    case header
    case rows(Int, of: Int)
  }

  /// The error for a picture, according to how its decoder ended.
  func error(
    _ ending: fm_reading, _ format: String, _ progress: Progress = .header,
    complaint: UnsafePointer<CChar>? = nil
  ) -> InputError {
    let words = complaint.map { text in
      printable(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }
    let details = words.flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
    switch ending {
    case fm_cut_short:
      let place =
        switch progress {
        case .header: "in its header"
        case .rows(let finished, let height): "after \(finished) of its \(height) rows"
        }
      return InputError(
        name, expected: "a whole \(format) picture", found: "one that ends \(place)",
        hint: "was it copied completely?")
    case fm_excessive:
      return InputError(
        name, expected: "a \(format) picture that takes reasonable time and memory",
        found: "one that does not" + details)
    case fm_unsupported:
      return InputError(
        name, expected: "a \(format) picture of a common kind", found: "another" + details,
        hint: "save it as PNG first")
    default:
      return InputError(
        name, expected: "a sound \(format) picture", found: "a damaged one" + details)
    }
  }
}
