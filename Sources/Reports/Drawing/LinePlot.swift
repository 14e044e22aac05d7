/// A plot of curves as an SVG drawing, for a page or for a file.
///
/// ```swift
/// let plot = LinePlot(
///   "Deletion", x: "share of pixels", y: "probability", [.init("target", points)])
/// try write(Array(plot.svg.utf8), to: "deletion.svg")
/// ```
public struct LinePlot: Sendable {
  public struct Line: Sendable {
    public let name: String
    public let points: [(x: Double, y: Double)]

    public init(_ name: String, _ points: [(x: Double, y: Double)]) {
      self.name = name
      self.points = points
    }
  }

  public let title: String
  public let lines: [Line]
  /// A note below the plot.
  public let note: String?
  private let xName: String
  private let yName: String

  private static let (width, height) = (640.0, 400.0)
  private static let (left, right, top, bottom) = (64.0, 616.0, 48.0, 344.0)
  /// Colors that color-blind people can tell apart too (Okabe and Ito 2008).
  private static let colors = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000",
  ]

  public init(
    _ title: String, x: String, y: String, _ lines: [Line], note: String? = nil
  ) {
    (self.title, xName, yName, self.lines, self.note) = (title, x, y, lines, note)
  }

  public var svg: String {
    let points = lines.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
    let (xs, ys) = (Axis(points.map(\.x)), Axis(points.map(\.y)))
    func across(_ x: Double) -> Double { Self.left + xs.share(x) * (Self.right - Self.left) }
    func down(_ y: Double) -> Double { Self.bottom - ys.share(y) * (Self.bottom - Self.top) }
    var parts = [
      text(title, Self.width / 2, 24, "middle", size: 16),
      text(xName, (Self.left + Self.right) / 2, Self.height - 12, "middle"),
      "<g transform=\"rotate(-90 16 196)\">\(text(yName, 16, 196, "middle"))</g>",
    ]
    for tick in xs.ticks {
      parts.append(line(across(tick), Self.top, across(tick), Self.bottom))
      parts.append(text(Axis.name(tick), across(tick), Self.bottom + 18, "middle"))
    }
    for tick in ys.ticks {
      parts.append(line(Self.left, down(tick), Self.right, down(tick)))
      parts.append(text(Axis.name(tick), Self.left - 6, down(tick) + 4, "end"))
    }
    for (index, line) in lines.enumerated() {
      let color = Self.colors[index % Self.colors.count]
      let points = line.points.filter { $0.x.isFinite && $0.y.isFinite }
        .map { "\(short(across($0.x))),\(short(down($0.y)))" }
      parts.append(
        "<polyline points=\"\(points.joined(separator: " "))\" fill=\"none\" stroke=\"\(color)\" "
          + "stroke-width=\"2\"/>")
      parts.append(
        text(line.name, Self.right - 8, Self.top + 18 + 16 * Double(index), "end", color: color))
    }
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(short(Self.width)) \(short(Self.height))" \
      width="\(short(Self.width))" height="\(short(Self.height))" font-family="sans-serif" \
      font-size="12"><rect width="100%" height="100%" fill="#fff"/>
      \(parts.joined(separator: "\n"))
      </svg>

      """
  }
}

/// An axis that covers the given numbers and ends at round numbers.
private struct Axis {
  let low: Double
  let high: Double
  let ticks: [Double]

  init(_ values: [Double]) {
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    let span = most > least ? most - least : max(abs(most), 1)
    // The step between ticks is 1, 2 or 5 times a power of ten, chosen so that there are four to
    // ten steps.
    var step = 1.0
    while step * 10 <= span { step *= 10 }
    while step > span { step /= 10 }
    if span / step < 2 { step /= 5 } else if span / step < 5 { step /= 2 }
    low = (least / step).rounded(.down) * step
    let end = (most / step).rounded(.up) * step
    high = end > low ? end : low + step
    let count = Int(((high - low) / step).rounded())
    ticks = (0...max(1, min(count, 40))).map { [low] in low + Double($0) * step }
  }

  func share(_ value: Double) -> Double { (value - low) / (high - low) }

  static func name(_ tick: Double) -> String {
    let rounded = (tick * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() && abs(rounded) < 1e9 ? "\(Int(rounded))" : "\(rounded)"
  }
}

private func short(_ number: Double) -> String {
  let hundredths = (number * 100).rounded() / 100
  return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
}

private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
  "<line x1=\"\(short(x1))\" y1=\"\(short(y1))\" x2=\"\(short(x2))\" y2=\"\(short(y2))\" stroke=\"#ddd\"/>"
}

private func text(
  _ words: String, _ x: Double, _ y: Double, _ anchor: String, size: Int = 12,
  color: String = "#222"
) -> String {
  HTML.tag(
    "text",
    [
      "x": short(x), "y": short(y), "text-anchor": anchor, "font-size": "\(size)", "fill": color,
    ], [.text(words)]
  ).written
}
