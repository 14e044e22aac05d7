import Explaining
import Ground
import Measures

/// A table of a paper that can be computed for any dataset: its rows and its measures.
///
/// ```swift
/// let table = PaperTable(named: "finer-1")!
/// Evaluation(context, table.explainers(), table.measures)
/// ```
public struct PaperTable: Named {
  public static let kind = "a table"

  public let name: String
  public let summary: String
  public let paper: String
  /// The rows and columns of the paper that are missing here, and why.
  public let missing: [String]
  public let measures: [Measure]
  /// How the paper's rows compare a class with others. Nil for a table whose rows have fixed
  /// comparisons or none.
  public let comparison: ClassComparison?
  private let make: @Sendable (Method.Settings, ClassComparison) -> [Explainer]

  init(
    _ name: String, _ summary: String, paper: String, missing: [String] = [],
    _ measures: [Measure], explainers: @escaping @Sendable (Method.Settings) -> [Explainer]
  ) {
    self.init(name, summary, paper: paper, missing: missing, measures, nil) { settings, _ in
      explainers(settings)
    }
  }

  init(
    _ name: String, _ summary: String, paper: String, missing: [String] = [],
    _ measures: [Measure], _ comparison: ClassComparison?,
    explainers: @escaping @Sendable (Method.Settings, ClassComparison) -> [Explainer]
  ) {
    self.name = name
    self.summary = summary
    self.paper = paper
    self.missing = missing
    self.measures = measures
    self.comparison = comparison
    make = explainers
  }

  /// The rows with the paper's comparison, or with another one if the table allows that.
  public func explainers(
    _ settings: Method.Settings = .init(), _ other: ClassComparison? = nil
  ) -> [Explainer] {
    make(settings, (comparison == nil ? nil : other ?? comparison) ?? ClassComparison())
  }

  public static let all: [PaperTable] = finer + diffcam + glas + sfam
}
