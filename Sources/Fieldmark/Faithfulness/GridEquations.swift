import Encoders

/// One equation for each unknown of a grid, about itself and its eight neighbours:
///
///     sum over the nine of weight x = right
///
/// Numbers lie in a picture with a frame of one place around, four of them beside each other, one of
/// each plane; places without an unknown hold 0.
struct GridEquations: Sendable {
  let grid: Grid
  /// Where the unknowns lie, row by row.
  private let places: [Int32]
  /// Nine for each unknown, row by row; those of neighbours without an unknown are 0.
  private let weights: [Double]
  /// 1 / d
  private let inverses: [Double]
  /// Which coarser places each unknown lies between; see `parents(of:_:)`.
  private let parents: [Int32]

  typealias Numbers = [SIMD4<Double>]

  /// Straight neighbours count 1/6, diagonal ones 1/12.
  private static let shares = [1.0, 2, 1, 2, 0, 2, 1, 2, 1].map { $0 / 12 }

  /// `d_i x_i - sum of w_ij x_j` over missing neighbours, d_i being the weights inside the picture.
  init(_ grid: Grid, missing: [Int]) {
    let row = grid.width + 2
    let count = row * (grid.height + 2)
    var isMissing = [Bool](repeating: false, count: count)
    for pixel in missing { isMissing[GridEquations.place(pixel, grid)] = true }
    var weights = [Double](repeating: 0, count: 9 * count)
    for pixel in missing {
      let place = GridEquations.place(pixel, grid)
      let (x, y) = (pixel % grid.width, pixel / grid.width)
      var sum = 0.0
      for (index, offset) in GridEquations.offsets(row).enumerated() where index != 4 {
        let (u, v) = (x + index % 3 - 1, y + index / 3 - 1)
        guard u >= 0, u < grid.width, v >= 0, v < grid.height else { continue }
        sum += GridEquations.shares[index]
        if isMissing[place + offset] { weights[9 * place + index] = -GridEquations.shares[index] }
      }
      weights[9 * place + 4] = sum
    }
    self.init(grid, ofAllPlaces: weights)
  }

  private init(_ grid: Grid, ofAllPlaces all: [Double]) {
    self.grid = grid
    var (places, weights): ([Int32], [Double]) = ([], [])
    for place in 0..<all.count / 9 where all[9 * place + 4] > 0 {
      places.append(Int32(place))
      weights += all[9 * place..<9 * place + 9]
    }
    self.places = places
    self.weights = weights
    inverses = places.indices.map { 1 / weights[9 * $0 + 4] }
    parents = places.map { GridEquations.parents(of: Int($0), grid) }
  }

  private static func offsets(_ row: Int) -> [Int] {
    [-row - 1, -row, -row + 1, -1, 0, 1, row - 1, row, row + 1]
  }

  private static func place(_ pixel: Int, _ grid: Grid) -> Int {
    (pixel / grid.width + 1) * (grid.width + 2) + pixel % grid.width + 1
  }

  private var row: Int { grid.width + 2 }

  /// Where a pixel lies within the frame.
  func place(_ pixel: Int) -> Int { GridEquations.place(pixel, grid) }

  /// Zeros for every place.
  var framed: Numbers { Numbers(repeating: .zero, count: row * (grid.height + 2)) }
}

extension GridEquations {
  /// The body for every unknown in order, or backwards: which one, its place, its nine weights.
  @inline(__always)
  private func each(
    backwards: Bool = false, _ body: (Int, Int, UnsafePointer<Double>) -> Void
  ) {
    places.withUnsafeBufferPointer { places in
      weights.withUnsafeBufferPointer { weights in
        guard let weights = weights.baseAddress else { return }
        if backwards {
          for index in places.indices.reversed() {
            body(index, Int(places[index]), weights + 9 * index)
          }
        } else {
          for index in places.indices { body(index, Int(places[index]), weights + 9 * index) }
        }
      }
    }
  }

  /// All nine, of a place.
  @inline(__always)
  private func sum(
    _ w: UnsafePointer<Double>, _ x: UnsafePointer<SIMD4<Double>>
  ) -> SIMD4<Double> {
    let (above, below) = (x - row, x + row)
    let first = w[0] * above[-1] + w[1] * above[0] + w[2] * above[1]
    let second = w[3] * x[-1] + w[4] * x[0] + w[5] * x[1]
    return first + second + (w[6] * below[-1] + w[7] * below[0] + w[8] * below[1])
  }

