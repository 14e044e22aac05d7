import Encoders
import Explaining
import Ground

extension Training {
  /// Ridge regression on targets of 1 for the own class and 0 for the others. One linear system
  /// serves all classes, without steps and without an order of rows. Rows and targets are centered,
  /// so the biases are not regularized. With n rows whose columns have the mean variance v,
  ///
  ///     W = Y'X (X'X + n v decay 1)^-1,   b = mean Y - W mean X
  public static let leastSquares = Training(
    "least-squares", "ridge regression on the classes, which has a closed form and is the fastest"
  ) { rows, settings, step in
    let (count, width) = (rows.features.rows, rows.features.columns)
    let means = columnMeans(rows.features)
    let shares = rows.counts.map { Double($0) / Double(count) }
    // Stored column by column, so that products of columns are products of contiguous memory.
    var turned = [Double](repeating: 0, count: width * count)
    for row in 0..<count {
      for (column, value) in rows.features[row: row].enumerated() {
        turned[column * count + row] = Double(value) - means[column]
      }
    }
    var scatter = try rowProducts(turned, rows: width)
    let diagonal = (0..<width).reduce(0) { $0 + scatter[$1 * width + $1] } / Double(width)
    // The decay is relative to the mean variance of the columns, so that it has no unit.
    let added = Double(settings.decay ?? 0.01) * diagonal + .leastNormalMagnitude
    for column in 0..<width { scatter[column * width + column] += added }
    let factor = Cholesky(scatter, size: width)
    let heads = try concurrently(rows.classes) { [turned] label -> [Double] in
      var along = [Double](repeating: 0, count: width)
      for row in 0..<count {
        let truth = (rows.labels[row] == label ? 1 : 0) - shares[label]
        for column in 0..<width { along[column] += truth * turned[column * count + row] }
      }
      return factor.solve(along)
    }
    let biases = heads.enumerated().map { label, head in
      Float(shares[label] - zip(head, means).reduce(0.0) { $0 + $1.0 * $1.1 })
    }
    let head = LinearHead(
      weights: Matrix(rows: rows.classes, columns: width, heads.flatMap { $0.map { Float($0) } }),
      biases: biases)
    _ = step(1, 1, head.crossEntropy(on: rows))
    return Trained(head: head)
  }
}
