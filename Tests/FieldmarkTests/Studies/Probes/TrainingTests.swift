import Fieldmark
import Foundation
import Testing

/// What PyTorch, scikit-learn and NumPy found.
/// (`python3 References/make_probes.py Tests/References/probes.json`)
private struct Expected: Decodable {
  let adam: Descent
  let adamWithDecay: Descent
  let adamFromLinear: Descent
  let linear: Head
  let linearOfMinusThree: Head
  let logistic: Head
  let lowestOfFarRows: Double
  let leastSquares: Head

  struct Head: Decodable {
    let weights: [[Float]]
    let biases: [Float]
  }

  struct Descent: Decodable {
    let weights: [[Float]]
    let biases: [Float]
    let losses: [Double]
  }

  static func read() throws -> Expected {
    try ReferenceData.shipped(Expected.self, "probes.json")
  }
}

/// The script's rows.
private func rows() throws -> LabeledRows {
  let (count, width, classes) = (61, 7, 4)
  let labels = (0..<count).map { ($0 * 5 + 1) % classes }
  let elements = (0..<count).flatMap { i in
    (0..<width).map { j in
      let number = Double((i * 7919 + j * 104_729 + 13) % 1009) / 504.5 - 1
      return Float(number + 0.3 * Double((labels[i] + j) % classes))
    }
  }
  return try LabeledRows(
    Matrix(rows: count, columns: width, elements), labels: labels, classes: classes)
}

/// The script's far rows.
private func farRows() throws -> LabeledRows {
  let (count, width) = (120, 10)
  let labels = (0..<count).map { ($0 * 5 + 1) % 4 }
  let elements = (0..<count).flatMap { i in
    (0..<width).map { j in
      let number = Double((i * 7919 + j * 104_729 + 13) % 1009) / 504.5 - 1
      let mixed = number + 0.4 * Double((labels[i] + j) % 4)
      return Float(mixed / Double(1 << j) + 10)
    }
  }
  return try LabeledRows(
    Matrix(rows: count, columns: width, elements), labels: labels, classes: 4)
}

private func distance(_ head: LinearHead, _ weights: [[Float]], _ biases: [Float]) -> Float {
  let theirs = weights.flatMap { $0 } + biases
  return zip(head.weights.elements + head.biases, theirs).map { abs($0 - $1) }.max() ?? .infinity
}

@Test func stepsOfAdamEqualPyTorchs() throws {
  let (rows, expected) = (try rows(), try Expected.read())
  for (decay, theirs) in [(Float(0), expected.adam), (0.1, expected.adamWithDecay)] {
    var descent = AdamDescent(rows, rate: 0.01, decay: decay)
    for step in 0..<40 {
      let loss = descent.step((0..<16).map { (step * 16 + $0 * 7) % 61 }[...])
      #expect(abs(loss - theirs.losses[step]) < 1e-5)
    }
    let distance = distance(descent.head, theirs.weights, theirs.biases)
    #expect(distance < 1e-5)
  }
}

@Test func logisticRegressionEndsWhereScikitLearnDoes() throws {
  let (rows, theirs) = (try rows(), try Expected.read().logistic)
  var settings = Training.Settings()
  settings.decay = 0.05
  let head = try Training.logistic(rows, settings)
  // Biases are free up to a number that all share.
  let mean = head.biases.reduce(0, +) / 4
  let centered = LinearHead(weights: head.weights, biases: head.biases.map { $0 - mean })
  let other = theirs.biases.reduce(0, +) / 4
  let distance = distance(centered, theirs.weights, theirs.biases.map { $0 - other })
  #expect(distance < 2e-4)
}

/// What rows have in common made the old steps end 4 % above.
@Test func logisticRegressionGoesOnUntilItHasConverged() throws {
  let (rows, lowest) = (try farRows(), try Expected.read().lowestOfFarRows)
  var settings = Training.Settings()
  settings.decay = 1e-4
  let trained = try Training.logistic.trained(rows, settings)
  let squares = trained.head.weights.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
  let loss = trained.head.crossEntropy(on: rows) + 1e-4 / 2 * squares
  #expect(abs(loss / lowest - 1) < 1e-4)
  let ending = try #require(trained.ending)
  let excess = try #require(ending.excess)
  #expect(ending.isConverged && ending.caution == nil)
  // The bound that is told holds.
  #expect(loss / lowest - 1 < excess + 1e-5 && excess < 1e-4)
}

@Test func trainingThatHasNotConvergedSaysSo() throws {
  let rows = try farRows()
  var settings = Training.Settings()
  (settings.decay, settings.epochs) = (1e-4, 20)
  let early = try #require(try Training.logistic.trained(rows, settings).ending)
  #expect(!early.isConverged && early.rounds == 20)
  let caution = try #require(early.caution)
  #expect(
    caution.hasPrefix(
      "The training has not converged after 20 steps: the loss may still be "))
  #expect(
    caution.hasSuffix(
      " % above its minimum; more epochs, a larger decay or standardized columns bring it there."))
  // Rows that a head tells apart entirely have no lowest place without a decay.
  let apart = try LabeledRows(Matrix([[-1], [-2], [1], [2]]), labels: [0, 0, 1, 1], classes: 2)
  (settings.decay, settings.epochs) = (0, 3)
  let endless = try #require(try Training.logistic.trained(apart, settings).ending)
  #expect(
    endless.caution
      == "The training has not converged after 3 steps: the loss still has a slope of "
      + "\(Float(endless.slope)), and without weight decay it may have no minimum at all; set a decay, or "
      + "use the classifier as it is.")
  #expect(try Training.adam.trained(rows).ending == nil)
}

