import Ground
import Measures

/// How small a reliance an audit finds with one's own model and pictures, measured on heads of which it is
/// known what they go by.
///
///     let calibration = try Calibration(reading: "audit.run.calibration.json")
///     calibration.marks[0].leastShare      // 0.3: of heads that owe a mark 0.3, four of five are found
///
/// A mark, such as a word in a corner, is planted in pictures of two classes that look alike. Of the
/// embeddings, two directions are trained: an honest one that tells the classes apart, and a cheating one
/// that tells marked pictures from others. A head that mixes both is then audited on pictures as a
/// shortcut makes them: one class has the mark, and the other has not.
public struct Calibration: Equatable, Sendable {
  /// A fingerprint of the model, the pictures and the words that it holds for.
  public var subject: String
  /// How many pairs of classes were asked for.
  public var asked: Int
  public var pairs: [Pair]
  /// How many passes through the model it took.
  public var passes: Int
  public var marks: [Mark] = []
  public var leftOut: [LeftOut] = []

  package init(subject: String, asked: Int, pairs: [Pair], passes: Int) {
    (self.subject, self.asked, self.pairs, self.passes) = (subject, asked, pairs, passes)
  }

  /// Two classes that look alike, and how many pictures of each were used.
  public struct Pair: Equatable, Sendable {
    public let first: String
    public let second: String
    public let pictures: Int

    package init(_ first: String, _ second: String, pictures: Int) {
      (self.first, self.second, self.pictures) = (first, second, pictures)
    }
  }

  /// A mark that could not be planted or not be tested, and why, as the end of a sentence.
  public struct LeftOut: Equatable, Sendable {
    public let mark: String
    public let reason: String

    package init(_ mark: String, _ reason: String) { (self.mark, self.reason) = (mark, reason) }
  }

  /// What was found of the heads that go by one mark.
  public struct Mark: Equatable, Sendable {
    public let name: String
    /// What was planted: `a word in a corner`.
    public let what: String
    /// The changes that may show it: `frame`, `background`.
    public let shownBy: [String]
    /// How many pairs of classes it was planted in.
    public let pairs: Int
    /// How many heads there were with each share.
    public let heads: Int
    /// The share of the margin that at most 5 % of the honest heads seem to owe to the mark.
    public let threshold: Double
    /// How well estimates tell heads that go by nothing else from honest ones: the area under the ROC
    /// curve.
    public let auc: Double
    /// For each share, from 0 to 1.
    public let steps: [Step]
    /// A picture without and with the mark, as small PNG files in data URLs.
    public var pictures: Pictures?

    package init(
      name: String, what: String, shownBy: [String], pairs: Int, heads: Int, threshold: Double,
      auc: Double, steps: [Step], pictures: Pictures? = nil
    ) {
      (self.name, self.what, self.shownBy) = (name, what, shownBy)
      (self.pairs, self.heads, self.threshold, self.auc) = (pairs, heads, threshold, auc)
      (self.steps, self.pictures) = (steps, pictures)
    }

    /// The least share of the mark from which on heads are found in four of five cases; nil where that is
    /// none.
    public var leastShare: Double? { least(\.found) }
    /// The same by the marks that verdicts ask for.
    public var leastShareByRule: Double? { least(\.byRule) }
    /// Whether not even heads that go by nothing else are found.
    public var isBlind: Bool { leastShare == nil }

    private func least(_ rate: KeyPath<Step, Rate>) -> Double? {
      steps.reversed().prefix { $0[keyPath: rate].share >= Calibration.power }.last?.share
    }
  }

  public struct Pictures: Equatable, Sendable {
    public let before: String
    public let after: String

    package init(before: String, after: String) { (self.before, self.after) = (before, after) }
  }

  /// Heads of one share.
  public struct Step: Equatable, Sendable {
    /// How much of a head is the cheating direction.
    public let share: Double
    /// What these heads truly owe to the mark: the share of the margin that is lost when the mark itself
    /// is taken from the one class and given to the other, in the middle head.
    public let truth: Double?
    /// What the audit estimates, in the middle head.
    public let estimate: Double?
    /// How many are found: the estimate is above the threshold, and its p is small enough.
    public let found: Rate
    /// How many reach the share and the p that verdicts ask for.
    public let byRule: Rate

    package init(share: Double, truth: Double?, estimate: Double?, found: Rate, byRule: Rate) {
      (self.share, self.truth, self.estimate) = (share, truth, estimate)
      (self.found, self.byRule) = (found, byRule)
    }
  }

  /// A share of heads, and where it lies with a confidence of 95 %.
  public struct Rate: Equatable, Sendable {
    public let share: Double
    public let low: Double
    public let high: Double

    package init(share: Double, low: Double, high: Double) {
      (self.share, self.low, self.high) = (share, low, high)
    }

    /// Heads of the same two classes are much alike: they count as one, so that there are as many as
    /// pairs. (Wilson's interval.)
    package init(_ share: Double, ofPairs pairs: Int) {
      let interval = WordFit.wilson(share, of: Double(max(1, pairs)))
      self.init(
        share: share, low: min(share, interval.lowerBound), high: max(share, interval.upperBound))
    }
  }

  /// A head that goes by nothing else, but owes less than this of its margin to a mark, does not see it.
  static let hardlySeen = 0.5
  /// The power that is asked for.
  public static let power = 0.8
  /// The share of honest heads that may be above a threshold.
  public static let falseAlarms = 0.05
}

extension Reliance {
  /// Whether it has the share and the p that a verdict asks for, if it were the only one that is looked at.
  /// Of something else, a verdict also asks that the words for the traits lose less by it.
  package func isDecisive(ofTraits: Bool) -> Bool {
    p <= Verdict.sure && share >= (ofTraits ? Verdict.traitShare : Verdict.decisive)
  }

  /// Whether it is unlikely to be chance, among so many that are looked at.
  package func isUnlikelyByChance(among count: Int) -> Bool {
    p * Double(max(1, count)) <= Calibration.falseAlarms
  }
}
