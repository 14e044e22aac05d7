import Encoders
import Explaining
import Ground

/// For each class and attribute, the percentage of annotators who saw it. The table tells which
/// attributes distinguish two classes in the eyes of people.
///
/// ```swift
/// let table = birds.classAttributes!
/// let differences = table.differences(from: grackle, to: blackbird)
/// table.attributes[differences[0].attribute].name      // has_wing_pattern::multi-colored
/// ```
///
/// In CUB-200-2011, a group that allows a single answer (a bill's shape) sums to 100 for each
/// class, and a group that allows several (a color) sums to as much as 291. A difference of 40
/// points therefore does not mean the same in both kinds of groups; `normalizedByGroup` makes them
/// comparable.
public struct ClassAttributes: Equatable, Sendable {
  public let attributes: [Attribute]
  /// Percentages from 0 to 100, with a row for each class and a column for each attribute.
  public let percentages: Matrix

  public init(_ attributes: [Attribute], _ percentages: Matrix) {
    precondition(
      percentages.columns == attributes.count, "Each attribute has a column of percentages.")
    (self.attributes, self.percentages) = (attributes, percentages)
  }

  /// How much more often one class has an attribute than another, in percentage points.
  public struct Difference: Equatable, Sendable {
    public let attribute: Int
    public let points: Float
  }

  /// Target minus confuser for every attribute, the largest first; equal differences keep the order
  /// of the table. Zhang et al. (2025, arXiv 2501.11309, appendix) use the first three as prompts.
  public func differences(from confuser: Int, to target: Int) -> [Difference] {
    attributes.indices.map {
      Difference(attribute: $0, points: percentages[target, $0] - percentages[confuser, $0])
    }.sorted { ($1.points, $0.attribute) < ($0.points, $1.attribute) }
  }

  /// The other classes, ordered by the cosine of their rows with the target's, the most similar
  /// first. A row of zeros has cosine 0 with every other.
  public func nearest(to target: Int) -> [(label: Int, cosine: Float)] {
    let unit = percentages.scaledToUnitRows()
    return (0..<percentages.rows).filter { $0 != target }.map {
      other -> (label: Int, cosine: Float) in
      (other, zip(unit[row: target], unit[row: other]).reduce(0) { $0 + $1.0 * $1.1 })
    }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// The columns of each group; groups come in the order of their first columns.
  public var groups: [(name: String, columns: [Int])] {
    var places: [String: Int] = [:]
    var groups: [(name: String, columns: [Int])] = []
    for (column, attribute) in attributes.enumerated() {
      if let place = places[attribute.group] {
        groups[place].columns.append(column)
      } else {
        places[attribute.group] = groups.count
        groups.append((attribute.group, [column]))
      }
    }
    return groups
  }

  /// The table in which every group of every class is scaled to sum to 100: with p the percentages
  /// of a group,
  ///
  ///     p'_i = 100 p_i / sum_j p_j
  ///
  /// A group of which nobody saw anything stays at zero.
  public func normalizedByGroup() -> ClassAttributes {
    var scaled = percentages
    for (_, columns) in groups {
      for row in 0..<percentages.rows {
        let sum = columns.reduce(Float(0)) { $0 + percentages[row, $1] }
        for column in columns where sum > 0 {
          scaled[row, column] = 100 * percentages[row, column] / sum
        }
      }
    }
    return ClassAttributes(attributes, scaled)
  }

  /// The SHA-256 of names and percentages.
  package var fingerprint: String {
    var digest = Digest.sha256(of: attributes.map(\.name))
    digest.add([UInt8](bytesOf: percentages.elements))
    return digest.hexadecimal
  }
}

extension ClassAttributes {
  /// The form in which the table is stored beside a head's weights: `{"names": [...],
  /// "percentages": [[...], ...]}`.
  package var json: JSON {
    [
      "names": .array(attributes.map { .string($0.name) }),
      "percentages": .array(
        (0..<percentages.rows).map { .array(percentages[row: $0].map { JSON($0) }) }),
    ]
  }

  /// Nil unless the JSON is such a table with the given number of classes.
  package init?(_ json: JSON, classes: Int) {
    let names = json["names"]?.array?.compactMap(\.string) ?? []
    let rows = (json["percentages"]?.array ?? []).map { ($0.array ?? []).compactMap(\.number) }
    guard !names.isEmpty, rows.count == classes,
      rows.allSatisfy({ $0.count == names.count && $0.allSatisfy { (0...100).contains($0) } })
    else { return nil }
    self.init(
      names.map { Attribute($0) },
      Matrix(rows: classes, columns: names.count, rows.flatMap { $0.map { Float($0) } }))
  }
}

extension Classifier {
  /// The attributes of the classifier's classes, where they were stored with it at training.
  public var attributes: ClassAttributes? {
    attributeTable.flatMap { ClassAttributes($0, classes: targets.count) }
  }
}
