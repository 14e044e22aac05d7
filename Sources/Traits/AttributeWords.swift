import Datasets
import Ground
import Words

/// The phrase for each attribute of a dataset, the plainer phrase that it is compared with, and the parts
/// at which it is seen.
///
/// ```swift
/// let words = AttributeWords(of: birds.attributes)
/// words.all[9]      // "blue wings", less "bird wings", at the left wing, the right wing
/// ```
///
/// The attributes of CUB-200-2011 have their phrases in `Prompts/`. Others get them from their names, or
/// from a file with a line for each attribute: its name, its phrase, the plainer phrase, and the parts,
/// separated by tabs, with commas between the parts. Columns that are left out at the end of a line keep
/// what follows from the name.
public struct AttributeWords: Equatable, Sendable {
  /// In the order of the attributes.
  public private(set) var all: [Words]
  /// What all pictures show: "bird".
  public let thing: String

  public struct Words: Equatable, Sendable {
    public var phrase: String
    public var base: String
    /// Empty for an attribute that belongs to no part in particular; nil if the parts are unknown.
    public var parts: [String]?

    public init(_ phrase: String, base: String, parts: [String]? = nil) {
      (self.phrase, self.base, self.parts) = (phrase, base, parts)
    }
  }

  public init(of attributes: [Attribute], thing: String = "bird") {
    self.thing = thing
    all = attributes.map { attribute in
      if let known = AttributeWords.known[attribute.name] {
        return Words(known.phrase, base: known.base, parts: Prompts.parts(of: known))
      }
      let words = [attribute.value, attribute.group].filter { !$0.isEmpty }
        .joined(separator: " ").map { $0 == "_" ? " " : $0 }
      return Words(String(words), base: thing)
    }
  }

  private static let known = Dictionary(
    Prompts.attributes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// The same, with the phrases of a file in place of those from the names.
  public init(of attributes: [Attribute], thing: String = "bird", from file: Path) throws {
    self.init(of: attributes, thing: thing)
    var places: [String: Int] = [:]
    for (place, attribute) in attributes.enumerated() { places[attribute.name] = place }
    let table = TextRows(try MappedFile(file), name: file.description)
    try table.eachRow { row in
      let line = String(decoding: row.bytes, as: UTF8.self)
      if line.hasPrefix("#") { return }
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map {
        String($0.drop(while: \.isWhitespace))
      }
      guard let place = places[columns[0]] else {
        throw InputError(
          "\(row.table) line \(row.line)", expected: "one of the \(attributes.count) attributes",
          found: "'\(printable(columns[0].utf8.prefix(80)))'",
          hint: nearest(to: columns[0], among: attributes.map(\.name)).map {
            "did you mean '\(printable($0.utf8))'?"
          } ?? "the name stands before the first tab")
      }
      if columns.count > 1, !columns[1].isEmpty { all[place].phrase = columns[1] }
      if columns.count > 2, !columns[2].isEmpty { all[place].base = columns[2] }
      if columns.count > 3 {
        all[place].parts = columns[3].split(separator: ",").map {
          String($0.drop(while: \.isWhitespace))
        }
      }
    }
  }

  /// Whether an attribute may lie at a place, which one that belongs to no part does not.
  public func isLocal(_ attribute: Int) -> Bool { all[attribute].parts?.isEmpty != true }

  /// All phrases of an audit, each once.
  public var phrases: [String] {
    var seen: Set<String> = []
    return (all.map(\.phrase) + all.map(\.base) + [thing]).filter { seen.insert($0).inserted }
  }
}
