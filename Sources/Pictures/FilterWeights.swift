import CFieldmark
import Glibc

/// The stored pixels from which each new pixel along a line is made, and their weights.
///
/// The new pixel x of `to` has its center at (x + 1/2) from / to among the stored pixels. The
/// filter, which is widened by from / to if the line shrinks, gives the weights around it. They are
/// divided by their sum and rounded to units of 2^-22. (Pillow, src/libImaging/Resample.c,
/// `precompute_coeffs`.)
struct FilterWeights {
  private(set) var starts: [Int32] = []
  private(set) var counts: [Int32] = []
  private(set) var weights: [Int32] = []
  let stride: Int

  /// The weights of the new pixels in a window, for a line of `from` pixels that becomes one of
  /// `to`.
  init(from: Int, to: Int, window: Range<Int>, filter: Filter) {
    let scale = Double(from) / Double(to)
    let spread = max(scale, 1)
    let support = filter.support * spread
    // The kernels read four weights at a time, hence the room for three more.
    stride = Int(support.rounded(.up)) * 2 + 1 + 3
    weights.reserveCapacity(window.count * stride)
    for x in window {
      let center = (Double(x) + 0.5) * scale
      let start = max(0, Int(center - support + 0.5))
      let end = min(from, Int(center + support + 0.5))
      let line = (start..<end).map { filter.weight((Double($0) - center + 0.5) * (1 / spread)) }
      let sum = line.reduce(0, +)
      starts.append(Int32(start))
      counts.append(Int32(end - start))
      weights += line.map { FilterWeights.fixed(sum == 0 ? $0 : $0 / sum) }
      weights += repeatElement(0, count: stride - line.count)
    }
  }

  /// A weight in units of 2^-22, with half a unit rounded away from zero.
  private static func fixed(_ weight: Double) -> Int32 {
    Int32(weight * 4_194_304 + (weight < 0 ? -0.5 : 0.5))
  }

  /// The number of new pixels.
  var count: Int { starts.count }

  /// The stored pixels that have any weight.
  var range: Range<Int> {
    guard let first = starts.first, let last = starts.last, let count = counts.last else {
      return 0..<0
    }
    return Int(first)..<Int(last + count)
  }

  /// The same weights for a line that lacks its first pixels.
  func dropping(_ count: Int) -> FilterWeights {
    var taps = self
    taps.starts = starts.map { $0 - Int32(count) }
    return taps
  }

  func withC(_ body: (UnsafePointer<fm_taps>) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      counts.withUnsafeBufferPointer { counts in
        weights.withUnsafeBufferPointer { weights in
          guard let first = starts.baseAddress, let second = counts.baseAddress,
            let third = weights.baseAddress
          else { return }
          var taps = fm_taps(
            count: Int32(starts.count), stride: Int32(stride), starts: first, counts: second,
            weights: third)
          body(&taps)
        }
      }
    }
  }
}
