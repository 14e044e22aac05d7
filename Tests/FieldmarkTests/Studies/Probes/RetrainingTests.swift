import Fieldmark
import Testing

private func rows(_ seed: UInt64 = 1, each: Int = 12) throws -> LabeledRows {
  var random = SplitMix(seed: seed)
  let labels = (0..<3 * each).map { $0 % 3 }
  let elements = labels.flatMap { label in
    (0..<4).map { Float($0 == label ? 2 : 0) + random.normal() }
  }
  return try LabeledRows(
    Matrix(rows: labels.count, columns: 4, elements), labels: labels, classes: 3)
}

private func retraining(
  _ training: Training, _ change: (inout Training.Settings) -> Void = { _ in },
  standardized: Bool = false
) throws -> Retraining {
  var settings = Training.Settings()
  change(&settings)
  var answer: Retraining?
  try inTemporaryFolder { folder in
    let probe = try Probe.trained(
      on: try rows(), names: ["a", "b", "c"], with: training, settings, standardized: standardized)
    try probe.write(to: folder / "p.safetensors")
    answer = Retraining(of: try Classifier(folder / "p.safetensors"))
  }
  return try #require(answer)
}

@Test func aHeadIsTrainedAgainAsItsFileSays() throws {
  let adam = try retraining(
    .adam,
    {
      ($0.seed, $0.epochs, $0.batch, $0.rate, $0.start) = (7, 3, 16, 0.01, .torch)
    }, standardized: true)
  #expect(adam.isTold && adam.name == "adam" && adam.isStandardized)
  #expect(adam.settings.seed == 7 && adam.settings.epochs == 3 && adam.settings.batch == 16)
  #expect(adam.settings.rate == 0.01 && adam.settings.start == .torch)
  let ridge = try retraining(.leastSquares, { $0.decay = 0.5 })
  #expect(ridge.name == "least-squares" && ridge.settings.decay == 0.5 && !ridge.isStandardized)
}

@Test func aHeadThatSaysNothingIsTrainedByLogisticRegression() throws {
  try inTemporaryFolder { folder in
    let path = folder / "head.safetensors"
    try writeSafetensors(
      [Tensor("weight", shape: [2, 3], [1, 0, 0, 0, 1, 0])], metadata: [:], to: path)
    let way = Retraining(of: try Classifier(path))
    #expect(!way.isTold && way.name == "logistic" && way.settings == Training.Settings())
  }
}

@Test func aDrawHasAsManyRowsOfEachClassAndRepeatsSome() throws {
  let rows = try rows()
  var random = SplitMix(seed: 3)
  let drawn = try rows.drawnAgain(&random)
  #expect(drawn.counts == rows.counts && drawn.labels == rows.labels)
  let first = (0..<36).map { rows.features[row: $0][rows.features[row: $0].startIndex] }
  let seen = (0..<36).map { drawn.features[row: $0][drawn.features[row: $0].startIndex] }
  #expect(Set(seen).isSubset(of: Set(first)) && Set(seen).count < 30)
  for (row, value) in seen.enumerated() {
    let source = try #require(first.firstIndex(of: value))
    #expect(rows.labels[source] == drawn.labels[row])
  }
}

@Test func headsDifferFromOneAnotherAndComeOutTheSameAgain() throws {
  let (way, rows) = (try retraining(.logistic), try rows())
  let heads = try way.heads(3, on: rows)
  #expect(heads.count == 3 && heads[0] != heads[1] && heads[1] != heads[2])
  #expect(try way.heads(3, on: rows) == heads)
  #expect(try way.heads(3, on: rows) { done, _ in done < 2 }.count == 2)
}

/// The bootstrap's promise: its heads scatter about as much as heads do that are trained on new rows.
@Test func headsOnDrawsScatterAsHeadsOnNewRowsDo() throws {
  let way = try retraining(.logistic) { $0.decay = 0.1 }
  func spread(_ heads: [LinearHead]) -> Double {
    let all = heads.map { Double($0.weights[0, 0] - $0.weights[1, 0]) }
    let mean = all.reduce(0, +) / Double(all.count)
    return (all.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(all.count - 1)).squareRoot()
  }
  let new = spread(
    try (10..<50).map { try Training.logistic(try rows($0, each: 40), way.settings) })
  let drawn = (60..<70).map { seed in
    (try? way.heads(20, on: try rows(seed, each: 40))).map(spread) ?? 0
  }
  let ratio = drawn.reduce(0, +) / 10 / new
  #expect((0.75...1.33).contains(ratio), "\(ratio)")
}
