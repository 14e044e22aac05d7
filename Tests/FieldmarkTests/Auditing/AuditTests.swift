import Fieldmark
import Testing

/// The direction that a phrase has: made up, and the same whenever it is asked for.
private func direction(of phrase: String, width: Int) -> [Float] {
  var random = SplitMix(seed: 11, phrase.utf8.reduce(7) { $0 &* 31 &+ Int($1) })
  return (0..<width).map { _ in random.normal() }
}

extension SmallEvaluation {
  fileprivate var table: ClassAttributes {
    get throws { try #require(dataset.classAttributes) }
  }

  /// An audit of a head, by default one that adds up the directions of what its classes have: it goes by
  /// nothing but the words for their traits.
  fileprivate func audit(
    _ head: Classifier? = nil, seed: UInt64 = 0, _ lookAlike: LookAlike = .attributes
  ) throws -> Audit {
    let width = encoder.architecture.embedding
    let table = try table
    let words = AttributeWords(of: table.attributes)
    let rows = dataset.classes.indices.map { label -> Target in
      var sum = [Float](repeating: 0, count: width)
      for (place, words) in words.all.enumerated() where table.percentages[label, place] > 50 {
        for (column, value) in direction(of: words.phrase, width: width).enumerated() {
          sum[column] += value
        }
      }
      return Target(dataset.spokenName(of: label), sum, .linear)
    }
    return Audit(
      EvaluationContext(model, encoder, dataset, head ?? Classifier(rows), seed: seed) {
        try ImageEncoder($0)
      },
      AuditVocabulary(table, words) {
        Target($0, direction(of: $0, width: width), .cosine(scale: 10))
      }, lookAlike: lookAlike)
  }

  fileprivate func number(_ map: String, _ measure: String, _ record: RunRecord)
    -> RunRecord.Number?
  {
    record.numbers.first { $0.map == map && $0.measure == measure }
  }
}

@Test func aHeadMadeOfTheWordsForTraitsAgreesWithThem() throws {
  try SmallEvaluation.run { small in
    let audit = try small.audit()
    for example in small.dataset.examples where (example.label ?? 0) < 3 {
      let record = try audit.record(example)
      let all = try #require(small.number("traits", "direction", record)?.value)
      #expect(all > 0.2)
      let absent = try #require(small.number("traits", "direction:absent", record)?.value)
      #expect(absent <= 0.05)
      let draws = try #require(small.number("traits", "together:absent", record)?.counts)
      #expect(draws.count == 199)
    }
  }
}

@Test func aPicturesRecordDoesNotDependOnWhatWasAskedBefore() throws {
  try SmallEvaluation.run { small in
    let (one, other) = (try small.audit(), try small.audit())
    let example = small.dataset.examples[7]
    for before in small.dataset.examples.prefix(4) { _ = try other.record(before) }
    let record = try one.record(example)
    #expect(try other.record(example) == record)
    #expect(try one.record(example) == record)
    #expect(try small.audit(seed: 1).record(example) != record)
  }
}

@Test func whatTheClassLacksIsComparedToo() throws {
  try SmallEvaluation.run { small in
    let example = try #require(small.dataset.examples.first { $0.label == 1 })
    let record = try small.audit().record(example)
    // Plain Brackle, against one of the two with colored shoulders.
    let rival = try #require(small.number("classifier", "rival", record)?.value)
    #expect(rival == 0 || rival == 2)
    let points = record.numbers.filter { $0.measure == "points" }
    #expect(points.contains { ($0.value ?? 0) > 0 } && points.contains { ($0.value ?? 0) < 0 })
    let names = Set(record.maps.map(\.name))
    #expect(names.isSuperset(of: ["classifier", "classifier, several"] + points.map(\.map)))
    #expect(try small.audit(nil, .named(1)).record(example).maps.isEmpty)
  }
}

/// Rows drawn at random are shuffled already: the own pair is one of many.
@Test func pAmongShuffledRowsIsUniformWhereThereIsNothingToFind() throws {
  try SmallEvaluation.run { small in
    let width = small.encoder.architecture.embedding
    let ps = try (0..<80).map { draw -> Double in
      var random = SplitMix(seed: 5, draw)
      // More classes than the dataset has, as there would be too few pairs.
      let rows = (0..<5).map { label in
        Target("\(label)", (0..<width).map { _ in random.normal() }, .linear)
      }
      let record = try small.audit(Classifier(rows)).record(small.dataset.examples[draw % 5])
      return try #require(small.number("traits", "together:rows", record)?.value)
    }
    for bound in [0.25, 0.5, 0.75] {
      let share = Double(ps.count { $0 <= bound }) / Double(ps.count)
      // Three deviations, and what 20 pairs of five classes cannot tell finer.
      #expect(abs(share - bound) < 3 * (bound * (1 - bound) / 80).squareRoot() + 0.05)
    }
  }
}
