import Datasets
import Ground
import Words

/// What to say for each attribute of a dataset, what to compare that with, and where it is seen.
///
/// ```swift
/// let words = AttributeWords(of: birds.attributes)
/// words.all[9]      // "blue wings", less "bird wings", at the left wing, the right wing
/// ```
///
/// CUB-200-2011's attributes have their words in `Prompts/`; others get them from their names, or from
/// a file: a line for each attribute, with its name, its phrase, the plainer phrase to compare it with
/// and the parts at which it is seen with commas between, tabs between these. Whatever is left out at
/// the end of a line is as if there were no line.
public struct AttributeWords: Equatable, Sendable {
  /// In the order of the attributes.
  public private(set) var all: [Words]
  /// What all pictures show: "bird".
  public let thing: String

  public struct Words: Equatable, Sendable {
    public var phrase: String
    public var base: String
    /// None for what belongs to no part in particular; nil where nobody said.
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

  /// The same with a file's words in their place.
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

  /// Whether an attribute may be looked for at a place: what is said to belong to no part may not.
  public func isLocal(_ attribute: Int) -> Bool { all[attribute].parts?.isEmpty != true }

  /// Every phrase that is ever asked for, once.
  public var phrases: [String] {
    var seen: Set<String> = []
    return (all.map(\.phrase) + all.map(\.base) + [thing]).filter { seen.insert($0).inserted }
  }
}
