import Datasets
import Ground

/// Which pictures of a dataset train a head, and which judge it.
///
/// ```swift
/// let split = try ProbeSplit(dataset)
/// split.training.count      // 5994
/// ```
///
/// Pictures without a class do neither. Where the dataset tells no two uses apart, every fifth picture
/// of each class judges, so that all classes do both; pictures for validation are left out where there
/// are some for test, and judge where there are not.
public struct ProbeSplit: Sendable {
  public let training: [Example]
  public let test: [Example]
  /// Whether the dataset itself says which judge.
  public let isTheDatasets: Bool

  public init(_ dataset: Dataset) throws {
    let labeled = dataset.examples.filter { $0.label != nil }
    let trains = labeled.filter { $0.use == .training }
    let tests = labeled.filter { $0.use == .test }
    let scorers = tests.isEmpty ? labeled.filter { $0.use == .validation } : tests
    try ProbeSplit.check(trains.isEmpty || scorers.isEmpty ? labeled : trains, dataset)
    if !trains.isEmpty, !scorers.isEmpty {
      (training, test, isTheDatasets) = (trains, scorers, true)
      return
    }
    var seen = [Int](repeating: 0, count: dataset.classes.count)
    var (some, others): ([Example], [Example]) = ([], [])
    for example in labeled {
      guard let label = example.label else { continue }
      seen[label] += 1
      if seen[label].isMultiple(of: 5) { others.append(example) } else { some.append(example) }
    }
    guard !others.isEmpty else {
      throw InputError(
        dataset.path.description, expected: "at least five pictures of some class",
        found: "\(labeled.count) pictures with a class",
        hint: "a head is trained on four fifths of a class and judged by the rest")
    }
    (training, test, isTheDatasets) = (some, others, false)
  }

  /// Throws where all pictures for training are of one class: nothing tells it from others.
  private static func check(_ examples: [Example], _ dataset: Dataset) throws {
    guard let first = examples.first?.label, examples.allSatisfy({ $0.label == first }) else {
      return
    }
    throw InputError(
      dataset.path.description,
      expected: "pictures of at least two classes, which a head is to tell apart",
      found:
        "\(counted(examples.count, "picture")) of one class, '\(dataset.spokenName(of: first))'")
  }
}
