import Datasets
import Ground
import Parsing
import Studies

/// The pictures that a run is to have: those of a split and a part, or at most `--limit` of them.
///
/// ```swift
/// let asked = SelectedPictures(order: [3, 1, 2, 0], count: 2)
/// asked.numbers(having: [0])      // [0, 3]: what is there counts, and stays
/// ```
package struct SelectedPictures {
  /// All pictures of the part, in an order of which every beginning is evenly spread.
  private let order: [Int]
  let count: Int
  let hasLimit: Bool

  init(_ input: Input, _ dataset: Dataset) throws {
    let limit = input[RunOptions.limit]
    if let limit, limit < 1 {
      throw InputError("option --limit", expected: "at least 1", found: "\(limit)", kind: .words)
    }
    let shard = RunOptions.part(input)
    func part(_ numbers: some Sequence<Int>) -> [Int] {
      numbers.filter(shard.contains)
    }
    let split = SelectedPictures.numbers(of: dataset, input[RunOptions.split])
    let spread = evenSpread(of: split.count).map { split[$0] }
    self.init(order: part(spread), count: part(spread.prefix(limit ?? .max)).count, limit != nil)
  }

  package init(order: [Int], count: Int, _ hasLimit: Bool = true) {
    (self.order, self.count, self.hasLimit) = (order, count, hasLimit)
  }

  /// The pictures that the run is to have, in the order of the dataset: those that it has already,
  /// and as many of the others as are missing.
  package func numbers(having done: Set<Int>) -> [Int] {
    let there = order.filter { done.contains($0) }
    let others = order.lazy.filter { !done.contains($0) }.prefix(max(0, count - there.count))
    return (there + others).sorted()
  }

  /// The pictures of the split that have a class.
  private static func numbers(of dataset: Dataset, _ split: RunSplit) -> [Int] {
    let examples = dataset.examples
    let all = examples.indices.filter { examples.label($0) != nil }
    let tests = all.filter { examples.use($0) == .test }
    return switch split {
    case .test: tests.isEmpty ? all : tests
    case .training: all.filter { examples.use($0) == .training }
    case .all: all
    }
  }
}
