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
    _ head: Classifier? = nil, seed: UInt64 = 0, lookAlike: LookAlike = .attributes,
    nuisances: [Nuisance]? = Nuisance.all
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
      }, lookAlike: lookAlike, nuisances: nuisances)
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
      let traits = record.numbers.filter { $0.measure == "points" }
      for trait in traits {
        let cosine = try #require(small.number(trait.map, "words", record)?.value)
        #expect((cosine > 0) == ((trait.value ?? 0) > 0), "\(trait.map)")
      }
    }
  }
}

@Test func aRecordSaysWhatEveryChangeDoesToTheMargin() throws {
  try SmallEvaluation.run { small in
    let example = try #require(small.dataset.examples.first { $0.label == 1 })
    let record = try small.audit().record(example)
    let margin = try #require(small.number("classifier", "margin", record)?.value)
    let before = try #require(small.number("changes", "margin", record)?.value)
    // The pictures have the size that the model sees, so that nothing is resized twice.
    #expect(abs(margin - before) < 1e-4 * max(1, abs(margin)))
    for name in Nuisance.all.map(\.name) + ["traits"] {
      let number = try #require(small.number("changes", name, record), "\(name)")
      #expect(number.value != nil || number.reason != nil, "\(name)")
      // After what it is compared with, both numbers of the words.
      #expect(number.value == nil || number.counts.count == 3, "\(name)")
    }
    let mirror = try #require(small.number("changes", "mirror", record)?.value)
    #expect(mirror != before)
    let files = try #require(small.number("changes", "compression", record))
    #expect(files.reason == "cannot be changed in this picture", "PNG files")
  }
}

/// The head adds up the directions of what each class has, so that its margin and that of the words rise and
/// fall together.
@Test func theWordsAreMeasuredOnTheSameChangedPictures() throws {
  try SmallEvaluation.run { small in
    let example = try #require(small.dataset.examples.first { $0.label == 1 })
    let audit = try small.audit()
    let record = try audit.record(example)
    let before = try #require(small.number("changes", "margin", record))
    let rival = try #require(small.number("classifier", "rival", record)?.value)
    let set = audit.sets.of(1, against: Int(rival))
    let view = audit.context.view(try example.picture())
    let words = try #require(
      set.difference { Double(audit.vocabulary.score(of: $0, view.embedding)) })
    #expect(abs(Double(before.counts[1]) - words) < 1e-3 * max(1, abs(words)))
    #expect(before.counts[1] == before.counts[2])
    let mirror = try #require(small.number("changes", "mirror", record))
    #expect(mirror.counts[1] != mirror.counts[2] && mirror.counts[2] == before.counts[1])
  }
}

@Test func mapsOfOtherClassesAreHeldAgainstTheSameTraits() throws {
  try SmallEvaluation.run { small in
    let example = try #require(small.dataset.examples.first { $0.label == 1 })
    let record = try small.audit().record(example)
    let rows = try #require(small.number("traits", "rank:rows", record))
    let value = try #require(small.number("traits", "rank", record)?.value)
    #expect((1...39).contains(rows.counts.count))
    // The draws are kept with fewer digits than the value has.
    let p = Chance.p(of: value, among: rows.counts.map(Double.init))
    #expect(abs((rows.value ?? 0) - p) <= 1 / Double(1 + rows.counts.count))
  }
}

/// What is made again has the margins that the run measured, so that it is the very same pictures.
@Test func aPageMakesTheChangedPicturesAgain() throws {
  try SmallEvaluation.run { small in
    let audit = try small.audit()
    let example = try #require(small.dataset.examples.first { $0.label == 1 })
    var inputs = RunInputs()
    inputs.preprocessing = small.encoder.preprocessing.json
    let plan = try AuditPlan(inputs, of: audit, texts: .init(weights: nil, normalizer: nil))
    try inTemporaryFolder { folder in
      let run = try RunFile(folder / "a.run", plan)
      try run.add([try audit.record(example)])
      let audited = try #require(try run.audited(example.number))
      let changes = try #require(ChangedPictures(try AuditPlan(run), small.dataset))
      let rival = try #require(audited.rival)
      func margin(_ picture: Picture) -> Double {
        EvaluationCase(example, audit.context.view(picture), label: 1, audit.context)
          .margin(over: rival, of: audit.context.view(picture).embedding)
      }
      var count = 0
      for (name, change) in audited.changes where name != "margin" {
        let made = try #require(try changes.made(name, of: audited, run), "\(name)")
        #expect(abs(margin(made.changed) - change.changed) < 1e-4, "\(name)")
        if let compared = made.compared {
          #expect(abs(margin(compared) - change.compared) < 1e-4, "\(name)")
        }
        count += 1
      }
      #expect(count >= 5)
      #expect(try changes.made("compression", of: audited, run) == nil, "it was not made")
    }
  }
}

@Test func aQuickAuditChangesNothing() throws {
  try SmallEvaluation.run { small in
    let record = try small.audit(nuisances: nil).record(small.dataset.examples[0])
    #expect(!record.numbers.contains { $0.map == "changes" })
    #expect(record.numbers.contains { $0.map == "traits" })
  }
}

@Test func aPicturesRecordDoesNotDependOnWhatWasAskedBefore() throws {
  try SmallEvaluation.run { small in
    let (one, other) = (try small.audit(), try small.audit())
    let example = small.dataset.examples[7]
    for before in small.dataset.examples.prefix(4) { _ = try other.record(before) }
    let record = try one.record(example)
    // Attributes without a map have no number, and no such is equal to another.
    func told(_ record: RunRecord) -> String { "\(record)" }
    #expect(told(try other.record(example)) == told(record))
    #expect(told(try one.record(example)) == told(record))
    #expect(told(try small.audit(seed: 1).record(example)) != told(record))
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
    #expect(try small.audit(nil, lookAlike: .named(1)).record(example).maps.isEmpty)
  }
}
