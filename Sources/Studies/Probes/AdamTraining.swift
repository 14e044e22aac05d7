import Encoders
import Explaining
import Glibc
import Ground

extension Training {
  /// Adam (Kingma and Ba 2014, arXiv 1412.6980) as the Finer-CAM paper trains its heads:
  /// cross-entropy, a learning rate of 3e-4, and 100 epochs. The paper does not give the batch
  /// size; its released script uses 128.
  ///
  /// Weights and biases start at 0 rather than at PyTorch's random numbers, unless `Settings.start`
  /// says otherwise. In either case the order of rows comes from Fieldmark's own generator.
  public static let adam = Training(
    "adam",
    "Adam on cross-entropy with a learning rate of 3e-4 for 100 epochs, as in the Finer-CAM paper"
  ) { rows, settings, step in
    let epochs = settings.epochs ?? 100
    var descent = AdamDescent(
      rows, rate: settings.rate, decay: settings.decay ?? 0,
      from: settings.start.head(
        classes: rows.classes, width: rows.features.columns, seed: settings.seed))
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
          found: "infinity or NaN after round \(epoch + 1)",
          hint: "a smaller learning rate or standardized columns may keep it finite",
          settings: ["rate", "standardize"])
      }
      guard step(epoch + 1, epochs, loss / Double(order.count)) else { break }
    }
    return Trained(head: descent.head)
  }
}

/// A head that is being trained by Adam.
package struct AdamDescent {
  package private(set) var head: LinearHead
  private let rows: LabeledRows
  private var weights: Adam
  private var biases: Adam

  /// Starts from a head of zeros, unless another one is given.
  package init(_ rows: LabeledRows, rate: Float, decay: Float, from start: LinearHead? = nil) {
    let (classes, width) = (rows.classes, rows.features.columns)
    self.rows = rows
    head = start ?? HeadStart.zero.head(classes: classes, width: width, seed: 0)
    weights = Adam(classes * width, rate: rate, decay: decay)
    biases = Adam(classes, rate: rate, decay: decay)
  }

  /// Takes one step on some of the rows, and returns their mean loss before it.
  package mutating func step(_ batch: ArraySlice<Int>) -> Double {
    let inputs = rows.features.picking(batch)
    var slopes = head.logits(inputs)
    let loss = crossEntropySlopes(&slopes, batch.map { rows.labels[$0] })
    let gradient = slopes.turnedTimes(inputs)
    var sums = [Float](repeating: 0, count: rows.classes)
    for row in 0..<slopes.rows {
      for (index, slope) in zip(sums.indices, slopes[row: row]) { sums[index] += slope }
    }
    head.weights.withElements { weights.step($0, gradient.elements) }
    head.biases.withUnsafeMutableBufferPointer { biases.step($0, sums) }
    return loss
  }
}

/// Replaces logits by (softmax - truth) / rows, which is the gradient of the mean loss, and returns
/// this loss.
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
