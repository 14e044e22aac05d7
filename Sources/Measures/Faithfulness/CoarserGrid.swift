import Pictures

extension GridEquations {
  /// The equations on a grid with every second place and one more in each direction. A coarse
  /// answer is brought to this grid by linear interpolation P: an unknown on a coarse place takes
  /// its value, one between two takes half of each, and one between four takes a quarter of each.
  /// The coarse equations are P' A P, which again connect nine places.
  var coarser: GridEquations {
    let coarse = GridEquations.coarse(grid)
    let coarseRow = coarse.width + 2
    var all = [Double](repeating: 0, count: 9 * coarseRow * (coarse.height + 2))
    all.withUnsafeMutableBufferPointer { all in
      each { index, place, weights in
        let own = Parents(parents[index], coarseRow)
        for neighbor in 0..<9 where weights[neighbor] != 0 {
          let other = place + (neighbor / 3 - 1) * row + neighbor % 3 - 1
          let others = Parents(GridEquations.parents(of: other, grid), coarseRow)
          for i in 0..<4 where own.shares[i] != 0 {
            for j in 0..<4 where others.shares[j] != 0 {
              // The parents of neighbors are the same place or neighbors themselves.
              let way = others.place(j) - own.place(i)
              let down = way > 1 ? 1 : way < -1 ? -1 : 0
              all[9 * own.place(i) + 4 + 3 * down + way - down * coarseRow] +=
                own.shares[i] * weights[neighbor] * others.shares[j]
            }
          }
        }
      }
    }
    return GridEquations(coarse, ofAllPlaces: all)
  }

  private static func coarse(_ grid: Grid) -> Grid {
    Grid(width: grid.width / 2 + 1, height: grid.height / 2 + 1)
  }

  /// Four times the coarse place that a place is on, or that is above and to the left of it. Added
  /// is where between coarse places it lies: 1 if between left and right, 2 if between above and
  /// below.
  static func parents(of place: Int, _ grid: Grid) -> Int32 {
    let (x, y) = (place % (grid.width + 2) - 1, place / (grid.width + 2) - 1)
    let corner = (y / 2 + 1) * (coarse(grid).width + 2) + x / 2 + 1
    return Int32(4 * corner + y % 2 * 2 + x % 2)
  }

  /// The four coarse places around a place, and their interpolation weights.
  private struct Parents {
    let corner: Int
    let row: Int
    let shares: SIMD4<Double>

    @inline(__always)
    init(_ number: Int32, _ row: Int) {
      corner = Int(number >> 2)
      self.row = row
      shares =
        switch number & 3 {
        case 0: SIMD4(1, 0, 0, 0)
        case 1: SIMD4(0.5, 0.5, 0, 0)
        case 2: SIMD4(0.5, 0, 0.5, 0)
        default: SIMD4(repeating: 0.25)
        }
    }

    @inline(__always)
    func place(_ index: Int) -> Int { corner + index / 2 * row + index % 2 }
  }

  /// P' r
  func gathered(_ r: Numbers, for coarse: GridEquations) -> Numbers {
    var gathered = coarse.framed
    gathered.withUnsafeMutableBufferPointer { gathered in
      r.withUnsafeBufferPointer { r in
        parents.withUnsafeBufferPointer { numbers in
          each { index, place, _ in
            let parents = Parents(numbers[index], coarse.row)
            for i in 0..<4 { gathered[parents.place(i)] += parents.shares[i] * r[place] }
          }
        }
      }
    }
    return gathered
  }

  /// x += P y
  func add(_ y: Numbers, of coarse: GridEquations, to x: inout Numbers) {
    x.withUnsafeMutableBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        parents.withUnsafeBufferPointer { numbers in
          each { index, place, _ in
            let parents = Parents(numbers[index], coarse.row)
            for i in 0..<4 { x[place] += parents.shares[i] * y[parents.place(i)] }
          }
        }
      }
    }
  }
}
