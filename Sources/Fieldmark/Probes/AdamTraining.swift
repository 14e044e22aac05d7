import Encoders
import Glibc

extension Training {
  /// Kingma and Ba 2014, arXiv 1412.6980, as the Finer-CAM paper trains its heads: 3e-4, 100 rounds,
  /// cross-entropy. The paper does not say how many rows a step sees; its released script takes 128.
  ///
  /// Rows and biases begin at 0, not at PyTorch's random numbers: the loss has one lowest place, and
  /// what random numbers add where no row leads away from them stays in the head for good, and in
  /// the cosines of its classes.
  public static let adam = Training(
    "adam", "Adam on cross-entropy, as the Finer-CAM paper does: rate 3e-4, 100 rounds."
  ) { rows, settings, step in
    let epochs = settings.epochs ?? 100
    var descent = AdamDescent(
      rows, rate: settings.rate, decay: settings.decay ?? 0)
    var draws = SplitMix(seed: settings.seed)
    var order = Array(rows.labels.indices)
    for epoch in 0..<epochs {
      order.shuffle(using: &draws)
      var loss = 0.0
      for start in stride(from: 0, to: order.count, by: max(1, settings.batch)) {
        let batch = order[start..<min(start + max(1, settings.batch), order.count)]
        loss += descent.step(batch) * Double(batch.count)
      }
      guard loss.isFinite else {
        throw InputError(
          "training", expected: "a loss that stays finite",
          found: "another after round \(epoch + 1)",
          hint: "a smaller --rate, or --standardise, keeps it finite", kind: .input)
      }
      guard step(epoch + 1, epochs, loss / Double(order.count)) else { break }
    }
    return descent.head
  }
}

/// A head on its way downhill. Weights and biases lie in one row of numbers, the biases last, so that
/// one loop moves them all.
package struct AdamDescent {
  private let rows: LabelledRows
  private let rate: Float
  private let decay: Float
  private var weights: [Float]
  private var means: [Float]
  private var squares: [Float]
  private var steps = 0

  private static let keepsMean: Float = 0.9
  private static let keepsSquare: Float = 0.999
  private static let least: Float = 1e-8

  package init(_ rows: LabelledRows, rate: Float, decay: Float, from head: LinearHead? = nil) {
    self.rows = rows
    self.rate = rate
    self.decay = decay
    let count = rows.classes * (rows.features.columns + 1)
    weights = head.map { $0.weights.elements + $0.biases } ?? [Float](repeating: 0, count: count)
    means = [Float](repeating: 0, count: count)
    squares = means
  }

  package var head: LinearHead {
    let (classes, width) = (rows.classes, rows.features.columns)
    return LinearHead(
      weights: Matrix(rows: classes, columns: width, Array(weights[..<(classes * width)])),
      biases: Array(weights[(classes * width)...]))
  }

  /// One step on some of the rows; their mean loss before it.
  package mutating func step(_ batch: ArraySlice<Int>) -> Double {
    let inputs = rows.features.picking(batch)
    var slopes = head.logits(inputs)
    let loss = crossEntropySlopes(&slopes, batch.map { rows.labels[$0] })
    let gradient = slopes.turnedTimes(inputs)
    var biases = [Float](repeating: 0, count: rows.classes)
    for row in 0..<slopes.rows {
      for (index, slope) in slopes[row: row].enumerated() { biases[index] += slope }
    }
    move(gradient.elements, biases)
    return loss
  }

  /// PyTorch's order of operations: the root of the mean square over the root of its own share of
  /// missing history, then the small number.
  private mutating func move(_ gradient: [Float], _ biases: [Float]) {
    steps += 1
    let size = rate / (1 - powf(Self.keepsMean, Float(steps)))
    let share = 1 / (1 - powf(Self.keepsSquare, Float(steps))).squareRoot()
    let (decay, first, second) = (decay, Self.keepsMean, Self.keepsSquare)
    func move(_ gradient: [Float], from start: Int) {
      weights.withUnsafeMutableBufferPointer { weights in
        means.withUnsafeMutableBufferPointer { means in
          squares.withUnsafeMutableBufferPointer { squares in
            gradient.withUnsafeBufferPointer { gradient in
              for index in gradient.indices {
                let place = start + index
                let slope = gradient[index] + decay * weights[place]
                means[place] += (1 - first) * (slope - means[place])
                squares[place] = second * squares[place] + (1 - second) * slope * slope
                let root = squares[place].squareRoot() * share + Self.least
                weights[place] -= size * means[place] / root
              }
            }
          }
        }
      }
    }
    move(gradient, from: 0)
    move(biases, from: gradient.count)
  }
}

/// Logits become (softmax - truth) / rows, the slope of the mean loss, which is returned.
func crossEntropySlopes(_ logits: inout Matrix, _ labels: [Int]) -> Double {
  let (count, width) = (logits.rows, logits.columns)
  var loss = 0.0
  logits.withElements { elements in
    for (row, label) in labels.enumerated() {
      let values = UnsafeMutableBufferPointer(
        rebasing: elements[row * width..<(row + 1) * width])
      var most = -Float.infinity
      for value in values where value > most { most = value }
      let right = values[label] - most
      var sum: Float = 0
      for index in values.indices {
        values[index] = expf(values[index] - most)
        sum += values[index]
      }
      loss += Double(logf(sum) - right)
      let factor = 1 / (sum * Float(count))
      for index in values.indices { values[index] *= factor }
      values[label] -= 1 / Float(count)
    }
  }
  return loss / Double(count)
}
