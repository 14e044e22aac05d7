import Explaining

/// How well boxes around the bright parts of a map fit the truth's boxes, at many thresholds: the
/// numbers that MaxBoxAcc is made of.
///
/// ```swift
/// map.boxOverlaps(with: bird, around: .largest)      // a number for each threshold
/// ```
///
/// (Choe et al. 2020, arXiv 2001.07437, and for V2 2007.04178, by the letter of
/// clovaai/wsolevaluation's `evaluation.py`.) The map goes from 0 to 1,
/// then to whole numbers up to 255; a pixel is bright above the whole part of threshold times the
/// largest of them. Three things of the code are part of the definition:
///
/// - a box ends one pixel behind its last one, but never behind the picture's last, and sides have one
///   pixel more than their ends are apart: a box of n bright pixels counts as n + 1 wide;
/// - the largest part is the one with the largest area inside the line around it, holes and all;
/// - among all parts (MaxBoxAccV2) the boxes of holes stand as well.
///
/// The code does this at 224 x 224; here it is done in the pixels of the map that it is given.
public enum BoxedParts: Sendable {
  /// MaxBoxAcc: the largest part.
  case largest
  /// MaxBoxAccV2: whichever part fits best.
  case all
}

extension PixelMap {
  /// 0, 0.001, ... 0.999, shares of a map's largest number: what the benchmark's code takes unless
  /// told otherwise.
  public static let thresholds = (0..<1000).map { Double($0) * 0.001 }

  /// The best overlap with any of the truth's boxes for each threshold, a share of the map's largest
  /// number; nil where there is no truth or no map.
  public func boxOverlaps(
    with truth: Truth, around parts: BoxedParts, thresholds: [Double] = PixelMap.thresholds
  ) -> [Double]? {
    precondition(isOfThePicture(of: truth), "A map and its truth are of one picture.")
    guard !truth.boxes.isEmpty, let units else { return nil }
    let grays = units.map { UInt8($0 * 255) }
    let most = Double(grays.max() ?? 0)
    // Most thresholds come to the same whole number as the one before.
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
    // Nothing bright is a box of the first pixel.
    if found.isEmpty { return [CornerBox(left: 0, top: 0, right: 0, bottom: 0)] }
    switch parts {
    case .largest:
      // Of equal ones OpenCV lists the last first.
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

  /// The boxes of the bright pixels right around each hole: one pixel more on each side.
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

/// A box by its corners, as the benchmark reckons with it.
private struct CornerBox {
  let left: Int
  let top: Int
  let right: Int
  let bottom: Int

  init(left: Int, top: Int, right: Int, bottom: Int) {
    (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
  }

  /// Of the truth: its end is the pixel behind its last one.
  init(_ box: PixelBox) {
    self.init(
      left: box.columns.lowerBound, top: box.rows.lowerBound, right: box.columns.upperBound,
      bottom: box.rows.upperBound)
  }

  /// Of a map: the same, but within the picture.
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
