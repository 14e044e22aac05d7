import Measures
import Nuisances

/// What is found out about two classes, before it is put into words.
public struct PairFindings: Equatable, Sendable {
  /// Something that the classifier may rely on, with the rate of false discoveries among all of its kind.
  public struct Found: Equatable, Sendable {
    public let name: String
    public let phrase: String
    public let reliance: Reliance
    public let rate: Double
    /// The share of their own margin that the words for the traits lose by it; nil where they are not known,
    /// or have no margin.
    public let words: Double?

    package init(
      name: String, phrase: String, reliance: Reliance, rate: Double, words: Double? = nil
    ) {
      (self.name, self.phrase) = (name, phrase)
      (self.reliance, self.rate, self.words) = (reliance, rate, words)
    }

    /// Whether it takes so much of the margin away.
    func isSure(least: Double) -> Bool { rate <= Verdict.sure && reliance.share >= least }

    /// Whether the classifier loses more than the words for the traits do. Where it does not, the change
    /// touches the traits themselves, as a tint does that turns yellow feathers green, and says nothing of
    /// anything else.
    var isBeyondTraits: Bool { words.map { reliance.share - $0 >= Verdict.beyondWords } ?? true }
  }

  /// How likely so much agreement is among the maps of so many pairs of other classes.
  public struct Rows: Equatable, Sendable {
    public let p: Double
    public let count: Int

    package init(p: Double, count: Int) { (self.p, self.count) = (p, count) }
  }

  public var pictures = 0
  public var right = 0
  public var hasTraits = true
  public var fit: WordFit?
  /// The name of a class without a picture.
  public var untested: String?
  /// How likely so much agreement of the maps is among the trait sets of other pairs; nil where there
  /// was nothing to hold them against.
  public var agreement: Double?
  public var sets = 0
  /// The same among the maps of other classes against one another.
  public var rows: Rows?
  /// What the maps have in common with the traits of the same picture beside those of others.
  public var match: PictureMatch?
  public var traits: Found?
  /// Whether changes were made at all.
  public var hasChanges = true
  public var nuisances: [Found] = []

  public init() {}

  /// What decides beside the traits, the most important first. What the largest explains is left out: a
  /// color cast is seen in the background, too, and the frame is a part of the background.
  var deciding: [Found] {
    let sure = nuisances.filter { $0.isSure(least: Verdict.decisive) && $0.isBeyondTraits }
      .sorted { ($1.reliance.share, $0.name) < ($0.reliance.share, $1.name) }
    guard let largest = sure.first else { return [] }
    let kept = sure.filter { $0.reliance.share >= largest.reliance.share / 2 }
    func share(_ nuisance: Nuisance) -> Double? {
      kept.first { $0.name == nuisance.name }?.reliance.share
    }
    guard let frame = share(.frame), let background = share(.background) else { return kept }
    let part = frame >= 0.7 * background ? Nuisance.background : .frame
    return kept.filter { $0.name != part.name }
  }

  /// Why the traits cannot be judged; nil where they can.
  var reason: Verdict.Reason? {
    if !hasTraits { return .noTrait }
    if pictures > 0, right * 2 < pictures { return .wrong(pictures - right, of: pictures) }
    if right < Reliance.fewest { return .fewPictures(right) }
    guard let fit else { return .wordsUntested(untested ?? "the other class") }
    if !fit.isSufficient(mark: Verdict.mark) { return .words(fit.auc) }
    if hasChanges { return traits == nil ? .notTaken : nil }
    return canCompareMaps ? nil : .fewSets(sets)
  }

  /// Whether there are enough sets of other pairs for a p that is small enough.
  private var canCompareMaps: Bool { agreement != nil && sets >= Verdict.fewestSets }

  /// Whether the maps agree with the traits more than with those of other pairs, and more than with the
  /// same traits in other pictures, as far as there are enough of these: where there are not, what changes
  /// the decision has to do alone.
  var mapsAgree: Bool {
    if canCompareMaps, (agreement ?? 1) > Verdict.mapsMark { return false }
    return isOfOwnPictures ?? true
  }

  /// The larger p of both nulls that a classifier which knows nothing may pass: the traits of other pairs, and
  /// maps of other classes. The traits of other pairs alone are passed too often: those that a picture
  /// has draw every map, and those of other pairs are mostly not in it. Nil where there is nothing to hold
  /// the maps against.
  var mapsP: Double? { [agreement, rows?.p].compactMap { $0 }.max() }

  /// Whether the maps agree more with the traits in the same picture; nil where there are too few pictures.
  var isOfOwnPictures: Bool? {
    match.flatMap { $0.canBeSmall ? $0.p <= Verdict.matchMark : nil }
  }

  /// Whether the classifier goes by the traits, as far as they can be judged.
  private var goesByTraits: Bool {
    guard reason == nil else { return false }
    guard mapsAgree else { return false }
    guard hasChanges else { return true }
    return traits?.isSure(least: Verdict.traitShare) ?? false
  }

  public var verdict: Verdict {
    let others = deciding.map(\.phrase)
    if goesByTraits {
      return Verdict(kind: others.isEmpty ? .traits : .both, nuisances: others, reason: nil)
    }
    guard others.isEmpty else { return Verdict(kind: .others, nuisances: others, reason: reason) }
    return Verdict(kind: reason == nil ? .open : .unjudged, nuisances: [], reason: reason)
  }

  /// The least share of the margin that would have been found in four of five cases, of what can be
  /// least well told; nil where nothing was changed.
  public var power: Double? { ([traits].compactMap { $0 } + nuisances).map(\.reliance.least).max() }
}
