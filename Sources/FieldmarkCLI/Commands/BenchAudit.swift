import Auditing
import Datasets
import Encoders
import Explaining
import Ground
import Parsing
import Studies

private struct Options: OptionGroup {
  let model = ModelOptions()
  let rounds = Option<Int>("rounds", default: 3, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench audit`: the cost of an audit compared with embedding the same pictures.
  package static func benchAudit(_ environment: Environment) -> Command {
    Command(
      "bench audit", "Times an audit with all attributes beside embedding the pictures alone.",
      operands: .one("DATASET", "A dataset with a table of the attributes of each class."),
      options: Options.self,
      notes: """
        Both ways read each picture from its file; the audit also makes the maps of all attributes and compares them
        with all controls. What is computed once for a whole dataset is timed by itself. Prints one JSON object:
        the median seconds per picture of both ways, and the median of their ratios.
        """
    ) { input, output in
      let model = try ModelOptions.open(input, environment, output)
      let encoder = try ImageEncoder(model, precision: input[ModelOptions.precision])
      let dataset = try Dataset(input.paths[0])
      guard let table = dataset.classAttributes else {
        throw InputError(
          input.paths[0].description, expected: "a table of what each class has", found: "none",
          hint: "'fieldmark aviary -o birds --count 24' makes one")
      }
      let words = AttributeWords(of: table.attributes)
      let targets = Dictionary(
        uniqueKeysWithValues: try TextEncoder(model).targets(words.phrases).map { ($0.name, $0) })
      let audit = Audit(
        EvaluationContext(model, encoder, dataset, head(dataset, encoder)) { try ImageEncoder($0) },
        AuditVocabulary(table, words) { targets[$0] ?? Target($0, [], .linear) })
      let clock = ContinuousClock()
      let start = try clock.measure { _ = try audit.record(dataset.examples[0]) } / .seconds(1)
      var ratios: [Double] = []
      var (embedding, auditing): ([Double], [Double]) = ([], [])
      for _ in 0..<max(1, input[Options.rounds]) {
        for number in AuditOptions.order(Array(dataset.examples.indices), of: dataset) {
          let example = dataset.examples[number]
          let alone = try clock.measure {
            _ = encoder.layers(encoder.planes(of: try example.picture()))
          }
          let whole = try clock.measure { _ = try audit.record(example) }
          embedding.append(alone / .seconds(1))
          auditing.append(whole / .seconds(1))
          ratios.append(whole / alone)
        }
      }
      func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
      let report: JSON = [
        "embedding": .number(median(embedding)), "audit": .number(median(auditing)),
        "ratio": .number(median(ratios)), "once": .number(start - median(auditing)),
        "attributes": .integer(table.attributes.count),
        "pictures": .integer(dataset.examples.count), "classes": .integer(dataset.classes.count),
      ]
      try output.print(report.written())
      return .done
    }
  }

  /// A head with random rows, since the time does not depend on their values.
  private static func head(_ dataset: Dataset, _ encoder: ImageEncoder) -> Classifier {
    var random = SplitMix(seed: 7)
    return Classifier(
      dataset.classes.indices.map { label in
        Target(
          dataset.spokenName(of: label),
          (0..<encoder.architecture.embedding).map { _ in random.normal() }, .linear)
      })
  }
}
