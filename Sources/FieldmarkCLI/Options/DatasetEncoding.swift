import Datasets
import Encoders
import Ground
import Parsing
import Studies
import Synchronization

/// Embeds a dataset's pictures with progress on the terminal. Each picture that fails is reported,
/// and the others continue.
final class DatasetEncoding: Sendable {
  private let memory: EmbeddingMemory
  private let dataset: Dataset
  private let output: Output
  private let failures = Mutex(0)

  init(_ memory: EmbeddingMemory, _ dataset: Dataset, _ output: Output) {
    (self.memory, self.dataset, self.output) = (memory, dataset, output)
  }

  /// The number of pictures that could not be read.
  var failed: Int { failures.withLock { $0 } }

  /// The embeddings with their classes: of the pictures as they are, and of `passes` further passes
  /// over random parts of them. Nil if the user interrupted it.
  func rows(_ examples: [Example], passes: Int, seed: UInt64) throws -> LabeledRows? {
    var parts: [Matrix] = []
    var labels: [Int] = []
    let work = LongWork(output)
    work.begin(
      of: examples.count * (passes + 1),
      "Ctrl-C keeps the embeddings so far, and the same command goes on from there")
    defer { work.end() }
    for pass in 0...passes {
      let change: EmbeddingMemory.Change = pass == 0 ? .none : .drawn(pass: pass, seed: seed)
      let found = try memory.embeddings(of: examples, change) { done, of in
        work.reach(pass * of + done)
        return work.goesOn
      }
      if pass == 0 {
        for failure in found.failures { output.note(failure.error.description) }
        failures.withLock { $0 += found.failures.count }
      }
      guard found.isWhole else { return nil }
      guard !found.places.isEmpty else {
        throw InputError(
          dataset.path.description, expected: "pictures that can be read",
          found: "none among \(examples.count)")
      }
      parts.append(found.rows)
      labels += found.places.map { examples[$0].label ?? 0 }
    }
    return try LabeledRows(
      Matrix.stacked(parts), labels: labels, classes: dataset.classes.count)
  }
}
