/// A part that is seen in a picture, and the pixel that stands for it.
///
/// ```swift
/// PartPoint("left wing", x: 312, y: 182).kind      // "wing"
/// ```
///
/// Parts that are not seen have no point: a dataset's rows of zeros for them are left out by whoever
/// reads it.
public struct PartPoint: Equatable, Sendable {
  public let name: String
  /// Column and row of the pixel, as CUB-200-2011's `part_locs.txt` and the aviary give them; of
  /// fractions the pixel that they lie in counts.
  public let x: Double
  public let y: Double

  public init(_ name: String, x: Double, y: Double) {
    self.name = name
    self.x = x
    self.y = y
  }

  /// The name without a side: which wing is seen says how the bird sits, not what it looks like.
  public var kind: String {
    for side in ["left ", "right "] where name.hasPrefix(side) {
      return String(name.dropFirst(side.count))
    }
    return name
  }

  /// The pixel's number, row by row; nil beyond the picture.
  func pixel(width: Int, height: Int) -> Int? {
    guard x >= 0, y >= 0, x < Double(width), y < Double(height) else { return nil }
    return Int(y) * width + Int(x)
  }
}
