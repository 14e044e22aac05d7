import Measures

/// The numbers of a run in the form of the papers' tables: a row for each method and strength, a
/// column for each measure, and means with intervals. A row may also have its gains over another
/// row on the same pictures.
///
/// ```swift
/// let table = try EvaluationTable(run)
/// table.markdown
/// ```
public struct EvaluationTable: Sendable {
  /// The settings of the evaluation.
  public let plan: EvaluationPlan
  /// The same settings as they are written in the run.
  public let settings: RunSettings
  public let rows: [Row]
  public let measures: [String]
  public let pictures: Int
  /// How much of the run is done.
  public let extent: RunExtent
  /// The messages of pictures that could not be measured.
  public let failures: [String]
  /// The share of pictures that the classifier predicts correctly.
  public let accuracy: Double?

  public struct Row: Sendable {
    public let asked: Explainer.Row
    public var name: String { asked.name }
    /// The row that this one is compared with.
    public var against: String? { asked.against }
    public let summaries: [Summary]
    /// The gains over that row, measure by measure; nil if there is nothing to compare.
    public let gains: [Summary?]
  }

  /// Throws if the run is damaged.
  public init(_ run: RunFile) throws {
    try run.needWhole()
    let plan = try EvaluationPlan(run)
    let measures = plan.measures
    let gatherings = measures.map { Measure(named: $0)?.gathering ?? .mean }
    // The run's seed also determines which pictures the bootstrap draws.
    let seed = plan.seed
    let hasClasses = gatherings.contains { if case .classes = $0 { true } else { false } }
    var (count, right, known, failures) = (0, 0, 0, [String]())
    var labels: [Int: Int] = [:]
    try run.eachPicture { record in
      count += 1
      if let failure = record.failure { failures.append(failure) }
      if hasClasses, let label = record.label { labels[record.number] = label }
      if let label = record.label, let predicted = record.predicted {
        known += 1
        if label == predicted { right += 1 }
      }
    }
    self.plan = plan
    settings = run.settings
    self.measures = measures
    self.failures = failures
    pictures = count
    extent = try run.extent()
    accuracy = known == 0 ? nil : Double(right) / Double(known)
    rows = try plan.rows.map { row in
      var (summaries, gains) = ([Summary](), [Summary?]())
      // At most two columns are in memory at a time.
      for (measure, gathering) in zip(measures, gatherings) {
        let column = try run.column(row.name, measure, labels)
        summaries.append(gathering.summary(of: column, seed: seed))
        gains.append(
          try row.against.flatMap { against in
            gathering.difference(
              of: column, and: try run.column(against, measure, labels), seed: seed)
          })
      }
      return Row(asked: row, summaries: summaries, gains: gains)
    }
  }
}

extension RunFile {
  func column(
    _ row: String, _ measure: String, _ labels: [Int: Int] = [:]
  ) throws -> MeasuredColumn {
    var column = MeasuredColumn(of: Measure(named: measure)?.gathering ?? .mean)
    try eachNumber(of: row, measure) { picture, number in
      column.add(picture, label: labels[picture], number.value, number.counts)
    }
    return column
  }
}
