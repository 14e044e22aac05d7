import Encoders
import Ground

/// DiffCAM: what makes a picture differ from a group of others, without words or classes.
///
/// ```swift
/// let others = try DiffCAM(group.features)
/// others.map(of: view)                         // raw: where it is unlike them
/// others.score(view.features)                  // how far it is from them
/// ```
///
/// Let z be the mean of the activation over the picture's places, and m and S the mean and the
/// scatter of the references. The channels' weights w are the direction along which z is farthest
/// from the references, relative to how much these differ among themselves (eq. 4 to 6):
///
///     J(w) = (w'z - w'm)^2 / sum_i (w'z_i - w'm)^2,   w = (S + lambda 1)^-1 (z - m)
///     map  = sum_k w_k A_k
///
/// (Li et al. 2025, DiffCAM, CVPR. The scale of w does not matter to its maps; Tikhonov's lambda is
/// given as a share of the mean of S's diagonal, since the paper gives no number.)
public struct DiffCAM: Sendable {
  public static let name = "diffcam"
  public static let paper = "Li et al. 2025, CVPR"
  public static let standardShare: Float = 1e-2

  private let mean: [Double]
  private let inverse: Ridge

  /// Each row of `references` is the mean of a picture's activation over its places. The factor of
  /// many references is cached in `folder`, if one is given.
  public init(
    _ references: Matrix, lambda share: Float = standardShare, remembering folder: Path? = nil
  ) throws {
    guard references.rows > 0 else {
      throw InputError("references", expected: "at least one picture", found: "none")
    }
    guard share > 0, share.isFinite else {
      throw InputError(
        "Tikhonov's lambda", expected: "a share above 0", found: "\(share)", kind: .words)
    }
    let mean = references.meanOfRows
    let columns = references.columns
    var centered = references.elements.map { Double($0) }
    for place in centered.indices { centered[place] -= mean[place % columns] }
    self.mean = mean
    inverse = try Ridge(
      centered, rows: references.rows, share: Double(share),
      kept: folder.map { kept($0, references, share) })
  }

  /// Returns the weight of each channel for a picture with these features.
  public func weights(of features: [Float]) -> [Float] {
    inverse.times(difference(features)).map { Float($0) }
  }

  /// Returns w'(z - m), how far the picture is from the mean reference in the direction of w. It is
  /// 0 for the mean itself and never negative.
  public func score(_ features: [Float]) -> Float {
    let difference = difference(features)
    return Float(zip(inverse.times(difference), difference).reduce(0.0) { $0 + $1.0 * $1.1 })
  }

  public func map(of view: View) -> Heatmap {
    view.heatmap(view.activation.rowSums(weightedBy: weights(of: view.features)))
  }

  private func difference(_ features: [Float]) -> [Double] {
    precondition(features.count == mean.count, "References have as many channels as a picture.")
    return zip(features, mean).map { Double($0) - $1 }
  }
}

/// Returns the cache of the factor for these references. One file keeps a few factors of one size.
private func kept(_ folder: Path, _ references: Matrix, _ share: Float) -> Ridge.Kept {
  var digest = Digest.sha256(
    of: ["1", "\(references.rows)", "\(references.columns)", "\(share.bitPattern)"])
  references.elements.withUnsafeBytes { digest.add($0) }
  let key = digest.bytes
  let columns = references.columns
  let file = MemoryFile(
    folder / Path("\(columns).factors"), valueSize: 4 * columns * (columns + 1), mostRecords: 8)
  return (
    read: { file.read([key])[key]?.numbers(Double.self) },
    write: { file.add([(key, Array(bytesOf: $0))]) }
  )
}

extension Matrix {
  fileprivate var meanOfRows: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for row in 0..<rows {
      for (column, value) in self[row: row].enumerated() { sums[column] += Double(value) }
    }
    return sums.map { $0 / Double(rows) }
  }

  /// Returns the rows that are nearest to some features by their cosine, the nearest first. For
  /// large groups of many kinds the paper takes only the similar pictures.
  public func nearestRows(_ count: Int, to features: [Float]) -> [Int] {
    let cosines = timesTurned(Matrix([features])).elements.enumerated().map { row, product in
      let length = self[row: row].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      return length > 0 ? Double(product) / length : 0
    }
    let order = cosines.indices.sorted { (-cosines[$0], $0) < (-cosines[$1], $1) }
    return Array(order.prefix(max(1, count)))
  }
}
