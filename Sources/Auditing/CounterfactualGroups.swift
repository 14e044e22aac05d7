import Datasets
import Encoders
import Ground
import Nuisances
import Studies
import Traits

/// The embeddings of pictures in which one attribute was exchanged, and what margins they give.
///
///     let groups = CounterfactualGroups(folder, rows, places, table)
///     groups.numbers(of: 72, over: 110, choice, margins)
///
/// For a class and its look-alike, pictures count as changed toward the look-alike where they got an
/// attribute that the look-alike has more often than the class, by as many points as traits must have.
/// Pictures that got one which tells the two nothing are what these are compared with. The others, which got
/// more of what the class has already, say nothing.
public struct CounterfactualGroups: Sendable {
  package let fingerprint: String
  private let rows: Matrix
  private let groups: [CounterfactualFolder.Group: [Int]]
  private let known = OnceEach<ClassPair, [RunRecord.Number]>(most: 64)

  /// - Parameter places: Which of the folder's pictures has each row; some may have failed.
  public init(_ folder: CounterfactualFolder, _ rows: Matrix, places: [Int]) {
    fingerprint = folder.fingerprint
    self.rows = rows
    let row = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
    groups = folder.groups.mapValues { $0.compactMap { row[$0] } }.filter { !$0.value.isEmpty }
  }

  static let toward = "toward "
  static let beside = "beside "

  /// A number for each attribute, which is the same for every picture of the class.
  func numbers(
    of label: Int, over rival: Int, _ table: ClassAttributes, _ choice: AttributeChoice,
    _ margins: Margins
  ) -> [RunRecord.Number] {
    known.value(of: ClassPair(label, rival)) {
      groups.filter { $0.key.label == label }
        .sorted { $0.key.attribute < $1.key.attribute }
        .compactMap { group, places in
          let name = table.attributes[group.attribute].name
          let points =
            table.percentages[rival, group.attribute] - table.percentages[label, group.attribute]
          guard points > -choice.least,
            let found = MarginGroup(places.map { margins(rows.rows($0..<$0 + 1)) })
          else { return nil }
          let kind =
            points >= choice.least ? CounterfactualGroups.toward : CounterfactualGroups.beside
          return found.number(kind + name)
        }
    }
  }
}
