import Encoders

/// The numbers of a run in the shape of the papers' tables: a row for each method at each strength, a
/// column for each measure, means with their intervals; and each strength beside the method alone, on
/// the same pictures.
///
///     let table = try EvaluationTable(run)
///     table.markdown
public struct EvaluationTable: Sendable {
  public let rows: [Row]
  public let measures: [String]
  public let pictures: Int
  /// Those of which nothing could be found out.
  public let failures: [String]
  /// The share that the classifier tells right.
  public let accuracy: Double?

  public struct Row: Sendable {
    public let name: String
    public let summaries: [Summary]
    /// Less the method alone; nil for that row itself.
    public let gains: [PairedDifference]?
  }

  public init(_ run: RunFile) throws {
    var numbers: [String: [String: [Measurement]]] = [:]
    var (maps, measures, failures): ([String], [String], [String]) = ([], [], [])
    var (count, right, known) = (0, 0, 0)
    try run.each { record in
      count += 1
      if let failure = record.failure { failures.append(failure) }
      if let label = record.label, let predicted = record.predicted {
        known += 1
        if label == predicted { right += 1 }
      }
      for number in record.numbers {
        if numbers[number.map] == nil { maps.append(number.map) }
        if !measures.contains(number.measure) { measures.append(number.measure) }
        numbers[number.map, default: [:]][number.measure, default: []].append(
          Measurement("\(record.number)", number.value))
      }
    }
    self.measures = measures
    self.failures = failures
    pictures = count
    accuracy = known == 0 ? nil : Double(right) / Double(known)
    rows = maps.map { name in
      let own = measures.map { numbers[name]?[$0] ?? [] }
      // `grad-cam + finer 0.6` beside `grad-cam`.
      let alone = name.firstRange(of: " + ").map { String(name[..<$0.lowerBound]) }
      let gains = alone.flatMap { numbers[$0] }.map { others in
        zip(measures, own).map { PairedDifference(of: $1, and: others[$0] ?? []) }
      }
      return Row(name: name, summaries: own.map { Summary(of: $0) }, gains: gains)
    }
  }

  /// What each cell says: the mean with its interval, and below it the gain with its own.
  private func cell(_ row: Row, _ index: Int) -> (mean: String, gain: String?) {
    let gain = row.gains.flatMap { $0[index].differences.mean == nil ? nil : $0[index].differences }
    return (row.summaries[index].description, gain?.description)
  }

  public var markdown: String {
    let head = "| method | " + measures.joined(separator: " | ") + " |"
    let line = "|---|" + String(repeating: "---|", count: measures.count)
    let lines = rows.flatMap { row -> [String] in
      let cells = measures.indices.map { cell(row, $0) }
      let own = "| \(row.name) | " + cells.map(\.mean).joined(separator: " | ") + " |"
      guard row.gains != nil else { return [own] }
      return [
        own,
        "| less the method alone | " + cells.map { $0.gain ?? "" }.joined(separator: " | ") + " |",
      ]
    }
    return ([head, line] + lines).joined(separator: "\n") + "\n"
  }

  public var csv: String {
    var lines = [
      "method,measure,mean,low,high,count,left_out,gain,gain_low,gain_high,gain_count"
    ]
    for row in rows {
      for (index, measure) in measures.enumerated() {
        let (summary, gain) = (row.summaries[index], row.gains?[index].differences)
        let values: [String?] = [
          row.name.asCSV, measure, summary.mean.map { "\($0)" },
          summary.interval.map { "\($0.lowerBound)" }, summary.interval.map { "\($0.upperBound)" },
          "\(summary.count)", "\(summary.leftOut)", gain?.mean.map { "\($0)" },
          gain?.interval.map { "\($0.lowerBound)" }, gain?.interval.map { "\($0.upperBound)" },
          gain.map { "\($0.count)" },
        ]
        lines.append(values.map { $0 ?? "" }.joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public var json: JSON {
    let rows = rows.map { row -> JSON in
      [
        "method": .string(row.name),
        "measures": .object(
          measures.enumerated().map { index, name in
            .init(name, row.summaries[index].json(gain: row.gains?[index].differences))
          }),
      ]
    }
    return [
      "pictures": .integer(pictures), "accuracy": accuracy.map(JSON.number) ?? .null,
      "failures": .array(failures.map(JSON.string)), "rows": .array(rows),
    ]
  }
}

extension Summary {
  fileprivate func json(gain: Summary?) -> JSON {
    func ends(_ interval: ClosedRange<Double>?) -> JSON {
      interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
    }
    return [
      "mean": mean.map(JSON.number) ?? .null, "interval": ends(interval),
      "count": .integer(count), "leftOut": .integer(leftOut),
      "gain": gain?.mean.map(JSON.number) ?? .null, "gainInterval": ends(gain?.interval),
    ]
  }
}

extension EvaluationTable {
  /// Files named after the run's.
  public func write(beside run: Path) throws -> [Path] {
    let name = run.hasSuffix(".run") ? Path(bytes: Array(run.bytes.dropLast(4))) : run
    let files: [(String, String)] = [
      (".md", markdown), (".csv", csv), (".json", json.written(.indented) + "\n"),
    ]
    return try files.map { ending, text in
      let path = Path(bytes: name.bytes + Array(ending.utf8))
      try Encoders.write(Array(text.utf8), to: path)
      return path
    }
  }
}
