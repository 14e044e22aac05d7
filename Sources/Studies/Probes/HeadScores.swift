import Explaining

extension LinearHead {
  /// The share of rows whose class has the largest logit.
  public func accuracy(on rows: LabelledRows) -> Double {
    let right = zip(predictions(rows.features), rows.labels).count { $0 == $1 }
    return Double(right) / Double(rows.labels.count)
  }

  /// The mean of -log softmax(logits)[label], in doubles.
  public func crossEntropy(on rows: LabelledRows) -> Double {
    let logits = logits(rows.features)
    let sum = (0..<logits.rows).reduce(0.0) { sum, row in
      let values = logits[row: row].map(Double.init)
      return sum + logOfSum(values) - values[rows.labels[row]]
    }
    return sum / Double(logits.rows)
  }
}
