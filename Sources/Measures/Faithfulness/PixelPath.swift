import Encoders
import Explaining
import Pictures

/// The path from one picture to another, on which some pixels change at each step, in the order of
/// a map.
///
/// ```swift
/// let curve = try PixelPath.deletion.curve(planes, pixels, values, scorer)
/// curve.area(of: 0)      // small where the map's first pixels carry the class
/// ```
///
/// The default is RISE's protocol. Deletion goes from the picture to the mean color everywhere, and
/// insertion from the blurred picture to the picture. Each step changes 224 pixels, whatever the
/// picture's size, and every step is scored, including the first and the last. (Petsiuk et al.
/// 2018, arXiv 1806.07421, section 4.2; eclique/RISE `evaluation.py`.)
///
/// - RISE measures the class that the picture itself scores highest. Here the scores of all classes
///   are kept, so that any class can be measured.
/// - RISE orders equal values the other way around: `PixelOrder.lastOfEquals`.
public struct PixelPath: Sendable {
  public enum Direction: String, Sendable { case deletion, insertion }

  public let direction: Direction
  /// The number of pixels of a step; the last step has those that remain.
  public var step: Int
  /// The fill at which deletion ends or with which insertion begins.
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

  /// The number of steps for a picture of so many pixels.
  func steps(_ pixels: Int) -> Int { (pixels - 1) / step + 1 }

  /// The pictures before the first step, after it, and so on. Each is made independently of the
  /// others, so it does not matter which of them are in memory.
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
  /// The planes, with all pixels whose step comes before `step` replaced from other planes. The
  /// result is that of `replacing(_:from:)`, but memory is read in order, which is about ten times
  /// faster than visiting pixels all over the picture.
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

  /// The planes with some pixels replaced from other planes.
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
