import Encoders
import Explaining
import Ground

/// For each class and attribute, the percentage of people who saw it: what tells classes apart,
/// according to people.
///
/// ```swift
/// let table = birds.classAttributes!
/// let differences = table.differences(from: grackle, to: blackbird)
/// table.attributes[differences[0].attribute].name      // has_wing_pattern::multi-colored
/// ```
///
/// In CUB-200-2011 a group that allows one answer (a bill's shape) sums to 100 for each class, one
/// that allows several (a color) to as much as 291. A difference of 40 in one is therefore not
/// what it is in the other; `normalizedByGroup` makes them comparable.
public struct ClassAttributes: Equatable, Sendable {
  public let attributes: [Attribute]
  /// A row a class, a column an attribute, from 0 to 100.
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

  /// Target minus confuser for every attribute, the largest first; of equals the one that comes
  /// first in the table. (Zhang et al. 2025, arXiv 2501.11309, appendix: the first three are their
  /// prompts.)
  public func differences(from confuser: Int, to target: Int) -> [Difference] {
    attributes.indices.map {
      Difference(attribute: $0, points: percentages[target, $0] - percentages[confuser, $0])
    }.sorted { ($1.points, $0.attribute) < ($0.points, $1.attribute) }
  }

  /// The other classes, those with the most similar row first, by the cosine of rows; a row of
  /// zeros is like nothing.
  public func nearest(to target: Int) -> [(label: Int, cosine: Float)] {
    let unit = percentages.scaledToUnitRows()
    return (0..<percentages.rows).filter { $0 != target }.map {
      other -> (label: Int, cosine: Float) in
      (other, zip(unit[row: target], unit[row: other]).reduce(0) { $0 + $1.0 * $1.1 })
    }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  /// The columns of each group, in the order of their first.
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

  /// Every group of every class scaled to sum to 100: with p the percentages of a group,
  ///
  ///     p'_i = 100 p_i / sum_j p_j
  ///
  /// A group that nobody saw anything of stays at zero.
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

  /// Of names and percentages, as one SHA-256.
  package var fingerprint: String {
    var digest = Digest.sha256(of: attributes.map(\.name))
    digest.add([UInt8](bytesOf: percentages.elements))
    return digest.hexadecimal
  }
}

extension ClassAttributes {
  /// As it stands beside a head's weights: `{"names": [...], "percentages": [[...], ...]}`.
  package var json: JSON {
    [
      "names": .array(attributes.map { .string($0.name) }),
      "percentages": .array(
        (0..<percentages.rows).map { .array(percentages[row: $0].map { JSON($0) }) }),
    ]
  }

  /// Nil where it is no such table of so many classes.
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
  /// What its classes have, where it was told when it was trained.
  public var attributes: ClassAttributes? {
    attributeTable.flatMap { ClassAttributes($0, classes: targets.count) }
  }
}
