import Explaining
import Ground
import Models
import Pictures

/// A format in which a map can be written. A new format is one declaration here and an entry in
/// `all`.
///
/// ```swift
/// try HighlightFormat.rle.write(highlight, bird, object, to: "bird-epaulets.rle.json", .init())
/// ```
public struct HighlightFormat: Named, Equatable {
  public static let kind = "a format"

  public let name: String
  /// The content of a file in this format, in a few words.
  public let summary: String
  /// The kind of Fieldmark's own files that this format writes, by which an earlier file is
  /// recognized.
  public let kind: OwnFile.Kind
  private let ended: @Sendable (Style) -> String
  private let written: @Sendable (Writing, Path) throws -> Void

  /// A format whose files have its name, or another word, as their ending.
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

  public static let all: [HighlightFormat] = [png, heat, npy, json, mask, rle] + boxFormats

  /// The overlay, which is the only format for looking at. It is written as PNG or JPEG.
  public static let png = HighlightFormat(
    "png", "an overlay on the picture", .map, ending: { $0.overlay.endings[0] },
    write: { writing, path in
      let drawing = try writing.style.drawing(writing.map, over: writing.picture)
      try Ground.write(
        writing.style.overlay.bytes(of: drawing, writing.description, source: writing.source),
        to: path)
    })

  /// The map in the picture's size, clipped and scaled to 0...1.
  public static let heat = HighlightFormat(
    "heat", "the heatmap in 16-bit gray", ending: "heat.png", .map
  ) { try $0.write($0.seen.gray, to: $1) }

  /// The raw signed grid as 32-bit floats, height x width.
  public static let npy = HighlightFormat("npy", "the raw grid", .matrix) { writing, path in
    let values = writing.map.values
    try writeNPY(Tensor("map", shape: [values.rows, values.columns], values.elements), to: path)
  }

  public static let json = HighlightFormat("json", "all that is known about the map", .object) {
    try $0.write($0.object, to: $1)
  }

  /// The mask in white on black.
  public static let mask = HighlightFormat(
    "mask", "the pixels above the threshold", ending: "mask.png", .map
  ) { try $0.write($0.mask.gray, to: $1) }

  public static let rle = HighlightFormat(
    "rle", "the same mask for COCO", ending: "rle.json", .object
  ) { try $0.write($0.mask.runLengths.json, to: $1) }

  /// The ending of files in this format. All endings are different, so that the files of all
  /// formats can lie side by side.
  public func ending(_ style: Style) -> String { ended(style) }

  /// How maps are drawn.
  public struct Style: Sendable {
    public var colors: ColorMap
    /// Where masks and parts begin, for the map clipped and scaled to 0...1.
    public var threshold: Threshold
    /// The value that has the strongest color; nil for each map's own highest.
    public var top: Float?
    /// The file format of overlays.
    public var overlay: DrawingFormat
    /// The largest side of an overlay without its color bar; nil for the picture's own size.
    public var maxSide: Int?
    public var hasColorBar: Bool

    public init(
      colors: ColorMap = .turbo, threshold: Threshold = .at(0.5), top: Float? = nil,
      overlay: DrawingFormat = .png,
      maxSide: Int? = nil, hasColorBar: Bool = false
    ) {
      self.colors = colors
      self.threshold = threshold
      self.top = top
      self.overlay = overlay
      self.maxSide = maxSide
      self.hasColorBar = hasColorBar
    }

    /// The overlay in its final size. The color bar is added after shrinking, so that its letters
    /// stay legible.
    func drawing(_ map: Heatmap, over picture: Picture) throws -> Picture {
      let whole = map.overlaid(on: picture, colors: colors, scale: top)
      let overlay = try maxSide.map { try whole.shrunk(longest: $0) } ?? whole
      return hasColorBar ? ColorBar(map, colors, scale: top).below(overlay) : overlay
    }
  }

  /// A map with everything that a format may need.
  struct Writing {
    let map: Heatmap
    /// The question in short.
    let title: String
    let description: String
    let picture: Picture
    let object: JSON
    let style: Style
    let source: String?
    let isMoved: Bool

    var seen: PixelMap { map.inUnit(style.top).resized() }
    var mask: Mask {
      let seen = seen
      return seen.mask(above: style.threshold.value(of: seen))
    }

    func write(_ samples: PNGSamples, to path: Path) throws {
      let text = OwnFile.texts(description, source: source)
      try Ground.write(samples.png(width: map.width, height: map.height, text: text), to: path)
    }

    func write(_ json: JSON, to path: Path) throws {
      let text = json.marked(source: source).written(.indented) + "\n"
      try Ground.write(Array(text.utf8), to: path)
    }
  }

  /// Writes a file atomically, and marks it as made by Fieldmark. The fingerprint `source` comes
  /// before the description, which may be long. A file that is moved elsewhere cannot say where its
  /// picture is from there, and has the picture's name alone.
  public func write(
    _ highlight: any Explanation, _ picture: Picture, _ object: JSON, to path: Path, _ style: Style,
    source: String? = nil, isMoved: Bool = false
  ) throws {
    try written(
      Writing(
        map: highlight.heatmap, title: highlight.title, description: highlight.description,
        picture: picture, object: object, style: style, source: source, isMoved: isMoved), path)
  }
}

extension Highlight: CustomStringConvertible {
  /// How the question was asked, such as `against bird, strength 0.6, by grad-cam`.
  public var manner: String {
    let references = against.joined(separator: ", ")
    return
      (references.isEmpty ? "" : "against \(references), strength \(question.strength), ")
      + "by \(method)"
  }

  /// A description such as `red epaulets against bird, strength 0.6, by grad-cam`.
  public var description: String {
    question.concept.name + (against.isEmpty ? ", " : " ") + manner
  }
}
