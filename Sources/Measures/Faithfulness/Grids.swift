/// A multigrid solver: equations on a grid and on coarser and coarser ones, down to a few places.
/// What takes many steps from pixel to pixel takes few steps on a coarse grid.
///
///     let near = grids.answer(to: right)      // about what A x = right has
///
/// One cycle is a sweep forwards, the coarser grid's answer to the residual, and a sweep backwards.
/// The cycle is therefore symmetric, as conjugate gradients require. (Brandt 1977, Multi-level
/// adaptive solutions to boundary-value problems; with conjugate gradients: Kettler 1982.)
struct Grids: Sendable {
  let finest: GridEquations
  private let all: [GridEquations]

  /// The number of sweeps in each direction on the coarsest grid.
  private static let sweeps = 8
  private static let smallest = 4

  init(_ finest: GridEquations) {
    self.finest = finest
    var all = [finest]
    while let last = all.last, max(last.grid.width, last.grid.height) > Grids.smallest {
      all.append(last.coarser)
    }
    self.all = all
  }

  func answer(to right: GridEquations.Numbers) -> GridEquations.Numbers { answer(0, to: right) }

  private func answer(_ level: Int, to right: GridEquations.Numbers) -> GridEquations.Numbers {
    let grid = all[level]
    var x = grid.framed
    guard level + 1 < all.count else {
      for _ in 0..<Grids.sweeps { grid.smooth(&x, right, backwards: false) }
      for _ in 0..<Grids.sweeps { grid.smooth(&x, right, backwards: true) }
      return x
    }
    let coarse = all[level + 1]
    grid.smooth(&x, right, backwards: false)
    let left = grid.gathered(grid.left(of: right, at: x), for: coarse)
    grid.add(answer(level + 1, to: left), of: coarse, to: &x)
    grid.smooth(&x, right, backwards: true)
    return x
  }
}
