import Ground

/// Whether a concept is in a picture at all. Every map lights up somewhere, that of a white eye ring on a
/// bird without one as well.
///
/// ```swift
/// let asked = try AskedPresence(of: clip.target("red epaulets")) { try clip.targets($0) }
/// asked?.presence { tiles.score($0) }.sentence
/// // 'red epaulets' is probably not there: of 15 phrases for colors of epaulets 'black epaulets' fits ...
/// ```
///
/// Let s be the score of the concept, b that of the phrase of its kind that fits best, and m the median of
/// all of these. The concept is said to be probably not there where it falls far behind,
///
///     (b - s) / (b - m)  >  0.45
///
/// A bird may have two colors on its wing, so that the second one is not missing because another is
/// first; and a ratio does not depend on how a model scales its scores. The number was chosen on drawn birds
/// and the built-in model. A mark in a color ("white eye ring") must not fall behind in either of its two
/// kinds: the colors of the mark, and the marks in the color. What is asked of a picture without any bird
/// has a best phrase, too: being first of its kind proves nothing.
public struct Presence: Equatable, Sendable {
  public enum Verdict: String, Sendable {
    case there
    case absent = "probably not there"
  }

  public let kind: PhraseKind
  /// The score of each phrase of the kind.
  public let scores: [Float]
  /// The score of the phrase without what is of this kind.
  public let plainScore: Float

  public init(_ kind: PhraseKind, scores: [Float], plainScore: Float) {
    precondition(scores.count == kind.phrases.count, "Every phrase has a score.")
    (self.kind, self.scores, self.plainScore) = (kind, scores, plainScore)
  }

  /// How far a concept may fall behind the best phrase, as a share of the way to the median.
  static let mark: Float = 0.45

  public var concept: String { kind.phrases[kind.place] }
  public var score: Float { scores[kind.place] }
  /// 1 for the phrase that fits best.
  public var rank: Int { 1 + scores.count { $0 > score } }

  /// The phrases that fit best, with their scores.
  public func best(_ count: Int) -> [(phrase: String, score: Float)] {
    scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(count)
      .map { (kind.phrases[$0], scores[$0]) }
  }

  public var verdict: Verdict {
    let (best, middle) = (scores.max() ?? 0, scores.median)
    return best > middle && best - score > Presence.mark * (best - middle) ? .absent : .there
  }

  /// The verdict and its reason, for anybody.
  public var sentence: String {
    let name = "'\(printable(concept.utf8))'"
    let of = "of \(scores.count) phrases for \(printable(kind.name.utf8))"
    let first = best(1).first.map { "'\(printable($0.phrase.utf8))'" } ?? name
    switch verdict {
    case .absent:
      return
        "\(name) is probably not there: \(of) \(first) fits the picture best, and it is number \(rank)."
    case .there where rank == 1:
      return "\(name) fits the picture best \(of)."
    case .there:
      return "\(name) may well be there: \(of) it is number \(rank), close behind \(first)."
    }
  }

  public var json: JSON {
    .object([
      .init("verdict", .string(verdict.rawValue)), .init("sentence", .string(sentence)),
      .init("kind", .string(kind.name)), .init("score", JSON(score)),
      .init("rank", .integer(rank)), .init("of", .integer(scores.count)),
      .init("plain", ["phrase": .string(kind.plain), "score": JSON(plainScore)]),
      .init(
        "best",
        .array(best(5).map { ["phrase": .string($0.phrase), "score": JSON($0.score)] })),
    ])
  }
}

/// The targets by which it is told whether a concept is in a picture.
public struct AskedPresence: Sendable {
  /// One kind, or two for a mark in a color.
  public let kinds: [PhraseKind]
  /// A target for each phrase of each kind.
  private let targets: [[Target]]
  private let plain: Target

  /// Nil where no other phrases of the concept's kind are known.
  ///
  /// - Parameter targets: A target for each of the phrases that it is given; nil if the model finds no
  ///   words in one.
  public init?(of concept: Target, targets: (_ phrases: [String]) throws -> [Target]?) rethrows {
    let kinds = PhraseKind.all(of: concept.name)
    guard let first = kinds.first else { return nil }
    // The concept itself is asked once.
    let others = kinds.dropFirst().flatMap { kind in
      kind.phrases.enumerated().filter { $0.offset != kind.place }.map(\.element)
    }
    guard let all = try targets(first.phrases + others + [first.plain]), let plain = all.last else {
      return nil
    }
    var rest = all[...]
    (self.kinds, self.plain) = (kinds, plain)
    self.targets = kinds.enumerated().map { index, kind in
      var own = Array(rest.prefix(kind.phrases.count - (index > 0 ? 1 : 0)))
      rest = rest.dropFirst(own.count)
      if index > 0 { own.insert(concept, at: kind.place) } else { own[kind.place] = concept }
      return own
    }
  }

  /// The answer by the first kind in which the concept is missing, or else by the first.
  public func presence(_ score: (Target) -> Float) -> Presence {
    let plainScore = score(plain)
    let all = zip(kinds, targets).map {
      Presence($0, scores: $1.map(score), plainScore: plainScore)
    }
    return all.first { $0.verdict == .absent } ?? all[0]
  }
}

extension [Float] {
  /// The middle one; of an even number the mean of both in the middle.
  fileprivate var median: Float {
    let sorted = sorted()
    guard !sorted.isEmpty else { return 0 }
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
  }
}
