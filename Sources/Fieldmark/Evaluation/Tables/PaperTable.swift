import Encoders

/// A table of a paper, to be made of any dataset: its rows, and what it measures.
///
///     let table = PaperTable(named: "finer-1")!
///     Evaluation(surroundings, table.contenders(settings), table.measures)
public struct PaperTable: Sendable {
  public let name: String
  public let summary: String
  public let paper: String
  /// Rows and columns of the paper that are not there, and why.
  public let missing: [String]
  public let measures: [Measure]
  private let make: @Sendable (Method.Settings) -> [Contender]

  init(
    _ name: String, _ summary: String, paper: String, missing: [String] = [],
    _ measures: [Measure], contenders: @escaping @Sendable (Method.Settings) -> [Contender]
  ) {
    self.name = name
    self.summary = summary
    self.paper = paper
    self.missing = missing
    self.measures = measures
    make = contenders
  }

  public func contenders(_ settings: Method.Settings = .init()) -> [Contender] { make(settings) }

  public static let all: [PaperTable] = finer + diffcam + glas + sfam

  public init?(named name: String) {
    guard let table = PaperTable.all.first(where: { $0.name == name }) else { return nil }
    self = table
  }
}
