import Explaining
import Ground
import Models
import Pictures

/// What a map can be written as.
///
///     try HighlightFormat.rle.write(highlight, bird, object, to: "bird-epaulets.rle.json", .init())
public enum HighlightFormat: String, CaseIterable, Named {
  public static let kind = "a format"

  /// The picture with the map over it: the only one that is drawn for people, as PNG or as JPEG.
  case png
  /// The map alone in 16-bit gray, in the picture's size: clipped, and scaled from 0 to 1.
  case heat
  /// The grid as it is: raw, signed, 32-bit floats, height x width.
  case npy
  /// All there is to know of it.
  case json
  /// What lies above the threshold, white on black.
  case mask
  /// The same as COCO keeps it.
  case rle

  /// What its files end in; no two are the same, so that all of them fit beside one another.
  public func ending(_ style: Style) -> String {
    switch self {
    case .png: style.overlay.endings[0]
    case .heat: ".heat.png"
    case .npy: ".npy"
    case .json: ".json"
    case .mask: ".mask.png"
    case .rle: ".rle.json"
    }
  }

  /// What lies there where it was written before.
  public var kind: OwnFile.Kind {
    switch self {
    case .npy: .matrix
    case .json, .rle: .object
    default: .map
    }
  }

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

  /// Writes a file that is whole or not there, and that says by whom it was made. What it was made
  /// from (`source`) comes before the description, which may be long.
  public func write(
    _ highlight: any Explanation, _ picture: Picture, _ object: JSON, to path: Path, _ style: Style,
    source: String? = nil
  ) throws {
    let map = highlight.heatmap
    let text = OwnFile.texts(highlight.description, source: source)
    var seen: PixelMap { map.clipped().scaledToUnit().resized() }
    func write(_ samples: PNGSamples) throws {
      try Ground.write(samples.png(width: map.width, height: map.height, text: text), to: path)
    }
    func write(_ json: JSON) throws {
      try Ground.write(Array((json.written(.indented) + "\n").utf8), to: path)
    }
    switch self {
    case .png:
      let drawing = try style.drawing(map, over: picture)
      try Ground.write(
        style.overlay.bytes(of: drawing, highlight.description, source: source), to: path)
    case .heat: try write(seen.gray)
    case .npy:
      let shape = [map.values.rows, map.values.columns]
      try writeNPY(Tensor("map", shape: shape, map.values.elements), to: path)
    case .json: try write(object.marked(source: source))
    case .mask: try write(seen.mask(above: style.threshold).gray)
    case .rle: try write(seen.mask(above: style.threshold).runLengths.json.marked(source: source))
    }
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
