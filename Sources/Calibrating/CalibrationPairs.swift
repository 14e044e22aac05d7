import Auditing
import Datasets
import Ground

/// Two classes that look alike, and the pictures of them that may be used, in the order in which they are
/// tried.
package struct CalibrationPair: Sendable {
  package let first: Int
  package let second: Int
  let pictures: [[Int]]

  /// How many pictures of each class are needed, and how many are used at most.
  package static let fewest = 6
  package static let most = 12
}

extension CalibrationPair {
  /// Pairs of look-alikes by the table of attributes, or with the class that all are compared with, as
  /// many as are asked for, evenly from all that have enough pictures.
  package static func chosen(_ count: Int, _ audit: Audit) throws -> [CalibrationPair] {
    let all = all(audit)
    guard !all.isEmpty else {
      throw InputError(
        "a calibration",
        expected: "two classes that look alike with at least \(fewest) pictures of each",
        found: "none")
    }
    guard count <= all.count else {
      throw InputError(
        "a calibration",
        expected:
          "at most \(counted(all.count, "pair")) of classes, as many as look alike and have "
          + "\(fewest) pictures of each", found: "\(count)", kind: .words)
    }
    return (0..<count).map { all[$0 * all.count / count] }
  }

  private static func all(_ audit: Audit) -> [CalibrationPair] {
    let context = audit.context
    var members: [Int: [Int]] = [:]
    for number in context.dataset.examples.indices {
      if let label = context.dataset.examples.label(number) {
        members[label, default: []].append(number)
      }
    }
    let labels = context.classifier.targets.indices.filter {
      members[$0, default: []].count >= fewest
    }
    var seen: Set<[Int]> = []
    return labels.compactMap { label -> CalibrationPair? in
      guard let rival = rival(of: label, among: Set(labels), audit),
        seen.insert([label, rival].sorted()).inserted
      else { return nil }
      let (first, second) = (min(label, rival), max(label, rival))
      return CalibrationPair(
        first: first, second: second,
        pictures: [first, second].map { label in
          var random = SplitMix(seed: context.seed, 1 << 23 + label)
          return members[label, default: []].shuffled(using: &random)
        })
    }
  }

  private static func rival(of label: Int, among labels: Set<Int>, _ audit: Audit) -> Int? {
    if case .named(let rival) = audit.lookAlike {
      return rival != label && labels.contains(rival) ? rival : nil
    }
    return audit.vocabulary.table.nearest(to: label).map(\.label).first(where: labels.contains)
  }
}
