import Pictures

/// One linear equation for each unknown of a grid, in the unknown and its eight neighbors:
///
///     sum over the nine of weight x = right
///
/// Numbers are stored as a picture with a frame of one place around it. Each place holds four
/// numbers, one for each plane; places without an unknown hold 0.
struct GridEquations: Sendable {
  let grid: Grid
  /// The places of the unknowns, row by row.
  private let places: [Int32]
  /// Nine weights for each unknown, row by row. The weights of neighbors without an unknown are 0.
  private let weights: [Double]
  /// The inverse of each unknown's own weight, 1 / d.
  private let inverses: [Double]
  /// The coarser places that each unknown lies between; see `parents(of:_:)`.
  let parents: [Int32]

  typealias Numbers = [SIMD4<Double>]

  /// Straight neighbors have weight 1/6, diagonal ones 1/12.
  private static let shares = [1.0, 2, 1, 2, 0, 2, 1, 2, 1].map { $0 / 12 }

  /// The equations `d_i x_i - sum of w_ij x_j` over missing neighbors, where d_i is the sum of the
  /// weights inside the picture.
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

  /// - Parameter all: Nine weights for each place, including the frame. A place whose own weight is
  ///   0 has no unknown.
  init(_ grid: Grid, ofAllPlaces all: [Double]) {
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

  var row: Int { grid.width + 2 }

  /// The place of a pixel within the frame.
  func place(_ pixel: Int) -> Int { GridEquations.place(pixel, grid) }

  /// Zeros for every place.
  var framed: Numbers { Numbers(repeating: .zero, count: row * (grid.height + 2)) }
}

extension GridEquations {
  /// Calls `body` for every unknown, in order or backwards, with its index, its place and its nine
  /// weights.
  @inline(__always)
  func each(backwards: Bool = false, _ body: (Int, Int, UnsafePointer<Double>) -> Void) {
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

  /// The weighted sum over the nine places around a place.
  @inline(__always)
  private func sum(
    _ w: UnsafePointer<Double>, _ x: UnsafePointer<SIMD4<Double>>
  ) -> SIMD4<Double> {
    let (above, below) = (x - row, x + row)
    let first = w[0] * above[-1] + w[1] * above[0] + w[2] * above[1]
    let second = w[3] * x[-1] + w[4] * x[0] + w[5] * x[1]
    return first + second + (w[6] * below[-1] + w[7] * below[0] + w[8] * below[1])
  }

  /// Computes a number for every unknown; other places hold 0.
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

  /// The weighted sum of the known pixels around each unknown. `known` holds 0 where pixels are
  /// missing.
  func seen(_ known: Numbers) -> Numbers {
    let shares = GridEquations.shares
    return shares.withUnsafeBufferPointer { shares in
      numbers(known) { sum(shares.baseAddress!, $2) }
    }
  }

  /// A Gauss-Seidel sweep: solves each equation in turn for its own unknown while the others stay
  /// fixed.
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
