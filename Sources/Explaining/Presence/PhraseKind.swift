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
/// phrases with one word for a color have the same phrase with each other color. Nothing is of the kind of
/// a phrase that denies something, such as "wings without red".
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
    guard !words.contains(where: Self.denials.contains),
      let kind = Self.listed(words, concept) ?? Self.colored(words, concept)
    else { return nil }
    self = kind
  }

  /// All kinds that a concept is of; none where no other phrases are known. The color of a mark says
  /// little where there is no such mark: "white eye ring" fits a bird with a white head. So a mark in a
  /// color of its own is also of the kind of all marks in that color.
  ///
  /// ```swift
  /// PhraseKind.all(of: "white eye ring").map(\.name)      // ["colors of eye ring", "white marks"]
  /// ```
  public static func all(of concept: String) -> [PhraseKind] {
    guard let kind = PhraseKind(of: concept) else { return [] }
    return [kind] + (marked(words(concept), concept, plain: kind.plain).map { [$0] } ?? [])
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
    guard let found = ColoredWords(words, colors) else { return nil }
    var phrases = colors.map { (found.before + $0 + found.after).joined(separator: " ") }
    phrases[found.color] = concept
    let plain = (found.before + found.after).joined(separator: " ")
    return PhraseKind("colors of \(plain)", phrases, found.color, plain: plain)
  }

  /// The marks of the color, if a mark stands behind the color.
  private static func marked(
    _ words: [String], _ concept: String, plain: String
  ) -> PhraseKind? {
    guard spellings[words] == nil, let found = ColoredWords(words, colors) else { return nil }
    let after = found.after.map(singular)
    let place = marks.indices.filter { after.starts(with: marks[$0].map(singular)) }
      .max { marks[$0].count < marks[$1].count }
    guard let place else { return nil }
    let rest = found.after.dropFirst(marks[place].count)
    let color = colors[found.color]
    var phrases = marks.map { (found.before + color + $0 + rest).joined(separator: " ") }
    phrases[place] = concept
    return PhraseKind("\(color.joined(separator: " ")) marks", phrases, place, plain: plain)
  }

  private static func singular(_ word: String) -> String {
    word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
  }

  private static let denials: Set<String> = ["no", "not", "non", "without", "neither", "nor"]

  /// The phrases of the file by their words; of equal ones the first.
  private static let spellings: [[String]: AttributePhrase] = Dictionary(
    Prompts.attributes.map { (words($0.phrase), $0) }, uniquingKeysWith: { first, _ in first })

  /// The words of each color of the file.
  private static let colors: [[String]] = Prompts.attributes.filter { $0.group == "wing_color" }
    .map { words($0.phrase).dropLast() }

  private static let marks: [[String]] = Prompts.marks.map { words($0) }
}

/// The words of a phrase that names one color, before and behind it.
private struct ColoredWords {
  /// Which of the colors it is.
  let color: Int
  let before: [String]
  let after: [String]

  /// Nil without a color and something besides it; and with a second color, since it is not known which of
  /// them is meant.
  init?(_ words: [String], _ colors: [[String]]) {
    let found = colors.enumerated().flatMap { place, color in
      words.indices.filter { words[$0...].starts(with: color) }.map {
        (place: place, start: $0, count: color.count)
      }
    }.max { $0.count < $1.count }
    guard let found, words.count > found.count else { return nil }
    color = found.place
    (before, after) = (
      Array(words[..<found.start]), Array(words[(found.start + found.count)...])
    )
    let rest = before + after
    let hasSecond = colors.contains { color in
      rest.indices.contains { rest[$0...].starts(with: color) }
    }
    if hasSecond { return nil }
  }
}
