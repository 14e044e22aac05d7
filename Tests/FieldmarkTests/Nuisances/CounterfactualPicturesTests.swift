import Fieldmark
import Testing

extension SmallEvaluation {
  /// The table in the folder of the birds.
  fileprivate func table(_ lines: [String]) throws -> CounterfactualPictures {
    let file = dataset.path / "twins.csv"
    try write(Array((lines.joined(separator: "\n") + "\n").utf8), to: file)
    return try CounterfactualPictures(file, of: dataset)
  }

  fileprivate func refusal(_ lines: [String]) -> String? {
    do {
      _ = try table(lines)
      return nil
    } catch {
      return "\(error)".replacing("\(dataset.path)", with: "birds")
    }
  }
}

private let head = "picture,changed,kind,what,class,toward"

@Test func changesAreFoundByTheirPictureAndTheClassThatTheyGoToward() throws {
  try SmallEvaluation.run { small in
    let (first, second) = (small.dataset.examples[0], small.dataset.examples[1])
    let place = "images/\(first.name)"
    let twins = try small.table([
      head, "\(place),a.png,cue,forest to snow,x,Plain Brackle",
      "images/../\(place),b.png,trait,red epaulets to none,x,plain_brackle",
      "\(place),c.png,,turned blue,,",
      "\(place),d.png,cue,numbered,,002.Plain_Brackle",
    ])
    func found(_ example: Example, _ rival: Int) -> [String] {
      twins.changes(of: example, toward: rival).map(\.name)
    }
    #expect(twins.count == 4)
    #expect(
      found(first, 1) == [
        "counterfactual: forest to snow", "counterfactual trait: red epaulets to none",
        "counterfactual: turned blue", "counterfactual: numbered",
      ])
    #expect(found(first, 3) == ["counterfactual: turned blue"])
    #expect(found(second, 1) == [])
    #expect(twins.changes(of: first, toward: 1)[0].picture == small.dataset.path / "a.png")
  }
}

@Test func whatATableOfChangesLacksIsSaid() throws {
  try SmallEvaluation.run { small in
    let place = "images/\(small.dataset.examples[0].name)"
    #expect(small.refusal([head]) == nil)
    #expect(
      small.refusal([head, "\(place),,cue,snow,,"])
        == "birds/twins.csv line 2: expected a path as 'changed', found nothing.")
    #expect(
      small.refusal([head, "\(place),a.png,cue,,,"])
        == "birds/twins.csv line 2: expected what was changed, as 'what', found nothing.")
    #expect(
      small.refusal([head, "\(place),a.png,cue,snow,,Perch"])
        == "birds/twins.csv line 2: expected a class of the dataset as 'toward', found 'Perch'.")
    #expect(
      small.refusal([head, "other.png,a.png,cue,snow,,"])
        == "birds/twins.csv: expected pictures of the dataset as 'picture', found none of them in 1 row; "
        + "paths are relative to the file's folder.")
  }
}

@Test func aRecordHasTheMarginOfEachChangedPicture() throws {
  try SmallEvaluation.run { small in
    let example = small.dataset.examples[0]
    let other = small.dataset.examples[6]
    let twins = try small.table([
      head, "images/\(example.name),images/\(example.name),cue,nothing at all,,",
      "images/\(example.name),images/\(other.name),cue,another picture,,",
    ])
    let table = try #require(small.dataset.classAttributes)
    let words = AttributeWords(of: table.attributes)
    let width = small.encoder.architecture.embedding
    let audit = Audit(
      small.context,
      AuditVocabulary(table, words) { phrase in
        var random = SplitMix(seed: 3, phrase.utf8.count)
        return Target(phrase, (0..<width).map { _ in random.normal() }, .cosine(scale: 10))
      }, nuisances: [], counterfactuals: twins)
    let record = try audit.record(example)
    func number(_ name: String) throws -> RunRecord.Number {
      try #require(record.numbers.first { $0.map == "changes" && $0.measure == name })
    }
    let margin = try #require(record.numbers.first { $0.measure == "margin" }?.value)
    let same = try number("counterfactual: nothing at all")
    #expect(same.value == margin && same.counts.first == Float(margin))
    #expect(try number("counterfactual: another picture").value != margin)
  }
}
