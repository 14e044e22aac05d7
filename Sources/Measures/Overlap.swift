import Explaining

/// How well the bright part of a map covers the truth, at one threshold.
///
/// ```swift
/// map.overlap(with: bird, from: 0.2)       // 0.56
/// map.overlapAboveMean(with: bird)         // 0.48
/// Ranking(map, bird)?.bestOverlap          // 0.61, at the threshold that suits it best
/// ```
///
/// An overlap is the intersection over union: the number of pixels in both divided by the number of
/// pixels in either. Nil if there is no truth or no map.
extension PixelMap {
  /// The overlap of the pixels at or above a threshold, given as a share of the range from the
  /// map's minimum to its maximum. SFAM uses 0.2 (section 4.3) and leaves open whether the
  /// threshold itself is included. A constant map marks nothing.
  public func overlap(with truth: Truth, from share: Double = 0.2) -> Double? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard truth.count > 0, let units else { return nil }
    return truth.overlap(with: units.map { $0 >= share })
  }

  /// Whether the overlap is at least a half. SFAM's accuracy is the share of pictures for which it
  /// is.
  public func finds(_ truth: Truth, from share: Double = 0.2, overlap least: Double = 0.5) -> Bool?
  {
    overlap(with: truth, from: share).map { $0 >= least }
  }

  /// The overlap of the pixels above the mean of the map.
  public func overlapAboveMean(with truth: Truth) -> Double? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard truth.count > 0, let values = filled else { return nil }
    // The mean is over what the model saw, since other pixels have no values of their own.
    let seen = self.values.elements
    let mean = seen.reduce(0.0) { $0 + Double($1) } / Double(seen.count)
    return truth.overlap(with: values.map { Double($0) > mean })
  }
}

extension Truth {
  /// Intersection over union; nil if both are empty.
  public func overlap(with isBright: [Bool]) -> Double? {
    precondition(isBright.count == mask.pixels.count, "Both are of one picture.")
    var both = 0
    var either = 0
    for (a, b) in zip(mask.pixels, isBright) {
      if a && b { both += 1 }
      if a || b { either += 1 }
    }
    return either > 0 ? Double(both) / Double(either) : nil
  }
}