  /// Numbers for every unknown, 0 elsewhere.
  @inline(__always)
  private func numbers(
    _ x: Numbers,
    _ body: (Int, UnsafePointer<Double>, UnsafePointer<SIMD4<Double>>)
      -> SIMD4<Double>
  ) -> Numbers {
    var y = framed
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in
        guard let x = x.baseAddress else { return }
        each { _, place, weights in y[place] = body(place, weights, x + place) }
      }
    }
    return y
  }

  /// A x
  func applied(to x: Numbers) -> Numbers { numbers(x) { sum($1, $2) } }

  /// r = b - A x
  func left(of right: Numbers, at x: Numbers) -> Numbers {
    right.withUnsafeBufferPointer { right in numbers(x) { right[$0] - sum($1, $2) } }
  }

  /// What known pixels, 0 where they are missing, say to their missing neighbours.
  func seen(_ known: Numbers) -> Numbers {
    let shares = GridEquations.shares
    return shares.withUnsafeBufferPointer { shares in
      numbers(known) { sum(shares.baseAddress!, $2) }
    }
  }

  /// Each unknown in turn as its equation has it while the others stay: Gauss and Seidel's sweep.
  func smooth(_ x: inout Numbers, _ right: Numbers, backwards: Bool) {
    x.withUnsafeMutableBufferPointer { x in
      right.withUnsafeBufferPointer { right in
        inverses.withUnsafeBufferPointer { inverses in
          guard let x = x.baseAddress else { return }
          each(backwards: backwards) { index, place, weights in
            x[place] += inverses[index] * (right[place] - sum(weights, x + place))
          }
        }
      }
    }
  }

  func dot(_ a: Numbers, _ b: Numbers) -> SIMD4<Double> {
    var sum = SIMD4<Double>.zero
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in each { _, place, _ in sum += a[place] * b[place] } }
    }
    return sum
  }

  /// y += factor x
  func add(_ factor: SIMD4<Double>, _ x: Numbers, to y: inout Numbers) {
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in each { _, place, _ in y[place] += factor * x[place] } }
    }
  }

  /// x = other + factor x
  func scale(_ x: inout Numbers, _ factor: SIMD4<Double>, adding other: Numbers) {
    x.withUnsafeMutableBufferPointer { x in
      other.withUnsafeBufferPointer { other in
        each { _, place, _ in x[place] = other[place] + factor * x[place] }
      }
    }
  }
}

extension GridEquations {
  /// A grid of every second place and one more, whose answers reach this one by straight lines: an
  /// unknown on a coarse place takes its value, one between two takes half of each, one between four
  /// a quarter. With P for that, the coarse equations are P' A P, which again speak of nine places.
  var coarser: GridEquations {
    let coarse = GridEquations.coarse(grid)
    let coarseRow = coarse.width + 2
    var all = [Double](repeating: 0, count: 9 * coarseRow * (coarse.height + 2))
    all.withUnsafeMutableBufferPointer { all in
      each { index, place, weights in
        let own = Parents(parents[index], coarseRow)
        for neighbour in 0..<9 where weights[neighbour] != 0 {
          let other = place + (neighbour / 3 - 1) * row + neighbour % 3 - 1
          let others = Parents(GridEquations.parents(of: other, grid), coarseRow)
          for i in 0..<4 where own.shares[i] != 0 {
            for j in 0..<4 where others.shares[j] != 0 {
              // Parents of neighbours are the same or neighbours.
              let way = others.place(j) - own.place(i)
              let down = way > 1 ? 1 : way < -1 ? -1 : 0
              all[9 * own.place(i) + 4 + 3 * down + way - down * coarseRow] +=
                own.shares[i] * weights[neighbour] * others.shares[j]
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

  /// The coarse place above and to the left of a place or on it, times four, and where between coarse
  /// places it lies: 1 between left and right, 2 between above and below.
  private static func parents(of place: Int, _ grid: Grid) -> Int32 {
    let (x, y) = (place % (grid.width + 2) - 1, place / (grid.width + 2) - 1)
    let corner = (y / 2 + 1) * (coarse(grid).width + 2) + x / 2 + 1
    return Int32(4 * corner + y % 2 * 2 + x % 2)
  }

  /// The four coarse places around a place, and what each has of it.
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
