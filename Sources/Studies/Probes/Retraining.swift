import Explaining
import Ground

/// How a head was trained, as far as its file tells, so that it can be trained again on other pictures.
///
/// ```swift
/// let way = Retraining(of: try Classifier("probe.safetensors"))
/// let heads = try way.heads(20, on: rows)      // each on another draw of the rows
/// ```
///
/// Each head is trained on a bootstrap of the rows: of each class as many as it has, drawn with
/// repetition. How much these heads differ shows how much heads would that are trained on other
/// pictures of the same kind. (Efron 1979, The Annals of Statistics 7, 1.)
public struct Retraining: Sendable {
  package let training: Training
  package let settings: Training.Settings
  package let isStandardized: Bool
  /// Whether the file said how the head was trained. If not, it is trained as `logistic` does, which
  /// has a single minimum and so no settings that would have to be known.
  public let isTold: Bool

  public init(of classifier: Classifier) {
    let told = classifier.training
    let known = told?["training"]?.string.flatMap { Training(named: $0) }
    training = known ?? .logistic
    isTold = known != nil
    var settings = Training.Settings()
    if let seed = told?["seed"]?.string.flatMap({ UInt64($0) }) { settings.seed = seed }
    if let start = told?["start"]?.string.flatMap({ HeadStart(rawValue: $0) }) {
      settings.start = start
    }
    settings.epochs = told?["epochs"]?.integer.flatMap { $0 > 0 ? $0 : nil }
    if let batch = told?["batch"]?.integer, batch > 0 { settings.batch = batch }
    if let rate = told?["rate"]?.number, rate > 0 { settings.rate = Float(rate) }
    settings.decay = told?["decay"]?.number.flatMap { $0 >= 0 ? Float($0) : nil }
    self.settings = settings
    isStandardized = told?["standardised"]?.bool ?? false
  }

  public var name: String { training.name }

  /// Called after each head. Returns whether to go on.
  public typealias Step = @Sendable (_ done: Int, _ of: Int) -> Bool

  /// Fewer heads where `step` ends it. The order of rows and the start, where a way of training draws
  /// them, differ from head to head, too: they differ between any two trainings.
  public func heads(
    _ count: Int, on rows: LabeledRows, after step: Step = { _, _ in true }
  ) throws -> [LinearHead] {
    var heads: [LinearHead] = []
    for number in 0..<count {
      var random = SplitMix(seed: settings.seed, 1 << 23 + number)
      var own = settings
      own.seed = random.next()
      let names = (0..<rows.classes).map { "\($0)" }
      let probe = try Probe.trained(
        on: try rows.drawnAgain(&random), names: names, with: training, own,
        standardized: isStandardized)
      heads.append(probe.head)
      guard step(number + 1, count) else { break }
    }
    return heads
  }
}

extension LabeledRows {
  /// As many rows of each class as there are, drawn with repetition.
  package func drawnAgain(_ random: inout SplitMix) throws -> LabeledRows {
    var members = [[Int]](repeating: [], count: classes)
    for (row, label) in labels.enumerated() { members[label].append(row) }
    let drawn = labels.map { members[$0][random.below(members[$0].count)] }
    return try LabeledRows(features.picking(drawn[...]), labels: labels, classes: classes)
  }
}
