import Explaining
import Ground
import Measures

/// A table of a paper, to be made of any dataset: its rows, and what it measures.
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
  /// Rows and columns of the paper that are not there, and why.
  public let missing: [String]
  public let measures: [Measure]
  /// How the paper's rows compare a class with others; nil of a table whose rows are the paper's as
  /// they stand, or compare nothing.
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

  /// Compared as the paper does, or in another way where its rows leave that open.
  public func explainers(
    _ settings: Method.Settings = .init(), _ other: ClassComparison? = nil
  ) -> [Explainer] {
    make(settings, (comparison == nil ? nil : other ?? comparison) ?? ClassComparison())
  }

  public static let all: [PaperTable] = finer + diffcam + glas + sfam
}
