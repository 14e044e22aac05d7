import Encoders
import Ground
import Reports

/// How similar classes are to a head: the cosine of each pair of rows (Finer-CAM, eq. 11 and figure
/// 1).
///
/// ```swift
/// let cosines = ClassCosines(head.weights, names: names)
/// cosines.nearest(to: 9, 3).map { cosines.names[$0] }      // what it is most easily taken for
/// ```
public struct ClassCosines: Sendable {
  public let names: [String]
  /// A symmetric matrix with 1 on the diagonal; 0 in the row and column of a zero row.
  public let values: Matrix

  public init(_ weights: Matrix, names: [String]) {
    precondition(names.count == weights.rows, "Each row has a name.")
    let unit = weights.scaledToUnitRows()
    self.names = names
    values = unit.timesTurned(unit)
  }

  /// The most similar other classes; in a tie, the one with the lower index comes first.
  public func nearest(to label: Int, _ count: Int) -> [Int] {
    let others = names.indices.filter { $0 != label }
    return Array(
      others.sorted { (-values[label, $0], $0) < (-values[label, $1], $1) }.prefix(count))
  }

  /// The text in the corner of the table, by which the file is recognized as Fieldmark's.
  private static let corner = "fieldmark cosines"
  package static let format = OwnFile.Format.table(corner + ",")

  /// Comma-separated values: a first row of names, then a row for each class.
  public var csv: String {
    let head = ([ClassCosines.corner] + names).map(\.asCSV).joined(separator: ",")
    let rows = names.indices.map { row in
      names[row].asCSV + "," + values[row: row].map { "\($0)" }.joined(separator: ",")
    }
    return ([head] + rows).joined(separator: "\n") + "\n"
  }

  /// The paper's figure 1: each class's cosines with the others, sorted from the largest on and
  /// averaged over classes by rank. Similar classes raise the values of the first ranks.
  public var meanByRank: [Double] {
    guard names.count > 1 else { return [] }
    var sums = [Double](repeating: 0, count: names.count - 1)
    for label in names.indices {
      let others = names.indices.filter { $0 != label }.map { values[label, $0] }
      for (rank, value) in others.sorted(by: >).enumerated() { sums[rank] += Double(value) }
    }
    return sums.map { $0 / Double(names.count) }
  }
}

extension ClassCosines {
  /// The paper's figure 1 for this head.
  public var plot: LinePlot {
    LinePlot(
      "How similar the classes are", x: "rank of the other class, the most similar first",
      y: "mean cosine of their rows",
      [
        .init(
          "\(names.count) classes",
          meanByRank.enumerated().map { (x: Double($0 + 1), y: $1) })
      ])
  }

  /// The files that `write` makes in a folder, with their kinds.
  public static let files: [(name: Path, kind: OwnFile.Kind)] = [
    ("cosines.csv", .table), ("cosines.svg", .plot),
  ]

  /// Writes the table and the plot.
  public func write(to folder: Path) throws {
    try folder.createFolder()
    for (file, text) in zip(ClassCosines.files, [csv, OwnFile.comment + plot.svg]) {
      try Ground.write(Array(text.utf8), to: folder / file.name)
    }
  }
}
