import Ground
import Measures
import Parsing
import Studies

private struct Options: OptionGroup {
  let asJSON = Option<Bool>(
    "json",
    "Prints one JSON object on a line for each measure and table, with everything that its numbers depend "
      + "on.")
}

extension Command {
  /// `fieldmark measures`: the values of `--measures` and `--table` of `evaluate`.
  package static let measures = Command(
    "measures", "Lists the measures and the papers' tables for 'fieldmark evaluate'.",
    options: Options.self
  ) { input, output in
    if input[Options.asJSON] {
      for measure in Measure.all { try output.print(measure.json.written()) }
      for table in PaperTable.all { try output.print(table.json.written()) }
      return .done
    }
    let names = Measure.all.map(\.name) + PaperTable.all.map(\.name)
    let width = names.map(\.count).max() ?? 0
    try output.print("Measures of maps, --measures:")
    for measure in Measure.all {
      try output.print("  \(measure.name.padded(to: width))  \(measure.summary) (\(measure.paper))")
    }
    try output.print(
      "\nrd-N and drop-N take any N percent of the pixels: rd-2.5.\n\nThe papers' tables, --table:")
    for table in PaperTable.all {
      try output.print("  \(table.name.padded(to: width))  \(table.summary) (\(table.paper))")
    }
    return .done
  }
}

extension Measure {
  fileprivate var json: JSON {
    .object([
      .init("measure", .string(name)), .init("summary", .string(summary)),
      .init("paper", .string(paper)), .init("needs", .string(needs.rawValue)),
      .init("better", .string(better.rawValue)), .init("card", card.json),
    ])
  }
}

extension PaperTable {
  fileprivate var json: JSON {
    [
      "table": .string(name), "summary": .string(summary), "paper": .string(paper),
      "rows": .array(explainers().flatMap(\.rows).map { .string($0.name) }),
      "measures": .array(measures.map { .string($0.name) }),
      "missing": .array(missing.map { .string($0) }),
    ]
  }
}
