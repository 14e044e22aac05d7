/// A visible part of a picture, and the pixel that stands for it.
///
/// ```swift
/// PartPoint("left wing", x: 312, y: 182).kind      // "wing"
/// ```
///
/// Parts that are not visible have no point: the reader of a dataset leaves out its rows of zeros
/// for them.
public struct PartPoint: Equatable, Sendable {
  public let name: String
  /// The column and row of the pixel, as in CUB-200-2011's `part_locs.txt` and in the aviary.
  /// Fractions refer to the pixel that contains them.
  public let x: Double
  public let y: Double

  public init(_ name: String, x: Double, y: Double) {
    self.name = name
    self.x = x
    self.y = y
  }

  /// The name without its side, because which wing is visible depends on the bird's pose and not on
  /// its looks.
  public var kind: String {
    for side in ["left ", "right "] where name.hasPrefix(side) {
      return String(name.dropFirst(side.count))
    }
    return name
  }

  /// The pixel's index, row by row; nil if it is outside the picture.
  func pixel(width: Int, height: Int) -> Int? {
    guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { return nil }
    return Int(y) * width + Int(x)
  }
}
