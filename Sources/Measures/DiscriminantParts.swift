import Glibc
import Words

/// On which parts of the bird two classes differ, by what people said of their attributes.
///
/// ```swift
/// let parts = DiscriminantParts(percentages: labels)
/// parts(of: 9, and: 8)      // ["beak", "belly", "breast", ...]
/// ```
///
/// For each part, the attributes of its groups (`Prompts/discriminant-parts.txt`) are made shares of a
/// group by softmax, p of one class and q of the other, and the groups' divergences are averaged:
///
///     d(p, q) = sum_i p_i log(2 p_i / (p_i + q_i)) + q_i log(2 q_i / (p_i + q_i))
///
/// A part is discriminant for the two where this lies above the value that a fifth of all values, over
/// all parts and all pairs of classes, lie below. (Wang and Vasconcelos 2020, SCOUT, arXiv 2004.07769,
/// by `make_gt_cub.py` of peiwang062/SCOUT; GALORE and DiffCAM's table 2 take the same.)
///
/// Two things of that code matter. The softmax is taken of percentages from 0 to 100 as they stand,
/// so that the group's most frequent value has nearly everything: of CUB-200-2011's 19,900 pairs 42
/// have no discriminant part, Red-winged and Brewer's Blackbird among them. And every pair is there
/// twice, and every class beside itself with 0: with few classes these zeros are much of the fifth.
public struct DiscriminantParts: Sendable {
  /// The dataset's names, in its order.
  public let parts: [String]
  /// What a discriminant part's divergence lies above.
  public let threshold: Double
  /// Of each part, class by class.
  private let divergences: [[Double]]
  private let classes: Int

  /// Percentages are rows of CUB-200-2011's `class_attribute_labels_continuous.txt`: a class's number
  /// for each attribute.
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
      // Left and right have the same groups.
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

  /// Classes by their rows.
  public func divergence(of part: String, _ a: Int, _ b: Int) -> Double? {
    let pair = place(a, b)
    return parts.firstIndex(of: part).map { divergences[$0][pair] }
  }

  public func callAsFunction(of a: Int, and b: Int) -> [String] {
    let pair = place(a, b)
    return parts.indices.filter { divergences[$0][pair] > threshold }.map { parts[$0] }
  }

  /// One class too many would else be another pair's.
  private func place(_ a: Int, _ b: Int) -> Int {
    precondition(
      (0..<classes).contains(a) && (0..<classes).contains(b), "Classes are rows of the table.")
    return a * classes + b
  }
}

/// Each class beside each, over groups of attributes.
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

/// Twice the divergence of Jensen and Shannon, in nats: 0 for the same, 2 log 2 for no value in common.
private func divergence(_ p: [Double], _ q: [Double]) -> Double {
  var sum = 0.0
  for (p, q) in zip(p, q) {
    if p > 0 { sum += p * log(2 * p / (p + q)) }
    if q > 0 { sum += q * log(2 * q / (p + q)) }
  }
  return sum
}
