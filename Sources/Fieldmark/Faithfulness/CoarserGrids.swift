import Encoders

/// The equations of missing pixels, on a picture in a frame of zeros: see `LinearImputation`.
struct Equations: Sendable {
  let pixels: Grid
  /// 1 where a pixel is missing and 0 elsewhere.
  let mask: [Double]
  /// d: the weights of all neighbours within the picture.
  private let diagonal: [Double]
  /// 1 / d where a pixel is missing, else 0.
  private let inverse: [Double]

  init(_ pixels: Grid, _ mask: [Double]) {
    let stencil = Stencil(pixels)
    let diagonal = stencil.sums(stencil.framed { _ in 1 })
    self.pixels = pixels
    self.mask = mask
    self.diagonal = diagonal
    inverse = zip(mask, diagonal).map { $0 > 0 ? 1 / $1 : 0 }
  }

  /// The left side of every equation, 0 where none is.
  func callAsFunction(_ x: [Double]) -> [Double] {
    var sums = Stencil(pixels).sums(x)
    sums.withUnsafeMutableBufferPointer { sums in
      x.withUnsafeBufferPointer { x in
        mask.withUnsafeBufferPointer { mask in
          diagonal.withUnsafeBufferPointer { diagonal in
            for place in sums.indices {
              sums[place] = mask[place] * (diagonal[place] * x[place] - sums[place])
            }
          }
        }
      }
    }
    return sums
  }

  /// What is left of the right side.
  func left(of right: [Double], at x: [Double]) -> [Double] {
    var left = right
    left.add(-1, self(x))
    return left
  }

  /// A step of Jacobi's from 0: each equation solved as if all other pixels were right. What changes
  /// from pixel to pixel becomes a third by it or less; at a full step a line of pixels in turns of two
  /// values would stay as it is, so it is a little shorter.
  func smoothed(_ right: [Double]) -> [Double] {
    var x = right
    x.withUnsafeMutableBufferPointer { x in
      inverse.withUnsafeBufferPointer { inverse in
        for place in x.indices { x[place] *= 0.9 * inverse[place] }
      }
    }
    return x
  }
}

/// A good guess at the solution of equations, from ever coarser pictures. (Brandt 1977; as a step of
/// conjugate gradients Tatebe 1993.)
///
///     CoarserGrids(of: equations)(left)
///
/// Steps from pixel to pixel smooth quickly and spread slowly: what is wrong over a wide hole takes as
/// many of them as it is wide. On a picture of half the side it takes half of them, and so on down to a
/// hole of a pixel. There the same weights hold, since what a slope costs does not depend on its scale
/// in two dimensions. The guess is linear in what it is given and symmetric, as conjugate gradients
/// need it: down by sums over four pixels, up by copies to four, one step of smoothing before and one
/// after.
struct CoarserGrids: Sendable {
  /// From the picture itself down, as long as there is something missing.
  private let levels: [Equations]

  init(of equations: Equations) {
    var levels = [equations]
    while let last = levels.last, last.pixels.pixels > 1 {
      let mask = last.coarserMask
      guard mask.contains(1) else { break }
      levels.append(Equations(last.pixels.halved, mask))
    }
    self.levels = levels
  }

  func callAsFunction(_ right: [Double]) -> [Double] { solved(right, 0) }

  private func solved(_ right: [Double], _ level: Int) -> [Double] {
    let fine = levels[level]
    var x = fine.smoothed(right)
    guard level + 1 < levels.count else { return x }
    let coarse = levels[level + 1]
    let below = solved(coarse.gathered(fine.left(of: right, at: x), from: fine), level + 1)
    coarse.copy(below, to: &x, of: fine)
    x.add(1, fine.smoothed(fine.left(of: right, at: x)))
    return x
  }
}

extension Equations {
  /// What is missing on the next grid: where all of its pixels are. A known one holds it at 0.
  fileprivate var coarserMask: [Double] {
    var mask = Stencil(pixels.halved).framed { _ in 1 }
    eachPixel { place, above in mask[above] *= self.mask[place] }
    return mask
  }

  /// The sums over a finer grid's pixels, where something is missing.
  fileprivate func gathered(_ values: [Double], from fine: Equations) -> [Double] {
    var sums = [Double](repeating: 0, count: mask.count)
    sums.withUnsafeMutableBufferPointer { sums in
      values.withUnsafeBufferPointer { values in
        fine.eachPixel { place, above in sums[above] += values[place] }
      }
      mask.withUnsafeBufferPointer { mask in
        for place in sums.indices { sums[place] *= mask[place] }
      }
    }
    return sums
  }

  /// Adds each number to a finer grid's pixels.
  fileprivate func copy(_ values: [Double], to x: inout [Double], of fine: Equations) {
    x.withUnsafeMutableBufferPointer { x in
      values.withUnsafeBufferPointer { values in
        // Where a number stands, all of its pixels are missing.
        fine.eachPixel { place, above in x[place] += values[above] }
      }
    }
  }

  /// Calls with each pixel's place and that of the one of the next grid that it is part of.
  private func eachPixel(_ body: (_ place: Int, _ above: Int) -> Void) {
    let half = pixels.halved
    for row in 0..<pixels.height {
      let (start, above) = (
        (row + 1) * (pixels.width + 2) + 1, (row / 2 + 1) * (half.width + 2) + 1
      )
      for column in 0..<pixels.width { body(start + column, above + column / 2) }
    }
  }
}

extension Grid {
  /// Half of each side, rounded up.
  fileprivate var halved: Grid { Grid(width: (width + 1) / 2, height: (height + 1) / 2) }
}
