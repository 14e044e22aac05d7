/// The size of a picture in pixels, across and down, or that of its activation inside an encoder.
///
/// ```swift
/// Grid(width: 28, height: 14).divided(by: 2)      // 14 x 7
/// ```
public struct Grid: Hashable, Sendable {
  public let width: Int
  public let height: Int

  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "A picture has at least one pixel.")
    self.width = width
    self.height = height
  }

  /// The number of rows of a matrix that make up one picture.
  public var pixels: Int { width * height }

  public func divided(by side: Int) -> Grid {
    precondition(
      width.isMultiple(of: side) && height.isMultiple(of: side),
      "Squares of \(side) do not cover \(width) x \(height) pixels.")
    return Grid(width: width / side, height: height / side)
  }

  /// The number of pictures that so many rows make up.
  package func pictures(in rows: Int) -> Int {
    precondition(
      rows.isMultiple(of: pixels), "\(rows) rows are no pictures of \(width) x \(height) pixels.")
    return rows / pixels
  }
}
