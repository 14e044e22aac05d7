import Datasets
import Ground
import Reports
import Words

/// How drawings look and what they are written as; the numbers in other files stay what they are.
enum DrawingOptions {
  static let format = Option<Kind?>(
    "format",
    "What overlays are written as: png, exact, or jpeg, small. Default: what --out ends in, else png."
  )
  static let quality = Option<Int>(
    "quality", default: 90, "Of JPEG files, from 1, the smallest, to 100, the truest.")
  static let maxSide = Option<Int?>(
    "max-side", placeholder: "N",
    "Shrinks drawn pictures to at most N pixels a side, 16 or more; a color bar comes below that. Files "
      + "of numbers, masks and heat keep the picture's size.")
  static let colorBar = Option<Bool>(
    "color-bar", "Draws below each overlay what its colors stand for.")
  /// Of overlays.
  static let declarations = [
    format.declaration, quality.declaration, maxSide.declaration, colorBar.declaration,
  ]

  enum Kind: String, Choice { case png, jpeg }

  /// What an overlay is written as that may go to a file of a name.
  static func overlay(_ input: Input, to out: Path?) throws -> DrawingFormat {
    let jpeg = DrawingFormat.jpeg(quality: try quality(input))
    switch input[format] {
    case .png: return .png
    case .jpeg: return jpeg
    case nil: return out.map { ends($0, in: jpeg) } == true ? jpeg : .png
    }
  }

  /// What names of an overlay's file may end in, whether or not something was said of its format.
  static func endings(_ input: Input) -> [String] {
    let kinds = input[format].map { [$0] } ?? Kind.allCases
    return kinds.flatMap { $0 == .png ? DrawingFormat.png.endings : jpegEndings }
  }

  static let jpegEndings = DrawingFormat.jpeg(quality: 90).endings

  /// `.png, .jpg or .jpeg`
  static func oneOf(_ endings: [String]) -> String {
    let others = endings.dropLast().joined(separator: ", ")
    return others.isEmpty ? endings.joined() : "\(others) or \(endings.last ?? "")"
  }

  static func ends(_ path: Path, in format: DrawingFormat) -> Bool {
    format.endings.contains { path.description.lowercased().hasSuffix($0) }
  }

  static func quality(_ input: Input) throws -> Int {
    let found = input[quality]
    guard (1...100).contains(found) else {
      throw InputError("option --quality", expected: "1 to 100", found: "\(found)", kind: .words)
    }
    return found
  }

  static func maxSide(_ input: Input) throws -> Int? {
    if let found = input[maxSide], found < 16 {
      throw InputError(
        "option --max-side", expected: "16 pixels or more", found: "\(found)", kind: .words)
    }
    return input[maxSide]
  }
}
