import Auditing
import Datasets
import Encoders
import Explaining
import Ground
import Parsing
import Studies
import Traits

private struct Options: OptionGroup {
  let model = ModelOptions()
  let rounds = Option<Int>("rounds", default: 3, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench audit`: the cost of an audit compared with embedding the same pictures.
  package static func benchAudit(_ environment: Environment) -> Command {
    Command(
      "bench audit",
      "Times an audit of maps, and one with every change, beside embedding the pictures.",
      operands: .one("DATASET", "A dataset with a table of the attributes of each class."),
      options: Options.self,
      notes: """
        All three ways read each picture from its file. The audit of maps makes the maps of all attributes, too, and
        compares them with the traits of other pairs; the whole audit also makes every change of the picture.
        What is computed once for a whole dataset is timed by itself. Prints one JSON object: the median seconds
        per picture of each way, and the median of their ratios.
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
      let context = EvaluationContext(model, encoder, dataset, head(dataset, encoder)) {
        try ImageEncoder($0)
      }
      let vocabulary = AuditVocabulary(table, words) { targets[$0] ?? Target($0, [], .linear) }
      let quick = Audit(context, vocabulary, nuisances: nil)
      let whole = Audit(context, vocabulary)
      let clock = ContinuousClock()
      let start = try clock.measure { _ = try whole.record(dataset.examples[0]) } / .seconds(1)
      var (embedding, maps, changes): ([Double], [Double], [Double]) = ([], [], [])
      for _ in 0..<max(1, input[Options.rounds]) {
        for number in AuditOptions.order(Array(dataset.examples.indices), of: dataset) {
          let example = dataset.examples[number]
          let alone = try clock.measure {
            _ = encoder.layers(encoder.planes(of: try example.picture()))
          }
          embedding.append(alone / .seconds(1))
          maps.append(try clock.measure { _ = try quick.record(example) } / .seconds(1))
          changes.append(try clock.measure { _ = try whole.record(example) } / .seconds(1))
        }
      }
      func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
      func ratio(_ values: [Double]) -> Double { median(zip(values, embedding).map { $0 / $1 }) }
      let report: JSON = [
        "embedding": .number(median(embedding)), "maps": .number(median(maps)),
        "whole": .number(median(changes)), "maps_ratio": .number(ratio(maps)),
        "whole_ratio": .number(ratio(changes)), "once": .number(start - median(changes)),
        "nuisances": .integer(whole.nuisances.count),
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
