import Encoders
import Explaining
import Pictures

/// The way from one picture to another, some pixels at each step, in the order of a map.
///
/// ```swift
/// let curve = try PixelPath.deletion.curve(planes, pixels, values, scorer)
/// curve.area(of: 0)      // small where the map's first pixels carry the class
/// ```
///
/// RISE's protocol, unless changed: deletion goes from the picture to all mean color, insertion from
/// the blurred picture to the picture, 224 pixels at a step whatever the picture's size, and the
/// score is asked for at every step, the first and the last included. (Petsiuk et al. 2018, arXiv
/// 1806.07421, section 4.2; eclique/RISE `evaluation.py`.)
///
/// - RISE measures the class that the picture itself scores highest. Here any class is asked for, and
///   all are kept.
/// - RISE orders equals the other way around: `PixelOrder.lastOfEquals`.
public struct PixelPath: Sendable {
  public enum Direction: String, Sendable { case deletion, insertion }

  public let direction: Direction
  /// Pixels of a step; the last has what is left.
  public var step: Int
  /// What deletion ends at, or insertion begins with.
  public var fill: Fill
  public var order: PixelOrder

  public init(
    _ direction: Direction, step: Int = 224, fill: Fill,
    order: PixelOrder = .firstOfEquals
  ) {
    self.direction = direction
    self.step = step
    self.fill = fill
    self.order = order
  }

  public static let deletion = PixelPath(.deletion, fill: .zero)
  public static let insertion = PixelPath(.insertion, fill: .blur)

  /// How many steps there are to so many pixels.
  func steps(_ pixels: Int) -> Int { (pixels - 1) / step + 1 }

  /// The picture before the first step, after it, and so on: each made by itself, so that it does not
  /// matter which of them are in memory.
  public func pictures(_ planes: Matrix, _ pixels: Grid, _ map: [Float]) -> ChangedPictures {
    precondition(
      map.count == planes.columns && pixels.pixels == planes.columns,
      "A map of \(map.count) numbers orders planes of \(planes.columns) pixels.")
    let filled = fill(planes, pixels)
    let (start, finish) = direction == .deletion ? (planes, filled) : (filled, planes)
    var stepOf = [Int32](repeating: 0, count: map.count)
    for (place, pixel) in order(map).enumerated() { stepOf[pixel] = Int32(place / step) }
    return ChangedPictures(steps(map.count) + 1) { [stepOf] index in
      start.replacing(pixelsBefore: Int32(index), of: stepOf, from: finish)
    }
  }

  public func curve(
    _ planes: Matrix, _ pixels: Grid, _ map: [Float], _ scorer: Scorer
  ) throws -> ScoreCurve {
    try Card.check("\(direction)'s step", Double(step), "at least 1") { $0 >= 1 }
    let scores = try scorer.scores(of: pictures(planes, pixels, map))
    let shares = scores.indices.map { Double(min($0 * step, map.count)) / Double(map.count) }
    return ScoreCurve(shares: shares, scores: scores, card: card(map.count, scorer))
  }

  private func card(_ pixels: Int, _ scorer: Scorer) -> Card {
    Card(
      direction.rawValue, paper: "Petsiuk et al. 2018, arXiv 1806.07421",
      [
        "fill": .string(fill.name), "pixels_a_step": .integer(step),
        "steps": .integer(steps(pixels)), "score": .string(scorer.scale.rawValue),
        "ties": .string(order.rawValue),
        "area": "trapezoids of one width, the last step counting as a whole one",
      ])
  }
}

extension Matrix {
  /// The planes with those pixels from other planes whose step comes before one: the same as
  /// `replacing` the pixels themselves, but read from beginning to end, and so some ten times sooner
  /// than pixels all over the picture.
  func replacing(pixelsBefore step: Int32, of stepOf: [Int32], from other: Matrix) -> Matrix {
    var changed = self
    changed.withElements { changed in
      other.elements.withUnsafeBufferPointer { other in
        stepOf.withUnsafeBufferPointer { stepOf in
          for start in stride(from: 0, to: changed.count, by: columns) {
            for pixel in 0..<columns {
              let (old, new) = (changed[start + pixel], other[start + pixel])
              changed[start + pixel] = stepOf[pixel] < step ? new : old
            }
          }
        }
      }
    }
    return changed
  }

  /// The planes with some of their pixels from other planes.
  func replacing(_ pixels: some Sequence<Int>, from other: Matrix) -> Matrix {
    var changed = self
    changed.withElements { changed in
      other.elements.withUnsafeBufferPointer { other in
        for pixel in pixels {
          for start in stride(from: 0, to: changed.count, by: columns) {
            changed[start + pixel] = other[start + pixel]
          }
        }
      }
    }
    return changed
  }
}
