import Explaining

/// How well boxes around the bright parts of a map fit the truth's boxes at many thresholds.
/// MaxBoxAcc is computed from these numbers.
///
/// ```swift
/// map.boxOverlaps(with: bird, around: .largest)      // a number for each threshold
/// ```
///
/// (Choe et al. 2020, arXiv 2001.07437, and for V2 2007.04178, exactly as in
/// clovaai/wsolevaluation's `evaluation.py`.) The map is scaled to 0...1 and then to whole numbers
/// up to 255. A pixel is bright if it is above the integer part of the threshold times the largest
/// of these. Three details of the code belong to the definition:
///
/// - A box ends one pixel after its last bright pixel, but never after the picture's last one, and
///   the length of a side is the distance of its ends plus one. A box of n bright pixels therefore
///   counts as n + 1 wide.
/// - The largest part is the one whose outline encloses the largest area, including holes.
/// - Among all parts (MaxBoxAccV2) are also the boxes of holes.
///
/// The code works at 224 x 224; here the map's own pixels are used.
public enum BoxedParts: Sendable {
  /// MaxBoxAcc: the box of the largest part.
  case largest
  /// MaxBoxAccV2: the box that fits best among those of all parts.
  case all
}

extension PixelMap {
  /// 0, 0.001, ... 0.999, as shares of a map's largest number: the default of the benchmark's code.
  public static let thresholds = (0..<1000).map { Double($0) * 0.001 }

  /// For each threshold, a share of the map's largest number, the best overlap with any of the
  /// truth's boxes. Nil if there is no truth or no map.
  public func boxOverlaps(
    with truth: Truth, around parts: BoxedParts, thresholds: [Double] = PixelMap.thresholds
  ) -> [Double]? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard !truth.boxes.isEmpty, let units else { return nil }
    let grays = units.map { UInt8($0 * 255) }
    let most = Double(grays.max() ?? 0)
    // Most thresholds give the same whole number as the one before.
    var known: [Int: Double] = [:]
    return thresholds.map { threshold in
      let cut = Int(threshold * most)
      if let overlap = known[cut] { return overlap }
      let overlap = boxes(of: grays.map { $0 > cut }, around: parts).flatMap { box in
        truth.boxes.map { box.overlap(with: CornerBox($0)) }
      }.max()
      known[cut] = overlap ?? 0
      return overlap ?? 0
    }
  }

  private func boxes(of isBright: [Bool], around parts: BoxedParts) -> [CornerBox] {
    let found = Component.all(
      in: isBright, width: width, height: height, touching: .sidesAndCorners)
    // If nothing is bright, the code uses a box of the first pixel.
    if found.isEmpty { return [CornerBox(left: 0, top: 0, right: 0, bottom: 0)] }
    switch parts {
    case .largest:
      // OpenCV lists contours from the last to the first, so in a tie the last one counts.
      var best = (area: -1.0, box: found[0].box)
      for part in found {
        let area = Outline(around: part.first, of: isBright, width: width, height: height).area
        if area >= best.area { best = (area, part.box) }
      }
      return [CornerBox(best.box, width: width, height: height)]
    case .all:
      return (found.map(\.box) + holes(in: isBright)).map {
        CornerBox($0, width: width, height: height)
      }
    }
  }

  /// The boxes of the bright pixels that surround each hole, which are one pixel larger on each
  /// side.
  private func holes(in isBright: [Bool]) -> [PixelBox] {
    Component.all(in: isBright.map { !$0 }, width: width, height: height, touching: .sides)
      .map(\.box).filter { box in
        box.columns.lowerBound > 0 && box.rows.lowerBound > 0 && box.columns.upperBound < width
          && box.rows.upperBound < height
      }
      .map { box in
        PixelBox(
          columns: box.columns.lowerBound - 1..<box.columns.upperBound + 1,
          rows: box.rows.lowerBound - 1..<box.rows.upperBound + 1)
      }
  }
}

/// A box by its corners, with the benchmark's way of measuring.
private struct CornerBox {
  let left: Int
  let top: Int
  let right: Int
  let bottom: Int

  init(left: Int, top: Int, right: Int, bottom: Int) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  /// A box of the truth, which ends at the pixel after its last one.
  init(_ box: PixelBox) {
    self.init(
      left: box.columns.lowerBound, top: box.rows.lowerBound, right: box.columns.upperBound,
      bottom: box.rows.upperBound)
  }

  /// A box of the map, which ends likewise but not outside the picture.
  init(_ box: PixelBox, width: Int, height: Int) {
    self.init(
      left: box.columns.lowerBound, top: box.rows.lowerBound,
      right: min(box.columns.upperBound, width - 1), bottom: min(box.rows.upperBound, height - 1))
  }

  private var area: Int { (right - left + 1) * (bottom - top + 1) }

  func overlap(with other: CornerBox) -> Double {
    let across = min(right, other.right) - max(left, other.left) + 1
    let down = min(bottom, other.bottom) - max(top, other.top) + 1
    let both = max(0, across) * max(0, down)
    return Double(both) / Double(area + other.area - both)
  }
}
