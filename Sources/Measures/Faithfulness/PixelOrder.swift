/// The order in which a measure takes the pixels of a map: the largest values first.
///
/// ```swift
/// PixelOrder.firstOfEquals([0.5, 2, 0.5])      // 1, 0, 2
/// PixelOrder.lastOfEquals([0.5, 2, 0.5])       // 1, 2, 0
/// ```
///
/// Coarse maps and clipped ones have many equal values, so the order of these is part of a measure.
/// NaN counts as the smallest value.
public enum PixelOrder: String, CaseIterable, Sendable {
  /// Among equal values, the pixel that comes first, row by row, is taken first.
  case firstOfEquals = "of equals the first"
  /// Among equal values, the last pixel is taken first, because RISE's code sorts in ascending
  /// order and reverses the result. Its sort (NumPy's default) does not promise any order of equal
  /// values; with a stable sort the order is this. (eclique/RISE `evaluation.py`.)
  case lastOfEquals = "of equals the last"

  public func callAsFunction(_ values: [Float]) -> [Int] {
    let keys = values.map { $0.isNaN ? -.infinity : $0 }
    guard self == .lastOfEquals else { return keys.orderFromLargest }
    return Array(keys.reversed()).orderFromLargest.map { keys.count - 1 - $0 }
  }
}
