import Glibc
import Words

/// The parts of a bird on which two classes differ, according to the annotators' answers about
/// attributes.
///
/// ```swift
/// let parts = DiscriminantParts(percentages: labels)
/// parts(of: 9, and: 8)      // ["beak", "belly", "breast", ...]
/// ```
///
/// Each part has groups of attributes (`Prompts/discriminant-parts.txt`). Within a group, a softmax
/// turns the percentages of the two classes into shares p and q, and the groups' divergences are
/// averaged:
///
///     d(p, q) = sum_i p_i log(2 p_i / (p_i + q_i)) + q_i log(2 q_i / (p_i + q_i))
///
/// A part is discriminant if its divergence is above the 20th percentile of the divergences of all
/// parts and all pairs of classes. (Wang and Vasconcelos 2020, SCOUT, arXiv 2004.07769, by
/// `make_gt_cub.py` of peiwang062/SCOUT; GALORE and DiffCAM's table 2 use the same.)
///
/// Two details of that code matter. First, the softmax is taken of percentages from 0 to 100 as
/// they are, so the most frequent value of a group gets nearly everything. Therefore 42 of
/// CUB-200-2011's 19,900 pairs have no discriminant part, among them Red-winged and Brewer's
/// Blackbird. Second, every pair is counted twice, and each class is paired with itself, with
/// divergence 0. With few classes, these zeros are a large part of the lowest fifth.
public struct DiscriminantParts: Sendable {
  /// The dataset's names of the parts, in its order.
  public let parts: [String]
  /// The divergence above which a part is discriminant.
  public let threshold: Double
  /// For each part, the divergences of all pairs of classes, row by row.
  private let divergences: [[Double]]
  private let classes: Int

  /// - Parameter percentages: A row for each class, as in CUB-200-2011's
  ///   `class_attribute_labels_continuous.txt`, with a percentage for each attribute.
  public init(
    percentages: [[Double]], attributes: [AttributePhrase] = Prompts.attributes,
    parts: [PartGroups] = Prompts.discriminantParts
  ) {
    precondition(
      percentages.allSatisfy { $0.count == attributes.count },
      "Every class has a percentage for every attribute.")
    let classes = percentages.count
    var known: [[String]: [Double]] = [:]
    let divergences = parts.map { part -> [Double] in
      // Left and right parts have the same groups.
      if let found = known[part.groups] { return found }
      let places = part.groups.map { group in
        attributes.indices.filter { attributes[$0].group == group }
      }
      let found = meanDivergences(percentages, places)
      known[part.groups] = found
      return found
    }
    let sorted = divergences.flatMap { $0 }.sorted()
    self.parts = parts.map(\.part)
    self.divergences = divergences
    self.classes = classes
    threshold = sorted.isEmpty ? 0 : sorted[Int(0.2 * Double(sorted.count))]
  }

  /// The divergence of a part between two classes, which are given by their rows.
  public func divergence(of part: String, _ a: Int, _ b: Int) -> Double? {
    let pair = place(a, b)
    return parts.firstIndex(of: part).map { divergences[$0][pair] }
  }

  public func callAsFunction(of a: Int, and b: Int) -> [String] {
    let pair = place(a, b)
    return parts.indices.filter { divergences[$0][pair] > threshold }.map { parts[$0] }
  }

  /// The index of a pair. Without the check, a class that is too large would silently index another
  /// pair.
  private func place(_ a: Int, _ b: Int) -> Int {
    precondition(
      (0..<classes).contains(a) && (0..<classes).contains(b), "Classes are rows of the table.")
    return a * classes + b
  }
}

/// The divergence of every pair of classes, averaged over groups of attributes.
private func meanDivergences(_ percentages: [[Double]], _ groups: [[Int]]) -> [Double] {
  let classes = percentages.count
  var sums = [Double](repeating: 0, count: classes * classes)
  for group in groups {
    let shares = percentages.map { row in softmax(group.map { row[$0] }) }
    for a in 0..<classes {
      for b in 0..<a {
        let divergence = divergence(shares[a], shares[b]) / Double(groups.count)
        sums[a * classes + b] += divergence
        sums[b * classes + a] += divergence
      }
    }
  }
  return sums
}

private func softmax(_ numbers: [Double]) -> [Double] {
  let most = numbers.max() ?? 0
  let powers = numbers.map { exp($0 - most) }
  let sum = powers.reduce(0, +)
  return powers.map { $0 / sum }
}

/// Twice the Jensen-Shannon divergence, in nats: 0 for equal shares, 2 log 2 for disjoint ones.
private func divergence(_ p: [Double], _ q: [Double]) -> Double {
  var sum = 0.0
  for (p, q) in zip(p, q) {
    if p > 0 { sum += p * log(2 * p / (p + q)) }
    if q > 0 { sum += q * log(2 * q / (p + q)) }
  }
  return sum
}
