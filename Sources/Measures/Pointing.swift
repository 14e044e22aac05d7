import Explaining

/// The pointing game: whether the pixel with the map's largest value lies in the truth.
///
/// ```swift
/// map.points(to: bird)                     // true
/// map.points(to: bird, tolerance: 15)      // nor more than a little beside it
/// map.blobPoints(to: bird)                 // the middle of its largest blob does
/// ```
///
/// (Zhang et al. 2016, Excitation Backprop, arXiv 1608.00507.) Nil if there is no truth or no map.
extension PixelMap {
  /// The first of the largest values, row by row; nil if the model saw nothing.
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
  /// pixels. TorchRay uses 15. With 1 only the peak itself counts, and with 0 nothing ever hits.
  public func points(to truth: Truth, tolerance: Double) -> Bool? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard truth.count > 0, let peak else { return nil }
    var isHit = false
    forEachPixel(
      nearerThan: tolerance, to: (Double(peak.column), Double(peak.row)), width, height
    ) { if truth.mask.pixels[$0] { isHit = true } }
    return isHit
  }

  /// GLAS's form of the game: the largest blob of pixels above 0.95 of the largest value is taken,
  /// and the pixel that contains its centroid must be in the truth. (Section 4.) The paper does not
  /// define a blob. Here its pixels touch by sides or corners, and the first of equally large blobs
  /// is taken. Nil also if the map has no positive value, since a share of it would be no
  /// threshold.
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
