import Measures
import Reports

/// A bar as long as the share of the margin that a change takes away, with its interval, over lines at
/// none of it and at half of it. The numbers stand beside it, so that it is hidden from readers of
/// screens.
struct RelianceBar {
  private let range: ClosedRange<Double>

  private static let size = (width: 240.0, height: 18.0)

  /// One scale for all bars of a chart: from a little below none to a little above all of the margin, or
  /// as far as the intervals reach, within reason.
  init(_ all: [Reliance]) {
    let lows = all.map(\.interval.lowerBound).filter(\.isFinite)
    let highs = all.map(\.interval.upperBound).filter(\.isFinite)
    let low = max(-1, min(-0.25, lows.min() ?? 0))
    range = low...min(2, max(1.1, highs.max() ?? 0))
  }

  enum Kind: String {
    case traits, decides, other
  }

  func drawn(_ reliance: Reliance, _ kind: Kind) -> HTML {
    let (zero, end) = (place(0), place(reliance.share))
    let (low, high) = (place(reliance.interval.lowerBound), place(reliance.interval.upperBound))
    return svg([
      .tag(
        "rect",
        [
          "class": "bar-\(kind.rawValue)", "x": text(min(zero, end)), "y": "4",
          "width": text(abs(end - zero)), "height": "10",
        ]),
      line(0, "zero"), line(0.5, "half"),
      .tag(
        "path",
        [
          "class": "whisker",
          "d": "M\(text(low)) 9H\(text(high))M\(text(low)) 6V12M\(text(high)) 6V12",
        ]),
    ])
  }

  /// What the lines are, for the head of the column.
  var axis: HTML {
    let labels = [(0, "0"), (0.5, "50 %"), (1, "100 %")].map { share, label in
      HTML.tag(
        "text", ["x": text(place(share)), "y": "13", "text-anchor": "middle"], [.text(label)])
    }
    return svg(labels)
  }

  private func svg(_ inside: [HTML]) -> HTML {
    let (width, height) = (text(RelianceBar.size.width), text(RelianceBar.size.height))
    return .tag(
      "svg",
      [
        "class": "reliance", "aria-hidden": "true", "viewBox": "0 0 \(width) \(height)",
        "width": width, "height": height,
      ], inside)
  }

  private func line(_ share: Double, _ kind: String) -> HTML {
    .tag("path", ["class": kind, "d": "M\(text(place(share))) 0V18"])
  }

  private func place(_ share: Double) -> Double {
    let share = share.isNaN ? 0 : min(max(share, range.lowerBound), range.upperBound)
    return RelianceBar.size.width * (share - range.lowerBound)
      / (range.upperBound - range.lowerBound)
  }

  /// Tenths are finer than a screen.
  private func text(_ number: Double) -> String {
    let tenths = Int((10 * number).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
