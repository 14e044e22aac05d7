import Ground
import Parsing
import Reports

/// How drawings look and in which format they are written. The numbers in other files do not depend
/// on these options.
struct DrawingOptions: OptionGroup {
  let format = Option<Kind?>(
    "format", role: .silent,
    "The file format of overlays: png, which is exact, or jpeg, which is smaller. Without it, the ending of "
      + "--out decides, and otherwise overlays are PNG files.")
  let quality = Option<Int>(
    "quality", default: 90,
    "The quality of JPEG files, from 1 (the smallest files) to 100 (the best pictures).")
  let maxSide = Option<Int?>(
    "max-side", placeholder: "N",
    "Shrinks drawn pictures to at most N pixels on the longer side; N is 16 or more and does not "
      + "count a color bar. Files of numbers, masks and 16-bit heatmaps keep the size of the picture."
  )
  let colorBar = Option<Bool>(
    "color-bar", "Draws a color bar below each overlay, which says what its colors stand for.")

  /// This option is separate because `compare` has it without the others.
  static let colormap = Option<ColorMap>(
    "colormap", default: .turbo, formerly: "colours", "The color map that heatmaps are drawn in.")

  enum Kind: String, CaseIterable, Named, OptionValue {
    static let kind = "a format"
    case png, jpeg
  }

  /// The format of an overlay that is written to `out`, from `--format` or else from the file's
  /// ending.
  static func overlay(_ input: Input, to out: Path?) throws -> DrawingFormat {
    let jpeg = DrawingFormat.jpeg(quality: try checkedQuality(input))
    switch input[DrawingOptions.format] {
    case .png: return .png
    case .jpeg: return jpeg
    case nil: return out.map { ends($0, in: jpeg) } == true ? jpeg : .png
    }
  }

  /// The endings that an overlay's file may have, whether or not `--format` is given.
  static func endings(_ input: Input) -> [String] {
    let kinds = input[DrawingOptions.format].map { [$0] } ?? Kind.allCases
    return kinds.flatMap { $0 == .png ? DrawingFormat.png.endings : jpegEndings }
  }

  static let jpegEndings = DrawingFormat.jpeg(quality: 90).endings

  /// Joins endings for a message: `.png, .jpg or .jpeg`.
  static func oneOf(_ endings: [String]) -> String {
    let others = endings.dropLast().joined(separator: ", ")
    return others.isEmpty ? endings.joined() : "\(others) or \(endings.last ?? "")"
  }

  static func ends(_ path: Path, in format: DrawingFormat) -> Bool {
    format.endings.contains { path.description.lowercased().hasSuffix($0) }
  }

  static func checkedQuality(_ input: Input) throws -> Int {
    let found = input[DrawingOptions.quality]
    guard (1...100).contains(found) else {
      throw InputError("option --quality", expected: "1 to 100", found: "\(found)", kind: .words)
    }
    return found
  }

  static func checkedMaxSide(_ input: Input) throws -> Int? {
    if let found = input[DrawingOptions.maxSide], found < 16 {
      throw InputError(
        "option --max-side", expected: "16 pixels or more", found: "\(found)", kind: .words)
    }
    return input[DrawingOptions.maxSide]
  }
}
