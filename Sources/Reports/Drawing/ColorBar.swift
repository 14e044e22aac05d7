import Explaining
import Measures
import Pictures

/// The legend for the colors of a map over its picture: a strip of the colors, with a number and
/// its meaning at each end.
///
/// ```swift
/// let bar = ColorBar(map, .turbo)
/// bar.high?.text                    // +0.034: the most
/// try bar.below(map.overlaid(on: bird)).write(to: "epaulets.png")
/// ```
///
/// The numbers are the map's own, before any scaling, so every map has different ends.
public struct ColorBar: Equatable, Sendable {
  public let colors: ColorMap
  /// The ends of the strip; nil if nothing in the map is colored.
  public let low: End?
  public let high: End?
  /// Whatever else a reader must know about the colors, in whole sentences; may be empty.
  public let remark: String

  public struct End: Equatable, Sendable {
    /// The number with its sign: `+0.034`.
    public let number: String
    public let meaning: String

    public var text: String { "\(number): \(meaning)" }
  }

  /// - Parameter top: The value of the strongest color, where several maps share it.
  public init(_ map: Heatmap, _ colors: ColorMap, scale top: Float? = nil) {
    self.colors = colors
    let numbers = map.values.elements.map(Double.init)
    let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
    var sentences: [String] = []
    if most <= 0 {
      (low, high) = (nil, nil)
      sentences.append("Nothing in this map is above 0, so nothing is colored.")
    } else if let top {
      low = End(number: "0", meaning: "no evidence for it")
      high = End(number: Double(top).signed, meaning: "the highest value of all maps")
      sentences.append("The highest value of this map is \(most.signed).")
    } else if least == most {
      (low, high) = (nil, nil)
      sentences.append(
        "This map is \(most.signed) everywhere, so nothing stands out and nothing is colored.")
    } else {
      low =
        least > 0
        ? End(number: least.signed, meaning: "the lowest value, without color")
        : End(number: "0", meaning: "no evidence for it")
      high = End(number: most.signed, meaning: "the highest value")
      if least < 0 {
        sentences.append(
          "The map's own numbers go from \(least.signed) to \(most.signed); numbers below 0 are "
            + "evidence against it and have no color.")
      }
    }
    if !map.coversPicture { sentences.append("The model did not see what is dimmed.") }
    remark = sentences.joined(separator: " ")
  }

  /// The strip's colors from left to right, as the map's colors appear over gray.
  var strip: [Color] { Heatmap.glazes(colors).map { $0.over(ColorBar.ground) } }

  private static let ground = Color(red: 128, green: 128, blue: 128)
}

extension ColorBar {
  /// Draws the strip with a frame.
  func strip(width: Int, height: Int) -> Picture {
    var canvas = Canvas(width: width, height: height)
    canvas.fill(
      x: 0, y: 0, width: width, height: height, color: Color(red: 90, green: 90, blue: 90))
    let strip = strip
    let inner = max(1, width - 2)
    for column in 0..<inner {
      let step = inner == 1 ? strip.count - 1 : column * (strip.count - 1) / (inner - 1)
      canvas.fill(x: 1 + column, y: 1, width: 1, height: height - 2, color: strip[step])
    }
    return canvas.picture
  }

  /// The picture with the bar below it, on white. A picture that is too narrow for the text is
  /// centered.
  public func below(_ picture: Picture) -> Picture {
    let scale = max(1, min(8, (picture.width + 200) / 400))
    let (margin, width) = (6 * scale, max(picture.width, 180))
    let (room, gap) = (width - 2 * margin, 3 * scale)
    let left = TextBlock(low?.text ?? "", scale: scale, width: (room - gap) / 2)
    let right = TextBlock(high?.text ?? "", scale: scale, width: (room - gap) / 2)
    let words = TextBlock(remark, scale: scale, width: room)
    let stripHeight = low == nil ? 0 : 10 * scale
    let endsTop = picture.height + margin + stripHeight + (low == nil ? 0 : gap)
    let wordsTop = endsTop + max(left.height, right.height)
    var canvas = Canvas(width: width, height: wordsTop + words.height + margin / 2)
    canvas.draw(picture, x: (width - picture.width) / 2, y: 0)
    if low != nil {
      canvas.draw(
        strip(width: room, height: stripHeight), x: margin, y: picture.height + margin)
    }
    left.draw(on: &canvas, x: margin, y: endsTop)
    right.draw(on: &canvas, x: margin + room, y: endsTop, isRightAligned: true)
    words.draw(on: &canvas, x: margin, y: wordsTop)
    return canvas.picture
  }

  /// The strip and its ends as a part of a page, which says the remark elsewhere.
  var html: HTML {
    var pieces: [HTML] = []
    if let low, let high {
      let strip = strip
      let stops = stride(from: 0, through: strip.count - 1, by: 17).map { strip[$0].css }
      let gradient = "background: linear-gradient(to right, \(stops.joined(separator: ", ")))"
      pieces.append(.tag("div", ["class": "strip", "style": gradient]))
      pieces.append(
        .tag(
          "small", ["class": "ends"],
          [.tag("span", [:], [.text(low.number)]), .tag("span", [:], [.text(high.number)])]))
    }
    return .tag("div", ["class": "colorbar"], pieces)
  }
}

extension Heatmap {
  /// Whether the model saw the whole picture, except for less than half a pixel at each side.
  fileprivate var coversPicture: Bool {
    region.x < 0.5 && region.y < 0.5 && region.x + region.width > Double(width) - 0.5
      && region.y + region.height > Double(height) - 0.5
  }
}

extension Double {
  /// The number with three significant digits, and with a sign unless it is 0.
  fileprivate var signed: String {
    let sign = self > 0 ? "+" : ""
    guard (0.001..<0.1).contains(abs(self)) else { return sign + self.short }
    let steps: Double = abs(self) < 0.01 ? 100_000 : 10_000
    return "\(sign)\((self * steps).rounded() / steps)"
  }
}

extension Color {
  /// The color in CSS notation: `#ff8000`.
  fileprivate var css: String {
    "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
