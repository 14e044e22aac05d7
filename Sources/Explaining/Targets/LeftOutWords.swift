import Ground

/// Tells what each word of a phrase does for its score: what the phrase scores without that word.
///
/// ```swift
/// let leftOut = try LeftOutWords(of: clip.target("red epaulets")) { try clip.targets($0) }
/// leftOut.scores { tiles.score($0) }
/// // the phrase by itself scores 24.1; without "red" it scores 18.3, without "epaulets" 20.2
/// ```
///
/// This is a plain experiment and not an attribution: the model is asked again, with the word left
/// out. Shares of one score among its words would have to say how much of it the words do together.
/// Gradients answer that wrongly, because the score is far from linear in the words' embeddings.
public struct LeftOutWords: Sendable {
  /// The whole phrase.
  private let phrase: Target
  private let rests: [(word: String, target: Target)]

  /// A phrase of one word has nothing to leave out.
  ///
  /// - Parameter targets: A target for each of the phrases that it is given; nil for one in which
  ///   the model finds no words.
  public init(
    of phrase: Target, targets: (_ phrases: [String]) throws -> [Target?]
  ) rethrows {
    let rests = LeftOutWords.rests(of: phrase.name)
    self.phrase = phrase
    self.rests = zip(rests, rests.isEmpty ? [] : try targets(rests.map(\.phrase))).compactMap {
      rest, target in
      target.map { (rest.word, $0) }
    }
  }

  /// Returns each word, and the phrase without it. Words are separated by spaces and keep their
  /// commas and hyphens, as a reader would cross them out.
  public static func rests(of phrase: String) -> [(word: String, phrase: String)] {
    let words = phrase.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count > 1 else { return [] }
    return words.indices.map { left in
      (words[left], words.indices.filter { $0 != left }.map { words[$0] }.joined(separator: " "))
    }
  }

  /// The score of a picture for the whole phrase, and for the phrase without each word in turn.
  public struct Scores: Equatable, Sendable {
    public let score: Float
    public let words: [Word]

    public init(score: Float, words: [Word]) { (self.score, self.words) = (score, words) }
  }

  public struct Word: Equatable, Sendable {
    public let text: String
    /// The score of the phrase without this word.
    public let scoreWithout: Float

    public init(text: String, scoreWithout: Float) {
      (self.text, self.scoreWithout) = (text, scoreWithout)
    }
  }

  public func scores(_ score: (Target) -> Float) -> Scores {
    Scores(
      score: score(phrase),
      words: rests.map { Word(text: $0.word, scoreWithout: score($0.target)) })
  }
}

extension LeftOutWords.Scores: CustomStringConvertible {
  /// `the phrase by itself scores 24.1; without "red" it scores 18.3, without "epaulets" 20.2`
  public var description: String {
    let rests = words.enumerated().map { index, word in
      "without \"\(word.text)\"\(index == 0 ? " it scores" : "") \(tenths(word.scoreWithout))"
    }
    return "the phrase by itself scores \(tenths(score)); " + rests.joined(separator: ", ")
  }

  public var json: JSON {
    .array(
      words.map { ["text": .string($0.text), "score_without": JSON($0.scoreWithout)] })
  }
}

/// Rounds to tenths; adding 0 turns -0 into 0.
private func tenths(_ score: Float) -> String { "\((Double(score) * 10).rounded() / 10 + 0)" }
