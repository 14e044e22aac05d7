import Encoders

/// In which order a measure takes the pixels of a map: the largest values first.
///
///     PixelOrder.firstOfEquals([0.5, 2, 0.5])      // 1, 0, 2
///     PixelOrder.lastOfEquals([0.5, 2, 0.5])       // 1, 2, 0
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
    let isFirst = self == .firstOfEquals
    // A value and its pixel as one whole number each: these sort several times sooner than pairs that
    // are compared by a function.
    let keys = values.enumerated().map { pixel, value -> UInt64 in
      let place = UInt32(truncatingIfNeeded: pixel)
      return UInt64(PixelOrder.rank(value)) << 32 | UInt64(isFirst ? place : ~place)
    }
    return keys.sorted().map { key in
      let place = UInt32(truncatingIfNeeded: key)
      return Int(isFirst ? place : ~place)
    }
  }

  /// The larger a value, the smaller its rank. The bits of floats from 0 up are in their order as
  /// whole numbers, those below 0 in the opposite one.
  private static func rank(_ value: Float) -> UInt32 {
    // Adding 0 makes one of the two zeros.
    let bits = (value.isNaN ? -.infinity : value + 0).bitPattern
    return bits >> 31 == 0 ? ~(bits | 1 << 31) : bits
  }
}
