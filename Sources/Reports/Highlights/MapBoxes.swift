import Explaining
import Ground
import Measures
import Pictures

/// The connected parts of a map above a threshold, with a box around each: where the concept is, as detectors
/// say it. The part with the largest mass comes first.
///
/// ```swift
/// MapBoxes(map, above: .otsu).boxes[0].box      // the columns and rows of its pixels
/// ```
///
/// Parts that touch at a corner are one. The map is clipped and scaled to 0...1, in the picture's own
/// pixels, as masks are made of it.
public struct MapBoxes: Equatable, Sendable {
  /// The value above which pixels belong to a part.
  public let threshold: Float
  public let boxes: [Box]

  /// One part.
  public struct Box: Equatable, Sendable {
    public let box: PixelBox
    /// The number of its pixels.
    public let area: Int
    /// The sum of their values.
    public let mass: Double
    /// The pixel with the largest value, the first of several.
    public let peak: (x: Int, y: Int)
    public let highest: Float
    /// Its pixels, by their numbers in the picture.
    let pixels: [Int]

    public var mean: Double { mass / Double(area) }

    public static func == (a: Box, b: Box) -> Bool {
      a.box == b.box && a.mass == b.mass && a.pixels == b.pixels && a.highest == b.highest
        && a.peak == b.peak
    }
  }

  public init(_ map: Heatmap, above threshold: Threshold, scale top: Float? = nil) {
    self.init(map.inUnit(top).resized(), above: threshold)
  }

  init(_ seen: PixelMap, above threshold: Threshold) {
    let value = threshold.value(of: seen)
    self.threshold = value
    let all = seen.spread(beyond: -1) { $0 }
    let isIn = all.map { $0 > value }
    let (width, height) = (seen.width, seen.height)
    let components = Component.all(
      in: isIn, width: width, height: height, touching: .sidesAndCorners)
    // Both come in the order of their first pixels.
    boxes = zip(components, connectedPixels(in: isIn, width: width, height: height))
      .map { component, pixels in
        let peak = pixels.max { (all[$0], $1) < (all[$1], $0) } ?? component.first
        return Box(
          box: component.box, area: component.count,
          mass: pixels.reduce(0) { $0 + Double(all[$1]) },
          peak: (peak % width, peak / width), highest: all[peak], pixels: pixels)
      }.sorted { ($1.mass, $0.pixels[0]) < ($0.mass, $1.pixels[0]) }
  }

  public var json: JSON { .array(boxes.map(\.json)) }
}

extension MapBoxes.Box {
  /// The part as run lengths of a picture, column by column. Only its own pixels are looked at, so that
  /// thousands of specks in a large picture take no time.
  func runLengths(width: Int, height: Int) -> RunLengths {
    var (counts, end): ([Int], Int) = ([], 0)
    for place in pixels.map({ $0 % width * height + $0 / width }).sorted() {
      if place == end, !counts.isEmpty {
        counts[counts.count - 1] += 1
      } else {
        counts += [place - end, 1]
      }
      end = place + 1
    }
    return RunLengths(
      width: width, height: height,
      counts: counts + (end < width * height ? [width * height - end] : []))
  }

  public var json: JSON {
    [
      "x": .integer(box.columns.lowerBound), "y": .integer(box.rows.lowerBound),
      "width": .integer(box.columns.count), "height": .integer(box.rows.count),
      "area": .integer(area), "mean": JSON(Float(mean)),
      "peak": [
        "x": .integer(peak.x), "y": .integer(peak.y), "value": JSON(highest),
      ],
    ]
  }
}
