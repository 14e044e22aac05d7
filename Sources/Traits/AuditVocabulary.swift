import Datasets
import Encoders
import Explaining
import Ground

/// The targets of an audit's phrases: for each attribute, its phrase compared with a reference that
/// depends on the look-alike.
public struct AuditVocabulary: Sendable {
  /// What an attribute's phrase is compared with.
  public enum Base: String, CaseIterable, Named {
    public static let kind = "a base"

    /// The attribute that most people saw in the look-alike in the same group, such as "black wings"; if
    /// there is none, the part.
    case rival
    /// The part without the trait: "bird wings".
    case part
    /// What all pictures show, "bird": the paper's way.
    case thing
  }

  public let table: ClassAttributes
  public let words: AttributeWords
  package let base: Base
  package let strength: Float
  private let phrases: [Target]
  private let bases: [Target]
  private let thing: Target
  /// Each attribute's phrase minus the part without the trait, which does not depend on the look-alike.
  private let alone: [Target]
  /// The targets against each look-alike; a few megabytes each with the largest models.
  private let known = OnceEach<Int, [Target]>(most: 64)

  /// The percentage from which an attribute counts as one that a class has.
  package static let most: Float = 50

  /// - Parameter target: Returns the target of a phrase.
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

  /// How well each attribute's phrase fits a picture, whatever the look-alike is.
  package func scores(_ embedding: Matrix) -> [Float] { alone.map { $0(embedding) } }

  package func score(of attribute: Int, _ embedding: Matrix) -> Float {
    alone[attribute](embedding)
  }

  /// Each attribute's phrase minus its reference, for a given look-alike.
  package func contrasts(against rival: Int) -> [Target] {
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
