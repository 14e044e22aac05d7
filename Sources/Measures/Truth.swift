import Explaining
import Pictures

/// Where the thing is: the pixels that a map should light, and the boxes around them.
///
/// ```swift
/// let box = Region(x: 60, y: 27, width: 325, height: 304)
/// let bird = Truth(box: box, width: 500, height: 375)
/// map.energy(in: bird)              // 0.83
/// ```
public struct Truth: Equatable, Sendable {
  public let mask: Mask
  /// What it was made of; of a mask the one box around all of it.
  public let boxes: [PixelBox]
  /// How many pixels it has.
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

  /// The pixels that lie nearer to one of the parts than the radius:
  ///
  ///     (x - u)^2 + (y - v)^2 < r^2
  ///
  /// as TorchRay's tolerance has it, so that a radius of 1 is the pixel alone.
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

  /// Whether its boxes have less than a quarter of the picture, all of them together: the objects
  /// that the pointing game on small ones is played with. (Cao et al. 2015; GLAS, table 2.)
  public var isSmall: Bool {
    4 * boxes.reduce(0) { $0 + $1.count } < mask.width * mask.height
  }
}

/// Calls with every pixel whose column and row are nearer to a point than a radius.
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
  /// The smallest box around all of it; nil where there is nothing.
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
  /// A number for each pixel of the picture; nil where the model saw none of it, or where a number is
  /// not finite.
  ///
  /// What the model did not see has the map's least number: such a map cannot say that a thing lies
  /// there, and is not excused from having to.
  var filled: [Float]? {
    guard isSound, let least = values.elements.min() else { return nil }
    return spread(beyond: least) { $0 }
  }

  /// Whether there are numbers, and all of them finite.
  package var isSound: Bool { !values.elements.isEmpty && values.elements.allSatisfy(\.isFinite) }

  func isOfThePicture(of truth: Truth) -> Bool {
    width == truth.mask.width && height == truth.mask.height
  }
}
