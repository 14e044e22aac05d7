import Datasets
import Ground

/// Divides the pictures of a dataset into those that train a head and those that test it.
///
/// ```swift
/// let split = try ProbeSplit(dataset)
/// split.training.count      // 5994
/// ```
///
/// Pictures without a class are left out. If the dataset lacks training pictures or pictures to
/// test on, every fifth picture of each class is a test picture, so that all classes are in both
/// sets. Validation pictures are test pictures if there are no others, and are left out otherwise.
public struct ProbeSplit: Sendable {
  public let training: [Example]
  public let test: [Example]
  /// Whether the split is the dataset's own.
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
        hint: "a classifier is trained on four fifths of each class and tested on the rest")
    }
    (training, test, isTheDatasets) = (some, others, false)
  }

  /// Throws if all training pictures have the same class, since there would be nothing to tell
  /// apart.
  private static func check(_ examples: [Example], _ dataset: Dataset) throws {
    guard let first = examples.first?.label, examples.allSatisfy({ $0.label == first }) else {
      return
    }
    throw InputError(
      dataset.path.description,
      expected: "pictures of at least two classes, which a classifier is to tell apart",
      found:
        "\(counted(examples.count, "picture")) of one class, '\(dataset.spokenName(of: first))'")
  }
}
