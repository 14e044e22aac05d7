import Encoders
import Explaining

extension Training {
  /// The minimum of the mean cross-entropy plus decay / 2 times the sum of squared weights (biases
  /// are not regularized), found by L-BFGS. CLIP's own linear probes are trained like this (Radford
  /// et al. 2021, arXiv 2103.00020, A.3), and so is scikit-learn's LogisticRegression with C = 1 /
  /// (rows x decay).
  ///
  /// Embeddings have a large common component, and in its direction the loss is far steeper than in
  /// others. Since biases are not regularized, subtracting the mean from the rows does not move the
  /// minimum, and it is then found in fewer steps.
  public static let logistic = Training(
    "logistic",
    "L-BFGS on cross-entropy with weight decay, until it has converged"
  ) { rows, settings, step in
    let decay = Double(settings.decay ?? 1 / (Float(rows.labels.count) * 0.316))
    let centering = Standardization(centering: rows.features)
    let loss = LogisticLoss(
      try LabeledRows(
        centering(rows.features), labels: rows.labels, classes: rows.classes), decay: decay)
    let start = [Double](repeating: 0, count: rows.classes * (rows.features.columns + 1))
    let found = lowest(
      from: start, rounds: settings.epochs ?? 10_000, loss.valueAndSlope, until: loss.isLow
    ) { round, value in
      // The number of steps is not known in advance, so the progress display gets a growing
      // estimate.
      step(round, settings.epochs ?? max(300, (round / 100 + 1) * 100), value)
    }
    return Trained(
      head: centering.undone(loss.head(found.place)), ending: loss.ending(found.there, found.rounds)
    )
  }
}

/// The loss as a function of all numbers of a head: the weights row by row, then the biases.
struct LogisticLoss: Sendable {
  let rows: LabeledRows
  let decay: Double

  init(_ rows: LabeledRows, decay: Double) {
    self.rows = rows
    self.decay = decay
  }

  func head(_ place: [Double]) -> LinearHead {
    let (classes, width) = (rows.classes, rows.features.columns)
    return LinearHead(
      weights: Matrix(
        rows: classes, columns: width, place[..<(classes * width)].map { Float($0) }),
      biases: place[(classes * width)...].map { Float($0) })
  }

  /// Processes 1024 rows at a time. Their products are summed in 32 bits; sums over the blocks are
  /// in 64 bits.
  func valueAndSlope(_ place: [Double]) -> (value: Double, slope: [Double]) {
    let (head, count) = (head(place), rows.labels.count)
    let weights = rows.classes * rows.features.columns
    var value = 0.0
    var slope = [Double](repeating: 0, count: place.count)
    for start in stride(from: 0, to: count, by: 1024) {
      let part = start..<min(start + 1024, count)
      let inputs = rows.features.rows(part)
      var slopes = head.logits(inputs)
      let share = Double(part.count) / Double(count)
      value += share * crossEntropySlopes(&slopes, Array(rows.labels[part]))
      let gradient = slopes.turnedTimes(inputs)
      gradient.elements.withUnsafeBufferPointer { gradient in
        slope.withUnsafeMutableBufferPointer { slope in
          for index in gradient.indices { slope[index] += share * Double(gradient[index]) }
        }
      }
      for row in 0..<slopes.rows {
        for (index, number) in slopes[row: row].enumerated() {
          slope[weights + index] += share * Double(number)
        }
      }
    }
    var squares = 0.0
    for index in 0..<weights {
      squares += place[index] * place[index]
      slope[index] += decay * place[index]
    }
    return (value + decay / 2 * squares, slope)
  }
}

/// Bounds how far the loss is above its minimum, by the gradient alone. With decay, the loss is
/// strongly convex: its curvature is at least that of decay / 2 times the sum of squared weights.
/// It is therefore above its minimum by at most
///
///     |slope|^2 / (2 decay)
///
/// (Biases are not regularized. The bound assumes the same curvature for them, which they have
/// unless nearly every row is classified with near certainty.) Without decay, only the gradient is
/// known.
extension LogisticLoss {
  typealias There = (value: Double, slope: [Double])

  private static let smallSlope = 1e-6

  private func largest(_ slope: [Double]) -> Double { slope.map(abs).max() ?? 0 }

  /// The bound as a share of the loss, or of 1e-5 if the loss is smaller, since rows of a single
  /// class have a loss of 0. Nil without decay.
  private func excess(_ there: There) -> Double? {
    guard decay > 0 else { return nil }
    return dot(there.slope, there.slope) / (2 * decay) / max(there.value, 1e-5)
  }

