import Explaining
import Ground
import Models
import Pictures

/// What a map can be written as. A new format is one declaration here and a word in `all`.
///
/// ```swift
/// try HighlightFormat.rle.write(highlight, bird, object, to: "bird-epaulets.rle.json", .init())
/// ```
public struct HighlightFormat: Named, Equatable {
  public static let kind = "a format"

  public let name: String
  /// What it holds, in a few words.
  public let summary: String
  /// What lies there where it was written before.
  public let kind: OwnFile.Kind
  private let ended: @Sendable (Style) -> String
  private let written: @Sendable (Writing, Path) throws -> Void

  /// A format whose files end in its name or in another word.
  init(
    _ name: String, _ summary: String, ending: String? = nil, _ kind: OwnFile.Kind,
    write: @escaping @Sendable (Writing, Path) throws -> Void
  ) {
    self.init(name, summary, kind, ending: { _ in "." + (ending ?? name) }, write: write)
  }

  private init(
    _ name: String, _ summary: String, _ kind: OwnFile.Kind,
    ending: @escaping @Sendable (Style) -> String,
    write: @escaping @Sendable (Writing, Path) throws -> Void
  ) {
    (self.name, self.summary, self.kind) = (name, summary, kind)
    (ended, written) = (ending, write)
  }

  public static func == (a: HighlightFormat, b: HighlightFormat) -> Bool { a.name == b.name }

  public static let all: [HighlightFormat] = [png, heat, npy, json, mask, rle]

  /// The only one that is drawn for people, as PNG or as JPEG.
  public static let png = HighlightFormat(
    "png", "an overlay on the picture", .map, ending: { $0.overlay.endings[0] },
    write: { writing, path in
      let drawing = try writing.style.drawing(writing.map, over: writing.picture)
      try Ground.write(
        writing.style.overlay.bytes(of: drawing, writing.description, source: writing.source),
        to: path)
    })

  /// In the picture's size: clipped, and scaled from 0 to 1.
  public static let heat = HighlightFormat(
    "heat", "the heatmap in 16-bit gray", ending: "heat.png", .map
  ) { try $0.write($0.seen.gray, to: $1) }

  /// Raw, signed, 32-bit floats, height x width.
  public static let npy = HighlightFormat("npy", "the raw grid", .matrix) { writing, path in
    let values = writing.map.values
    try writeNPY(Tensor("map", shape: [values.rows, values.columns], values.elements), to: path)
  }

  public static let json = HighlightFormat("json", "all that is known of the map", .object) {
    try $0.write($0.object, to: $1)
  }

  /// White on black.
  public static let mask = HighlightFormat(
    "mask", "the pixels above the threshold", ending: "mask.png", .map
  ) { try $0.write($0.mask.gray, to: $1) }

  public static let rle = HighlightFormat(
    "rle", "the same mask for COCO", ending: "rle.json", .object
  ) { try $0.write($0.mask.runLengths.json, to: $1) }

  /// What its files end in; no two are the same, so that all of them fit beside one another.
  public func ending(_ style: Style) -> String { ended(style) }

  /// How maps are drawn.
  public struct Style: Sendable {
    public var colors: ColorMap
    /// Of the map clipped and scaled from 0 to 1.
    public var threshold: Float
    /// What overlays are written as.
    public var overlay: DrawingFormat
    /// No side of an overlay is longer, but for its color bar; nil for the picture's own size.
    public var maxSide: Int?
    public var hasColorBar: Bool

    public init(
      colors: ColorMap = .turbo, threshold: Float = 0.5, overlay: DrawingFormat = .png,
      maxSide: Int? = nil, hasColorBar: Bool = false
    ) {
      self.colors = colors
      self.threshold = threshold
      self.overlay = overlay
      self.maxSide = maxSide
      self.hasColorBar = hasColorBar
    }

    /// An overlay as it is to be looked at. Letters are drawn after it has its size.
    func drawing(_ map: Heatmap, over picture: Picture) throws -> Picture {
      let whole = map.overlaid(on: picture, colors: colors)
      let overlay = try maxSide.map { try whole.shrunk(longest: $0) } ?? whole
      return hasColorBar ? ColorBar(map, colors).below(overlay) : overlay
    }
  }

  /// One map with all that a format may need of it.
  struct Writing {
    let map: Heatmap
    let description: String
    let picture: Picture
    let object: JSON
    let style: Style
    let source: String?

    var seen: PixelMap { map.clipped().scaledToUnit().resized() }
    var mask: Mask { seen.mask(above: style.threshold) }

    func write(_ samples: PNGSamples, to path: Path) throws {
      let text = OwnFile.texts(description, source: source)
      try Ground.write(samples.png(width: map.width, height: map.height, text: text), to: path)
    }

    func write(_ json: JSON, to path: Path) throws {
      let text = json.marked(source: source).written(.indented) + "\n"
      try Ground.write(Array(text.utf8), to: path)
    }
  }

  /// Writes a file that is whole or not there, and that says by whom it was made. What it was made
  /// from (`source`) comes before the description, which may be long.
  public func write(
    _ highlight: any Explanation, _ picture: Picture, _ object: JSON, to path: Path, _ style: Style,
    source: String? = nil
  ) throws {
    try written(
      Writing(
        map: highlight.heatmap, description: highlight.description, picture: picture,
        object: object, style: style, source: source), path)
  }
}

extension Highlight: CustomStringConvertible {
  /// `red epaulets against bird, strength 0.6, by grad-cam`
  public var description: String {
    let references = against.joined(separator: ", ")
    let contrast =
      references.isEmpty ? "" : " against \(references), strength \(question.strength)"
    return "\(question.concept.name)\(contrast), by \(method)"
  }
}