@Test func rowsOfOneClassHaveConvergedAtOnce() throws {
  let rows = try LabeledRows(
    Matrix([[1, 5], [2, 3], [-1, 4]]), labels: [1, 1, 1], classes: 3)
  var settings = Training.Settings()
  settings.decay = 1e-4
  let ending = try #require(try Training.logistic.trained(rows, settings).ending)
  #expect(ending.isConverged && ending.rounds < 100)
}

/// `nn.Linear(7, 4)` after `torch.manual_seed(0)`, `nn.Linear(2, 3)` after that of -3; and Adam's way
/// from a start of PyTorch's own.
@Test func adamStartsWherePyTorchDoes() throws {
  let expected = try Expected.read()
  for (seed, classes, width, theirs) in [
    (UInt64(0), 4, 7, expected.linear), (UInt64(bitPattern: -3), 3, 2, expected.linearOfMinusThree),
  ] {
    let head = HeadStart.torch.head(classes: classes, width: width, seed: seed)
    #expect(head.weights.elements == theirs.weights.flatMap { $0 } && head.biases == theirs.biases)
  }
  let (rows, theirs) = (try rows(), expected.adamFromLinear)
  var descent = AdamDescent(
    rows, rate: 0.01, decay: 0, from: HeadStart.torch.head(classes: 4, width: 7, seed: 7))
  for step in 0..<40 {
    let loss = descent.step((0..<16).map { (step * 16 + $0 * 7) % 61 }[...])
    #expect(abs(loss - theirs.losses[step]) < 1e-5)
  }
  #expect(distance(descent.head, theirs.weights, theirs.biases) < 1e-5)
  // The setting reaches the training.
  var settings = Training.Settings()
  (settings.start, settings.seed, settings.epochs, settings.rate) = (.torch, 7, 1, 1e-20)
  let still = try Training.adam(rows, settings)
  #expect(still == HeadStart.torch.head(classes: 4, width: 7, seed: 7))
}

@Test func leastSquaresEqualTheSolutionOfNumPy() throws {
  let (rows, theirs) = (try rows(), try Expected.read().leastSquares)
  var settings = Training.Settings()
  settings.decay = 0.01
  let distance = distance(
    try Training.leastSquares(rows, settings), theirs.weights, theirs.biases)
  #expect(distance < 1e-6)
}

@Test(arguments: Training.all.map(\.name))
func everyWayOfTrainingTellsSeparateClassesApartAndGivesTheSameBytes(_ name: String) throws {
  let training = try #require(Training(named: name))
  let labels = (0..<90).map { $0 % 3 }
  var elements: [Float] = []
  for (row, label) in labels.enumerated() {
    for column in 0..<5 {
      let noise = Float((row * 31 + column * 17) % 11) / 11
      elements.append(column == label ? 2 + noise : noise)
    }
  }
  let rows = try LabeledRows(
    Matrix(rows: 90, columns: 5, elements), labels: labels, classes: 3)
  var settings = Training.Settings()
  settings.rate = 0.05
  let head = try training(rows, settings)
  #expect(head.accuracy(on: rows) == 1)
  #expect(try training(rows, settings) == head)
}

@Test func standardizedColumnsAreUndoneInTheHead() throws {
  let rows = try rows()
  let scaling = Standardization(of: rows.features)
  let head = try Training.leastSquares(rows)
  let logits = scaling.undone(head).logits(rows.features)
  let direct = head.logits(scaling(rows.features))
  let apart = zip(logits.elements, direct.elements).map { abs($0 - $1) }.max()!
  #expect(apart < 1e-5)
}

@Test func aHeadOfNumbersThatAreNoneIsRefusedInASentence() throws {
  // Columns so small that weights would have to be larger than a float can be.
  let tiny = Float.leastNonzeroMagnitude * 700
  let rows = try LabeledRows(
    Matrix(rows: 4, columns: 1, [0, tiny, 0, tiny]), labels: [0, 1, 0, 1], classes: 2)
  do {
    _ = try Training.leastSquares(rows)
    Issue.record("Nothing was refused.")
  } catch {
    #expect(
      "\(error)"
        == "training by least-squares: expected finite numbers in the head, found infinity or NaN; a decay "
        + "above 0 or standardized columns may keep them finite.")
  }
}

@Test func trainingStopsWhenToldTo() throws {
  let rows = try rows()
  let once = try Training.adam(rows) { round, _, _ in round < 1 }
  var settings = Training.Settings()
  settings.epochs = 1
  #expect(try Training.adam(rows, settings) == once)
}

@Test func rowsThatCannotBeTrainedOnAreRefusedInASentence() throws {
  let rows = Matrix([[1, 2], [3, .nan]])
  func sentence(_ features: Matrix, _ labels: [Int]) -> String {
    do {
      _ = try LabeledRows(features, labels: labels, classes: 2)
      return ""
    } catch { return "\(error)" }
  }
  #expect(
    sentence(rows, [0])
      == "training rows: expected a class for each of at least one row, found 2 rows and 1 classes."
  )
  #expect(sentence(rows, [0, 2]) == "training rows: expected classes 0 to 1, found 2.")
  #expect(
    sentence(rows, [0, 1]) == "training rows: expected finite numbers, found infinity or NaN.")
}
