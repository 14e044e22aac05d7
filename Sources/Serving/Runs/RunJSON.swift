import Auditing
import Ground
import Measures
import Studies

/// Runs as JSON objects.
extension ServedRun {
  var json: JSON {
    .object([
      .init("id", .string(id)), .init("name", .string(name)), .init("kind", .string(kind)),
      .init("pictures", .integer(entries.count)), .init("summary", .string(sentence)),
    ])
  }

  var summary: JSON {
    let opening = (json.members ?? []) + [.init("notes", .array(notes.map { .string($0) }))]
    if let audit {
      let pairs = audit.worstFirst.map { judged -> JSON in
        .object([
          .init(
            "classes",
            .array([judged.pair.first, judged.pair.second].map { .string(name(of: $0) ?? "") })),
          .init("verdict", .string(judged.verdict.kind.rawValue)),
          .init("sentence", .string(judged.verdict.sentence(about: audit.thing))),
          .init("pictures", .integer(judged.findings.pictures)),
          .init("right", .integer(judged.findings.right)),
          .init("examples", .array(judged.examples.map { .integer($0) })),
        ])
      }
      return .object(opening + [.init("pairs", .array(pairs))])
    }
    let rows = (evaluation?.rows ?? []).map { row -> JSON in
      let means = zip(evaluation?.measures ?? [], row.summaries).map { measure, summary in
        JSON.Member(measure, summary.mean.map { .number($0) } ?? .null)
      }
      return .object([.init("method", .string(row.name)), .init("means", .object(means))])
    }
    return .object(opening + [.init("rows", .array(rows))])
  }

  func json(of entry: Entry) -> JSON {
    let all: [JSON.Member] = [
      .init("number", .integer(entry.number)), .init("path", .string(entry.path)),
      .init("class", name(of: entry.label).map { .string($0) } ?? .null),
      .init("predicted", name(of: entry.predicted).map { .string($0) } ?? .null),
      .init("verdict", entry.verdict.map { .string($0.rawValue) } ?? .null),
      .init("failure", entry.failure.map { .string($0) } ?? .null),
    ]
    return .object(all.filter { $0.value != .null })
  }

  func json(of record: RunRecord) throws -> JSON {
    let entry = entries.first { $0.number == record.number }
    let place = record.place.map { place -> [JSON.Member] in
      [
        .init("width", .integer(place.width)), .init("height", .integer(place.height)),
        .init(
          "region",
          .object([
            .init("x", .number(place.region.x)), .init("y", .number(place.region.y)),
            .init("width", .number(place.region.width)),
            .init("height", .number(place.region.height)),
          ])),
      ]
    }
    let maps = try run.maps(of: record.number).map { map -> JSON in
      .object([
        .init("name", .string(map.name)), .init("rows", .integer(map.grid.rows)),
        .init("columns", .integer(map.grid.columns)),
        .init("values", .array(map.grid.elements.map { JSON($0) })),
      ])
    }
    let numbers = try run.numbers(of: record.number).map { number -> JSON in
      let all: [JSON.Member] = [
        .init("map", .string(number.map)), .init("measure", .string(number.measure)),
        .init("value", number.value.map { .number($0) } ?? .null),
        .init("reason", number.reason.map { .string($0) } ?? .null),
      ]
      return .object(all.filter { $0.value != .null })
    }
    return .object(
      (entry.flatMap { json(of: $0).members } ?? []) + (place ?? [])
        + [.init("maps", .array(maps)), .init("numbers", .array(numbers))])
  }
}
