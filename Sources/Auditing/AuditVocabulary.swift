import Datasets
import Encoders
import Explaining
import Ground

/// What an audit's words mean to a model: a comparison for each attribute, which depends on the class
/// that a picture's own is told apart from.
public struct AuditVocabulary: Sendable {
  /// What an attribute's phrase is compared with.
  public enum Base: String, CaseIterable, Named {
    public static let kind = "a base"

    /// What most people saw of the other class in the same group, "black wings"; where it has nothing
    /// of its own there, the part.
    case rival
    /// The part without the trait: "bird wings".
    case part
    /// What all pictures show, "bird": the paper's way.
    case thing
  }

  public let table: ClassAttributes
  public let words: AttributeWords
  let base: Base
  let strength: Float
  private let phrases: [Target]
  private let bases: [Target]
  private let thing: Target
  /// Each attribute's phrase less the part without the trait, which no other class has a say in.
  private let alone: [Target]
  /// A few megabytes for each rival with the largest models.
  private let known = OnceEach<Int, [Target]>(most: 64)

  /// So many of a hundred people make something a class's own.
  static let most: Float = 50

  /// The function gives what a phrase means.
  public init(
    _ table: ClassAttributes, _ words: AttributeWords, base: Base = .rival, strength: Float = 0.6,
    target: (String) throws -> Target
  ) rethrows {
    (self.table, self.words, self.base, self.strength) = (table, words, base, strength)
    phrases = try words.all.map { try target($0.phrase) }
    bases = try words.all.map { try target($0.base) }
    thing = try target(words.thing)
    alone = zip(phrases, bases).map {
      $0.compared(with: [$1], strength: strength).asOneDirection
    }
  }

  /// How far each attribute's words fit a picture, whatever its class is told apart from.
  func scores(_ embedding: Matrix) -> [Float] { alone.map { $0(embedding) } }

  /// Each attribute's phrase less what it is compared with, where another class is the rival.
  func contrasts(against rival: Int) -> [Target] {
    known.value(of: rival) {
      let groups = Dictionary(
        table.groups.map { ($0.name, $0.columns) }, uniquingKeysWith: { first, _ in first })
      return table.attributes.indices.map { attribute in
        phrases[attribute].compared(
          with: references(of: attribute, groups, against: rival), strength: strength
        ).asOneDirection
      }
    }
  }

  private func references(
    of attribute: Int, _ groups: [String: [Int]], against rival: Int
  ) -> [Target] {
    switch base {
    case .thing: return [thing]
    case .part: return [bases[attribute]]
    case .rival:
      let others = (groups[table.attributes[attribute].group] ?? []).filter {
        $0 != attribute && table.percentages[rival, $0] >= AuditVocabulary.most
      }
      return others.isEmpty ? [bases[attribute]] : others.map { phrases[$0] }
    }
  }
}
