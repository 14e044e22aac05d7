import Encoders
import Ground

/// Many masks through which a picture is seen in part, each made when it is used. A mask has a
/// number for each pixel, from 0 for hidden to 1 for seen.
///
/// ```swift
/// let halves = Masks(2) { $0 == 0 ? left : right }
/// let scores = try halves.scores(of: planes, score)
/// try halves.sum(weightedBy: scores)      // brighter where seeing more raises the score
/// ```
package struct Masks: Sendable {
  package let count: Int
  /// A name that tells everything the masks depend on; nil if the same masks are not used again.
  let name: String?
  /// Returns a mask, with a row for each row of the picture.
  package let mask: @Sendable (_ index: Int) -> Matrix

  package init(
    _ count: Int, named name: String? = nil, _ mask: @escaping @Sendable (_ index: Int) -> Matrix
  ) {
    self.count = count
    self.name = name
    self.mask = mask
  }

  /// Returns the score of the picture through each mask. At most one mask for each core is in
  /// memory.
  package func scores(of planes: Matrix, _ score: Score) throws -> [Float] {
    try score.scores(count, named: name) { planes.seen(through: mask($0)) }
  }

  /// Returns the sum of w_i M_i, in order. Masks are made anew for this, so it checks before each
  /// one whether to go on.
  package func sum(
    weightedBy weights: [Float], _ passes: Passes = .silent
  ) throws -> Matrix {
    precondition(weights.count == count && count > 0, "Each of \(count) masks has a weight.")
    var sum = weights[0] * mask(0)
    for index in 1..<count {
      try passes.check()
      sum += weights[index] * mask(index)
    }
    return sum
  }
}

extension Matrix {
  /// Returns x * M for each of a picture's planes. The planes are normalized, so what a mask hides
  /// becomes the mean color of the pictures that the model was trained on, not black.
  package func seen(through mask: Matrix) -> Matrix {
    precondition(
      mask.elements.count == columns, "A mask of \(mask) is laid over planes of \(columns) pixels.")
    return mask.elements.withUnsafeBufferPointer { mask in
      elements.withUnsafeBufferPointer { x in
        let seen = [Float](unsafeUninitializedCapacity: x.count) { seen, count in
          for row in 0..<rows {
            let start = row * columns
            for pixel in 0..<columns {
              seen.initializeElement(at: start + pixel, to: x[start + pixel] * mask[pixel])
            }
          }
          count = x.count
        }
        return Matrix(rows: rows, columns: columns, seen)
      }
    }
  }

  /// The picture with everything hidden: the mean color everywhere.
  package var hidden: Matrix { Matrix(rows: rows, columns: columns) }
}
