import Ground
import Measures

extension EvaluationTable {
  /// The table of means. Below a row that is compared with another stands a row of gains.
  public var markdown: String {
    let remark = extent.sentence.map { ["**\($0)**", ""] } ?? []
    let head = "| method | " + measures.joined(separator: " | ") + " |"
    let line = "|---|" + String(repeating: "---|", count: measures.count)
    let lines = rows.flatMap { row -> [String] in
      let means = row.summaries.map(\.description).joined(separator: " | ")
      let own = "| \(row.name) | \(means) |"
      guard let against = row.against else { return [own] }
      let gains = row.gains.map { $0.flatMap { $0.mean == nil ? nil : $0.description } ?? "" }
      return [own, "| minus \(against) | " + gains.joined(separator: " | ") + " |"]
    }
    return (remark + [head, line] + lines).joined(separator: "\n") + "\n"
  }

  /// The names of the columns, by which the file is recognized as Fieldmark's.
  package static let csvHead =
    "method,measure,mean,low,high,count,left_out,against,gain,gain_low,gain_high,gain_count"

  /// A line for each row and measure. If the run is unfinished, a last column says so in every
  /// line.
  public var csv: String {
    let unfinished = extent.unfinished.map { [$0.asCSV] } ?? []
    var lines = [
      EvaluationTable.csvHead + (unfinished.isEmpty ? "" : "," + RunExtent.column)
    ]
    for row in rows {
      for (index, measure) in measures.enumerated() {
        let (summary, gain) = (row.summaries[index], row.gains[index])
        let values: [String?] = [
          row.name.asCSV, measure, summary.mean.map { "\($0)" },
          summary.interval.map { "\($0.lowerBound)" }, summary.interval.map { "\($0.upperBound)" },
          "\(summary.count)", "\(summary.leftOut)", row.against?.asCSV,
          gain?.mean.map { "\($0)" }, gain?.interval.map { "\($0.lowerBound)" },
          gain?.interval.map { "\($0.upperBound)" }, gain.map { "\($0.count)" },
        ]
        lines.append((values.map { $0 ?? "" } + unfinished).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  public var json: JSON {
    let rows = rows.map { row -> JSON in
      let numbers = measures.indices.map { index -> JSON.Member in
        var members = row.summaries[index].members
        if let gain = row.gains[index] { members.append(.init("gain", .object(gain.members))) }
        return JSON.Member(measures[index], .object(members))
      }
      return [
        "method": .string(row.name), "against": row.against.map { .string($0) } ?? .null,
        "measures": .object(numbers),
      ]
    }
    return .object(
      [JSON.Member("pictures", .integer(pictures))] + extent.members + [
        .init("accuracy", accuracy.map { .number($0) } ?? .null), .init("rows", .array(rows)),
        .init("failures", .array(failures.map(JSON.string))),
        .init(
          "cards",
          .array(measures.compactMap { Measure(named: $0)?.card(in: settings.members).json })),
        .init("settings", .object(settings.members)),
      ])
  }

  /// The formats by which the CSV file is recognized as Fieldmark's.
  package static let formats = OwnFile.Format.tables(of: csvHead)

  /// The endings of the table's files.
  public static let endings = [".md", ".csv", ".json"]

  /// Writes files named after the run's, and marks them as made by Fieldmark.
  public func write(beside run: Path) throws -> [Path] {
    let texts = [
      OwnFile.comment + markdown, csv, json.marked().written(.indented) + "\n",
    ]
    let files = zip(EvaluationTable.endings, texts)
    return try files.map { ending, text in
      let path = run.beside(ending)
      try Ground.write(Array(text.utf8), to: path)
      return path
    }
  }
}

extension Path {
  /// A file beside a run that is named after it: `birds.run.csv`. It is never `birds.csv`, which
  /// may be the table that the run was made from.
  public func beside(_ ending: String) -> Path {
    Path(bytes: bytes + Array(((hasSuffix(".run") ? "" : ".run") + ending).utf8))
  }
}

extension Summary {
  package var members: [JSON.Member] {
    [
      .init("mean", mean.map { .number($0) } ?? .null),
      .init("low", interval.map { .number($0.lowerBound) } ?? .null),
      .init("high", interval.map { .number($0.upperBound) } ?? .null),
      .init("count", .integer(count)), .init("left_out", .integer(leftOut)),
    ]
  }
}