  /// Whether the loss has converged as far as can be asked for.
  func isLow(_ there: There) -> Bool {
    largest(there.slope) <= LogisticLoss.smallSlope && (excess(there) ?? 0) <= 1e-5
  }

  /// Sums in 32 bits may end the descent slightly earlier, so a bound within 1e-4 counts as
  /// converged.
  func ending(_ there: There, _ rounds: Int) -> Training.Ending {
    let (excess, slope) = (excess(there), largest(there.slope))
    return Training.Ending(
      isConverged: excess.map { $0 <= 1e-4 } ?? (slope <= LogisticLoss.smallSlope), rounds: rounds,
      slope: slope, excess: excess)
  }
}

/// Minimizes a smooth function by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm
/// 7.5). The curvature is estimated from the last ten steps. Each step is halved until the function
/// falls by at least 1e-4 of what the gradient predicts (Armijo's condition).
///
/// The search ends when `isLow` is true, or when no step decreases the function any more, not even
/// along the gradient, because sums in 32 bits have limited precision. `step` is called after every
/// step and returns whether to go on.
func lowest(
  from start: [Double], rounds: Int, _ function: ([Double]) -> (value: Double, slope: [Double]),
  until isLow: ((value: Double, slope: [Double])) -> Bool,
  after step: (Int, Double) -> Bool = { _, _ in true }
) -> (place: [Double], there: (value: Double, slope: [Double]), rounds: Int) {
  var (place, here, round) = (start, function(start), 0)
  var kept: [(move: [Double], bend: [Double], share: Double)] = []
  while round < rounds, !isLow(here) {
    let way = direction(here.slope, kept)
    let promise = dot(way, here.slope)
    guard promise < 0 else { break }
    // Before anything is known about the curvature, the first step has a length of at most 1.
    var size = kept.isEmpty ? min(1, 1 / dot(here.slope, here.slope).squareRoot()) : 1
    var next = place
    var there = here
    repeat {
      for index in place.indices { next[index] = place[index] + size * way[index] }
      there = function(next)
      if there.value <= here.value + 1e-4 * size * promise { break }
      size /= 2
    } while size > 1e-10
    guard there.value < here.value else {
      if kept.isEmpty { break }
      kept = []
      continue
    }
    let move = zip(next, place).map { $0 - $1 }
    let bend = zip(there.slope, here.slope).map { $0 - $1 }
    let along = dot(move, bend)
    // A step along which the gradient did not grow says nothing about the curvature.
    if along > 1e-12 * dot(bend, bend) { kept.append((move, bend, 1 / along)) }
    if kept.count > 10 { kept.removeFirst() }
    (place, here, round) = (next, there, round + 1)
    guard step(round, here.value) else { break }
  }
  return (place, here, round)
}

/// The descent direction: the negative gradient times the inverse Hessian that the stored steps
/// approximate.
private func direction(
  _ slope: [Double], _ kept: [(move: [Double], bend: [Double], share: Double)]
) -> [Double] {
  var way = slope
  var shares: [Double] = []
  for old in kept.reversed() {
    let share = old.share * dot(old.move, way)
    shares.append(share)
    add(-share, old.bend, to: &way)
  }
  if let last = kept.last {
    let factor = 1 / (last.share * dot(last.bend, last.bend))
    for index in way.indices { way[index] *= factor }
  }
  for (old, share) in zip(kept, shares.reversed()) {
    add(share - old.share * dot(old.bend, way), old.move, to: &way)
  }
  return way.map { -$0 }
}

/// The inner product in four independent sums; a single one would have to wait for each addition.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  a.withUnsafeBytes { a in
    b.withUnsafeBytes { b in
      let size = MemoryLayout<Double>.size
      let whole = a.count / (4 * size) * 4 * size
      var sums = SIMD4<Double>()
      for start in stride(from: 0, to: whole, by: 4 * size) {
        let left = a.loadUnaligned(fromByteOffset: start, as: SIMD4<Double>.self)
        sums += left * b.loadUnaligned(fromByteOffset: start, as: SIMD4<Double>.self)
      }
      var sum = sums.sum()
      for start in stride(from: whole, to: a.count, by: size) {
        sum +=
          a.load(fromByteOffset: start, as: Double.self)
          * b.load(fromByteOffset: start, as: Double.self)
      }
      return sum
    }
  }
}

private func add(_ factor: Double, _ other: [Double], to sum: inout [Double]) {
  sum.withUnsafeMutableBufferPointer { sum in
    other.withUnsafeBufferPointer { other in
      for index in sum.indices { sum[index] += factor * other[index] }
    }
  }
}
