import Pictures

/// A rectangle of whole pixels.
///
/// ```swift
/// PixelBox(Region(x: 60, y: 27, width: 325, height: 304), width: 500, height: 375)
/// // columns 60..<385, rows 27..<331
/// ```
public struct PixelBox: Equatable, Sendable {
  public let columns: Range<Int>
  public let rows: Range<Int>

  public init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
  }

  /// The pixels of a picture whose centers lie in a rectangle. What reaches beyond the picture is
  /// cut off: some of CUB-200-2011's boxes end at 532, and no picture is wider than 500 pixels. An
  /// invalid rectangle has no pixels.
  public init(_ region: Region, width: Int, height: Int) {
    self.init(
      columns: pixels(from: region.x, length: region.width, of: width),
      rows: pixels(from: region.y, length: region.height, of: height))
  }

  public var count: Int { columns.count * rows.count }
}

/// The pixels of a line whose centers lie in a part of it.
private func pixels(from start: Double, length: Double, of count: Int) -> Range<Int> {
  guard start.isFinite, length.isFinite, length > 0 else { return 0..<0 }
  func pixel(_ place: Double) -> Int {
    Int(max(0, min(Double(count), (place - 0.5).rounded(.up))))
  }
  return pixel(start)..<pixel(start + length)
}
