import Explaining

/// The pointing game: whether a map's most valued pixel lies in the truth.
///
/// ```swift
/// map.points(to: bird)                     // true
/// map.points(to: bird, tolerance: 15)      // nor more than a little beside it
/// map.blobPoints(to: bird)                 // the middle of its largest blob does
/// ```
///
/// (Zhang et al. 2016, Excitation Backprop, arXiv 1608.00507.) Nil where there is no truth or no map:
/// nobody can point at what is not there.
extension PixelMap {
  /// The first of the largest numbers, row by row; nil where the model saw nothing.
  public var peak: (column: Int, row: Int)? {
    guard isSound else { return nil }
    let best = values.elements.indices.max {
      (values.elements[$0], -$0) < (values.elements[$1], -$1)
    }
    let (row, column) = (best ?? 0).quotientAndRemainder(dividingBy: columns.count)
    return (columns.lowerBound + column, rows.lowerBound + row)
  }

  public func points(to truth: Truth) -> Bool? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard truth.count > 0, let peak else { return nil }
    return truth.mask.pixels[peak.row * width + peak.column]
  }

  /// Whether some pixel of the truth is nearer to the peak than the tolerance, in the picture's own
  /// pixels. TorchRay's is 15; at 1 it is the pixel itself, and at 0 nothing ever hits.
  public func points(to truth: Truth, tolerance: Double) -> Bool? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard truth.count > 0, let peak else { return nil }
    var isHit = false
    forEachPixel(
      nearerThan: tolerance, to: (Double(peak.column), Double(peak.row)), width, height
    ) { if truth.mask.pixels[$0] { isHit = true } }
    return isHit
  }

  /// GLAS's form: of what has more than 0.95 of the largest number the largest blob is taken, and the
  /// pixel in which its centroid lies must be in the truth. (Section 4. The paper leaves open what a
  /// blob is: pixels that touch by a side or a corner here; of equal ones the first.) Nil also where
  /// nothing speaks for, since a share of nothing sets no threshold.
  public func blobPoints(to truth: Truth) -> Bool? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard truth.count > 0, isSound, let most = values.elements.max(), most > 0 else { return nil }
    let bright = spread(beyond: false) { Double($0) > 0.95 * Double(most) }
    let blobs = Component.all(in: bright, width: width, height: height, touching: .sidesAndCorners)
    guard let blob = blobs.max(by: { ($0.count, -$0.first) < ($1.count, -$1.first) }) else {
      return nil
    }
    let (x, y) = blob.centroid
    return truth.mask.pixels[Int((y + 0.5).rounded(.down)) * width + Int((x + 0.5).rounded(.down))]
  }
}
