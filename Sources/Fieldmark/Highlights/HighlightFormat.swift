import Encoders

/// What a map can be written as.
///
///     try HighlightFormat.rle.write(highlight, bird, object, to: "bird-epaulets.rle.json", .init())
public enum HighlightFormat: String, CaseIterable, Sendable {
  /// The picture with the map over it.
  case png
  /// The map alone in 16-bit grey, in the picture's size: clipped, and scaled from 0 to 1.
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
  public var ending: String {
    switch self {
    case .png: ".png"
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

    public init(colors: ColorMap = .turbo, threshold: Float = 0.5) {
      self.colors = colors
      self.threshold = threshold
    }
  }

  /// Writes a file that is whole or not there, and that says by whom it was made. What it was made
  /// from (`source`) comes before the description, which may be long.
  public func write(
    _ highlight: any Highlighted, _ picture: Picture, _ object: JSON, to path: Path, _ style: Style,
    source: String? = nil
  ) throws {
    let map = highlight.heatmap
    let text = OwnFile.texts(highlight.description, source: source)
    var seen: PixelMap { map.clipped().scaledToUnit().resized() }
    func write(_ samples: PNGSamples) throws {
      try Encoders.write(samples.png(width: map.width, height: map.height, text: text), to: path)
    }
    func write(_ json: JSON) throws {
      try Encoders.write(Array((json.written(.indented) + "\n").utf8), to: path)
    }
    switch self {
    case .png: try map.overlaid(on: picture, colors: style.colors).write(to: path, text: text)
    case .heat: try write(seen.grey)
    case .npy:
      let shape = [map.values.rows, map.values.columns]
      try writeNPY(Tensor("map", shape: shape, map.values.elements), to: path)
    case .json: try write(object.marked(source: source))
    case .mask: try write(seen.mask(above: style.threshold).grey)
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
