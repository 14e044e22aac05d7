import Words

/// Phrases that say the same kind of thing as a concept: the colors of a wing, the shapes of a bill. A
/// concept that is in a picture should fit it better than most of these.
///
/// ```swift
/// let kind = PhraseKind(of: "red epaulets")!
/// kind.phrases.count      // 15 colors of epaulets
/// kind.plain              // epaulets
/// PhraseKind(of: "epaulets")      // nil: nothing else is of its kind
/// ```
///
/// A phrase of `Prompts/attributes.txt`, however it is spelled, has the phrases of its group there. Other
/// phrases with one word for a color have the same phrase with each other color.
public struct PhraseKind: Equatable, Sendable {
  /// What the phrases say: `wing color`, or `colors of epaulets`.
  public let name: String
  /// All phrases, the concept among them.
  public let phrases: [String]
  /// Which of them is the concept.
  public let place: Int
  /// The phrase without what is of this kind.
  public let plain: String

  /// Nil where no other phrases of the concept's kind are known.
  public init?(of concept: String) {
    let words = Self.words(concept)
    guard let kind = Self.listed(words, concept) ?? Self.colored(words, concept) else { return nil }
    self = kind
  }

  private init(_ name: String, _ phrases: [String], _ place: Int, plain: String) {
    (self.name, self.phrases, self.place, self.plain) = (name, phrases, place, plain)
  }

  /// Spelling that makes no difference: case, commas, hyphens, articles, and the British gray.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
      .filter { !["a", "an", "the"].contains($0) }.map { $0 == "grey" ? "gray" : $0 }
  }

  private static func listed(_ words: [String], _ concept: String) -> PhraseKind? {
    guard let found = spellings[words] else { return nil }
    let group = Prompts.attributes.filter { $0.group == found.group }
    let place = group.firstIndex { $0.name == found.name } ?? 0
    var phrases = group.map(\.phrase)
    // The concept is asked in the user's own spelling.
    phrases[place] = concept
    return PhraseKind(
      found.group.split(separator: "_").joined(separator: " "), phrases, place, plain: found.base)
  }

  private static func colored(_ words: [String], _ concept: String) -> PhraseKind? {
    let found = colors.enumerated().flatMap { place, color in
      words.indices.filter { words[$0...].starts(with: color) }.map {
        (place: place, start: $0, count: color.count)
      }
    }.max { $0.count < $1.count }
    guard let found, words.count > found.count else { return nil }
    let (before, after) = (words[..<found.start], words[(found.start + found.count)...])
    let rest = Array(before + after)
    // With a second color it is not known which of them is meant.
    guard
      !colors.contains(where: { color in rest.indices.contains { rest[$0...].starts(with: color) } }
      )
    else { return nil }
    var phrases = colors.map { (before + $0 + after).joined(separator: " ") }
    phrases[found.place] = concept
    let plain = rest.joined(separator: " ")
    return PhraseKind("colors of \(plain)", phrases, found.place, plain: plain)
  }

  /// The phrases of the file by their words; of equal ones the first.
  private static let spellings: [[String]: AttributePhrase] = Dictionary(
    Prompts.attributes.map { (words($0.phrase), $0) }, uniquingKeysWith: { first, _ in first })

  /// The words of each color of the file.
  private static let colors: [[String]] = Prompts.attributes.filter { $0.group == "wing_color" }
    .map { words($0.phrase).dropLast() }
}
