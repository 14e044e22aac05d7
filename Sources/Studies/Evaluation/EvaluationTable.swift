import Measures

/// The numbers of a run in the shape of the papers' tables: a row for each method at each strength, a
/// column for each measure, means with their intervals; and each row beside the one that it is to be
/// better than, on the same pictures.
///
/// ```swift
/// let table = try EvaluationTable(run)
/// table.markdown
/// ```
public struct EvaluationTable: Sendable {
  /// What was asked.
  public let plan: EvaluationPlan
  /// The same as it stands in the run.
  public let settings: RunSettings
  public let rows: [Row]
  public let measures: [String]
  public let pictures: Int
  /// How much of the run is done.
  public let extent: RunExtent
  /// Those of which nothing could be found out.
  public let failures: [String]
  /// The share that the classifier tells right.
  public let accuracy: Double?

  public struct Row: Sendable {
    public let asked: Explainer.Row
    public var name: String { asked.name }
    /// What it is to be better than.
    public var against: String? { asked.against }
    public let summaries: [Summary]
    /// How much more it has than that, measure by measure; nil where there is nothing to compare.
    public let gains: [Summary?]
  }

  /// Refuses a damaged run.
  public init(_ run: RunFile) throws {
    try run.needWhole()
    let plan = try EvaluationPlan(run)
    let measures = plan.measures
    let gatherings = measures.map { Measure(named: $0)?.gathering ?? .mean }
    // Which pictures the intervals draw follows from the run's seed, too.
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
      // A column and the one beside it are held, and then let go.
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
