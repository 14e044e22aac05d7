import Ground

/// The accuracy of a head on the training pictures and on the test pictures.
public struct ProbeReport: Sendable {
  public let accuracy: Double
  public let trainingAccuracy: Double
  /// The mean over classes of the share of their pictures that are classified correctly. Classes
  /// with few pictures count as much as others.
  public let meanOfClasses: Double
  public let training: Int
  public let test: Int
  public let failed: Int
  public let ending: Training.Ending?

  public init(_ probe: Probe, train: LabeledRows, test: LabeledRows, failed: Int = 0) {
    trainingAccuracy = probe.head.accuracy(on: train)
    let predictions = probe.head.predictions(test.features)
    let right = zip(predictions, test.labels).map { $0 == $1 }
    accuracy = Double(right.count { $0 }) / Double(right.count)
    var hits = [Int](repeating: 0, count: test.classes)
    for (label, isRight) in zip(test.labels, right) where isRight { hits[label] += 1 }
    let shares = zip(hits, test.counts).filter { $0.1 > 0 }.map { Double($0) / Double($1) }
    meanOfClasses = shares.reduce(0, +) / Double(max(1, shares.count))
    training = train.labels.count
    self.test = test.labels.count
    self.failed = failed
    ending = probe.ending
  }

  public var members: [JSON.Member] {
    [
      .init("accuracy", .number(accuracy)), .init("meanOfClasses", .number(meanOfClasses)),
      .init("trainingAccuracy", .number(trainingAccuracy)), .init("training", .integer(training)),
      .init("test", .integer(test)), .init("failed", .integer(failed)),
    ]
      + (ending.map {
        [.init("converged", .bool($0.isConverged)), .init("steps", .integer($0.rounds))]
      } ?? [])
  }

  public func text(_ file: Path) -> String {
    func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
    return """
      \(file)
      right on \(percent(accuracy)) of \(test) pictures that it was not trained on (mean of classes \
      \(percent(meanOfClasses))), on \(percent(trainingAccuracy)) of the \(training) \
      pictures that it was trained on
      """
  }
}
