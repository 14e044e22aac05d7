import Explaining
import Pictures

/// Where the thing is: the pixels where a map should be high, and the boxes around them.
///
/// ```swift
/// let box = Region(x: 60, y: 27, width: 325, height: 304)
/// let bird = Truth(box: box, width: 500, height: 375)
/// map.energy(in: bird)              // 0.83
/// ```
public struct Truth: Equatable, Sendable {
  public let mask: Mask
  /// The boxes that the truth was made from; for a mask, the box around all of it.
  public let boxes: [PixelBox]
  /// The number of its pixels.
  public let count: Int

  public init(_ mask: Mask) { self.init(mask, boxes: mask.box.map { [$0] } ?? []) }

  public init(boxes: [Region], width: Int, height: Int) {
    let boxes = boxes.map { PixelBox($0, width: width, height: height) }.filter { $0.count > 0 }
    var pixels = [Bool](repeating: false, count: width * height)
    for box in boxes {
      for row in box.rows {
        for column in box.columns { pixels[row * width + column] = true }
      }
    }
    self.init(Mask(width: width, height: height, pixels), boxes: boxes)
  }

  public init(box: Region, width: Int, height: Int) {
    self.init(boxes: [box], width: width, height: height)
  }

  /// The pixels (x, y) that are nearer to one of the parts (u, v) than the radius r:
  ///
  ///     (x - u)^2 + (y - v)^2 < r^2
  ///
  /// This is TorchRay's tolerance. A radius of 1 gives the pixel alone.
  public init(around parts: [PartPoint], radius: Double, width: Int, height: Int) {
    var pixels = [Bool](repeating: false, count: width * height)
    for part in parts {
      forEachPixel(nearerThan: radius, to: (part.x, part.y), width, height) { pixels[$0] = true }
    }
    self.init(Mask(width: width, height: height, pixels))
  }

  private init(_ mask: Mask, boxes: [PixelBox]) {
    self.mask = mask
    self.boxes = boxes
    count = mask.pixels.reduce(0) { $0 + ($1 ? 1 : 0) }
  }

  /// Whether the truth's boxes together cover less than a quarter of the picture. The pointing game
  /// on small objects uses these pictures. (Cao et al. 2015; GLAS, table 2.)
  public var isSmall: Bool {
    4 * boxes.reduce(0) { $0 + $1.count } < mask.width * mask.height
  }
}

/// Calls `body` with every pixel whose distance to a point is less than a radius.
func forEachPixel(
  nearerThan radius: Double, to point: (x: Double, y: Double), _ width: Int, _ height: Int,
  _ body: (Int) -> Void
) {
  guard point.x.isFinite, point.y.isFinite, radius.isFinite, radius > 0 else { return }
  func line(_ middle: Double, _ count: Int) -> Range<Int> {
    let first = max(0, (middle - radius).rounded(.down))
    let end = min(Double(count), (middle + radius).rounded(.up) + 1)
    return first < end ? Int(first)..<Int(end) : 0..<0
  }
  let columns = line(point.x, width)
  for row in line(point.y, height) {
    let down = (Double(row) - point.y) * (Double(row) - point.y)
    for column in columns {
      let across = (Double(column) - point.x) * (Double(column) - point.x)
      if across + down < radius * radius { body(row * width + column) }
    }
  }
}

extension Mask {
  /// The smallest box around the whole mask; nil if the mask is empty.
  public var box: PixelBox? {
    var (left, right, top, bottom) = (width, -1, height, -1)
    for (index, isIn) in pixels.enumerated() where isIn {
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      (left, right) = (min(left, column), max(right, column))
      (top, bottom) = (min(top, row), max(bottom, row))
    }
    return right < 0 ? nil : PixelBox(columns: left..<right + 1, rows: top..<bottom + 1)
  }
}

extension PixelMap {
  /// A number for each pixel of the picture. Nil if the model saw none of it, or if a number is not
  /// finite.
  ///
  /// Pixels that the model did not see get the map's minimum. The map therefore cannot claim that
  /// the thing lies there, but it is still judged there.
  package var filled: [Float]? {
    guard isSound, let least = values.elements.min() else { return nil }
    return spread(beyond: least) { $0 }
  }

  /// Whether there are any numbers and all of them are finite.
  package var isSound: Bool { !values.elements.isEmpty && values.elements.allSatisfy(\.isFinite) }

  func isOfThePicture(of truth: Truth) -> Bool {
    width == truth.mask.width && height == truth.mask.height
  }
}
