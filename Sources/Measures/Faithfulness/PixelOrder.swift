/// In which order a measure takes the pixels of a map: the largest values first.
///
/// ```swift
/// PixelOrder.firstOfEquals([0.5, 2, 0.5])      // 1, 0, 2
/// PixelOrder.lastOfEquals([0.5, 2, 0.5])       // 1, 2, 0
/// ```
///
/// Maps of a few cells, and clipped ones, have many equal values, so the order of those is part of a
/// measure. What is no number counts as the least.
public enum PixelOrder: String, CaseIterable, Sendable {
  /// Of equal values the pixel that comes first, row by row.
  case firstOfEquals = "of equals the first"
  /// Of equal values the last: RISE's code sorts upwards and turns the order around. There the sort
  /// itself leaves equals in no order that is promised (NumPy's default); with a stable one it is
  /// this. (eclique/RISE `evaluation.py`.)
  case lastOfEquals = "of equals the last"

  public func callAsFunction(_ values: [Float]) -> [Int] {
    let keys = values.map { $0.isNaN ? -.infinity : $0 }
    guard self == .lastOfEquals else { return keys.orderFromLargest }
    return Array(keys.reversed()).orderFromLargest.map { keys.count - 1 - $0 }
  }
}
