import Encoders
import Fieldmark
import Synchronization

/// Looks at a dataset's pictures for whoever watches: each failure is named, and the others go on.
final class Looking: Sendable {
  private let memory: EmbeddingMemory
  private let dataset: Dataset
  private let output: Output
  private let failures = Mutex(0)

  init(_ memory: EmbeddingMemory, _ dataset: Dataset, _ output: Output) {
    (self.memory, self.dataset, self.output) = (memory, dataset, output)
  }

  /// How many pictures could not be read.
  var failed: Int { failures.withLock { $0 } }

  /// Embeddings with classes, of pictures as they are and of so many passes over parts of them; nil
  /// where somebody stopped it.
  func rows(_ examples: [Example], passes: Int, seed: UInt64) throws -> LabelledRows? {
    var parts: [Matrix] = []
    var labels: [Int] = []
    for pass in 0...passes {
      let change: EmbeddingMemory.Change = pass == 0 ? .none : .drawn(pass: pass, seed: seed)
      let watcher = Watcher.person(note: output.note, progress: output.progress)
      let found = try memory.embeddings(of: examples, change) { done, of in
        if done.isMultiple(of: 10) { watcher.progress?("\(done) of \(of) pictures looked at") }
        return watcher.goesOn()
      }
      watcher.progress?("")
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
    return try LabelledRows(
      Matrix.stacked(parts), labels: labels, classes: dataset.classes.count)
  }
}
