import Explaining
import Pictures
import Reports

/// One picture under many maps: a page holds the picture once, small, and each map as a glaze that a
/// browser lays over it. The picture drawn anew under each of five maps would be five times as much.
///
///     let stack = PictureStack(bird, id: "picture-17")
///     [stack.picture("a blackbird"), stack.overlay(map, "where it has red epaulets")]
struct PictureStack {
  private let id: String
  private let small: Picture

  /// The longest side as it is shown, and that of the picture which a page opens with.
  static let side = 160
  static let largeSide = 320
  /// Maps have few cells a side, and browsers smooth what they enlarge.
  static let glazeSide = 64

  init(_ picture: Picture, id: String, side: Int = PictureStack.side) {
    self.id = id
    small = picture.thumbnail(longest: side)
  }

  func picture(_ alternative: String) -> HTML {
    let (width, height) = ("\(small.width)", "\(small.height)")
    return drawing(
      alternative,
      [.tag("image", ["id": id, "href": small.pngURL, "width": width, "height": height])])
  }

  func overlay(_ map: Heatmap, _ alternative: String) -> HTML {
    let (width, height) = ("\(small.width)", "\(small.height)")
    let glaze = map.shrunk(longest: PictureStack.glazeSide).glaze()
    return drawing(
      alternative,
      [
        .tag("use", ["href": "#\(id)"]),
        .tag(
          "image",
          [
            "href": glaze.pngURL, "width": width, "height": height, "preserveAspectRatio": "none",
          ]),
      ])
  }

  private func drawing(_ alternative: String, _ inside: [HTML]) -> HTML {
    .tag(
      "svg",
      [
        "role": "img", "viewBox": "0 0 \(small.width) \(small.height)", "width": "\(small.width)",
        "height": "\(small.height)",
      ], [.tag("title", [:], [.text(alternative)])] + inside)
  }
}

extension Picture {
  /// Small, without alpha as the model saw it, and without the last two bits of each color: at this
  /// size nobody sees them, and a file is a third smaller.
  fileprivate func thumbnail(longest: Int) -> Picture {
    let size = fitted(width, height, longest)
    let small = resized(width: size.width, height: size.height)
    return Picture(
      width: small.width, height: small.height, pixels: small.pixels.map { $0 & 0xfc | $0 >> 6 })
  }
}

extension Heatmap {
  /// The same of the picture in a smaller size.
  fileprivate func shrunk(longest: Int) -> Heatmap {
    let size = fitted(width, height, longest)
    let across = Double(size.width) / Double(width)
    let down = Double(size.height) / Double(height)
    let smaller = Region(
      x: region.x * across, y: region.y * down, width: region.width * across,
      height: region.height * down)
    return Heatmap(values, region: smaller, width: size.width, height: size.height)
  }

  /// In which ninth of the picture most lies, in words: `the upper left`.
  var ninth: String {
    let peak = peak
    func third(_ place: Double, _ length: Int, _ names: [String]) -> String {
      names[max(0, min(2, Int(max(0, min(1e6, 3 * place / Double(max(1, length)))))))]
    }
    let down = third(peak.y, height, ["upper", "", "lower"])
    let across = third(peak.x, width, ["left", "", "right"])
    switch (down.isEmpty, across.isEmpty) {
    case (true, true): return "the middle"
    case (true, false): return "the \(across) side"
    case (false, true): return "the \(down) middle"
    case (false, false): return "the \(down) \(across)"
    }
  }
}
