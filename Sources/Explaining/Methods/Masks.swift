import Encoders
import Ground

/// Many ways to let a picture be seen in part, each made when it is used: a number for each pixel,
/// from 0 for what is hidden to 1 for what is seen.
///
/// ```swift
/// let halves = Masks(2) { $0 == 0 ? left : right }
/// let scores = try halves.scores(of: planes, score)
/// try halves.sum(weightedBy: scores)      // brighter where seeing more raises the score
/// ```
package struct Masks: Sendable {
  package let count: Int
  /// What they are, by all that they depend on; nil where nobody asks for the same again.
  let name: String?
  /// A row of the picture in each row.
  package let mask: @Sendable (_ index: Int) -> Matrix

  package init(
    _ count: Int, named name: String? = nil, _ mask: @escaping @Sendable (_ index: Int) -> Matrix
  ) {
    self.count = count
    self.name = name
    self.mask = mask
  }

  /// What each of them leaves of the score. There are as many masks in memory as cores.
  package func scores(of planes: Matrix, _ score: Score) throws -> [Float] {
    try score.scores(count, named: name) { planes.seen(through: mask($0)) }
  }

  /// Sum of w_i M_i, in order; asks now and then whether to go on, since masks are made anew.
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
  /// x * M on each of a picture's planes. These have been normalized, so what a mask hides turns
  /// into the mean color of the pictures that the model was trained on, not into black.
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

  /// The picture with nothing to be seen: all mean color.
  package var hidden: Matrix { Matrix(rows: rows, columns: columns) }
}
