import Measures
import Nuisances

/// What an audit says of two classes in words, by `rule`.
public struct Verdict: Equatable, Sendable {
  public let kind: Kind
  /// What the classifier goes by that is no trait, as `Nuisance.phrase` has it.
  public let nuisances: [String]
  /// Why the traits could not be judged.
  public let reason: Reason?

  public enum Kind: String, CaseIterable, Sendable {
    case traits
    case both = "traits and others"
    case others
    case open = "no evidence"
    case unjudged = "not judged"
  }

  /// Why nothing can be said of the traits.
  public enum Reason: Equatable, Sendable {
    case words(Double)
    case wordsUntested(String)
    case wrong(Int, of: Int)
    case noTrait
    case fewPictures(Int)
    case fewSets(Int)
    case notTaken

    public var sentence: String {
      switch self {
      case .words(let auc) where auc >= Verdict.mark:
        "there are too few pictures to be sure that the model knows the words for their traits (AUC \(auc.short))"
      case .words(let auc):
        "the model cannot tell the words for their traits apart on these pictures (AUC \(auc.short))"
      case .wordsUntested(let name):
        "there are no pictures of \(name) here to test the words for their traits on"
      case .wrong(let wrong, let all): "the classifier is wrong on \(wrong) of \(all) pictures"
      case .noTrait: "no attribute tells them apart at a place"
      case .fewPictures(let count):
        "too few pictures are classified right (\(count); \(Reliance.fewest) are needed)"
      case .notTaken: "the traits could be taken away in too few pictures"
      case .fewSets(let count):
        "too few other classes have as many traits (\(count) sets; \(Verdict.fewestSets) are needed)"
      }
    }
  }

  /// The rate of false discoveries at which something is taken for found.
  static let sure = 0.05
  /// The share of the margin that something must take away to be called what a classifier goes by.
  static let decisive = 0.5
  /// The same of traits: what is left of them in a picture counts, too.
  static let traitShare = 0.25
  /// By how much more of its margin the classifier has to lose than the words for the traits do.
  static let beyondWords = 0.25
  /// The least area under the curve with which words are known.
  public static let mark = 0.95
  /// The p of the maps beside the traits of other pairs, which need not be as small, since maps only have
  /// to bear out what changes show. Of drawn birds, 7 % of classifiers with shuffled rows have this and
  /// `matchMark`, and 94 % of those that go by the traits.
  static let mapsMark = 0.2
  /// The p of the maps beside the same traits in other pictures.
  static let matchMark = 0.05
  /// The fewest sets with which such a p can be reached.
  static let fewestSets = 9

  /// The rule, in this order.
  public static let rule = [
    "1. Is the instrument fit? The words for the listed traits must tell the pictures of the two classes "
      + "apart (AUC at least \(mark)); there must be at least \(Reliance.fewest) pictures of the two that the "
      + "classifier gets right, and not more wrong than right.",
    "2. The classifier goes by the listed traits where its maps agree with theirs more than with those of "
      + "other pairs (rank correlation; where there are at least \(fewestSets) of these) and more than with theirs "
      + "in other pictures of the class, and taking the traits away lowers the margin between the two classes by at "
      + "least \(traitShare) of it more than taking as much away elsewhere.",
    "3. It goes by something else where moving that toward the other class takes at least \(decisive) of the "
      + "margin away, more than the same change without the other class does, and at least \(beyondWords) more than "
      + "the words for the traits lose of theirs, where these are known: what they lose, too, are the traits.",
    "4. What changes the decision is held to a rate of false discoveries of \(sure) over all pairs of classes; "
      + "beside it, the maps of a pair need a p of \(mapsMark) beside other pairs and of \(matchMark) beside other "
      + "pictures.",
    "5. If neither is found, there is no evidence either way; the least share that would have been found is "
      + "told beside.",
  ]

  public func sentence(about thing: String) -> String {
    let others = nuisances.joined(separator: ", ")
    switch kind {
    case .traits: return "goes by the listed traits"
    case .both: return "goes by the listed traits and by: \(others)"
    case .others:
      return "goes by: \(others)"
        + (reason.map { "; its traits cannot be judged: \($0.sentence)" } ?? "")
    case .open: return "no evidence either way"
    case .unjudged: return "cannot be judged: \(reason?.sentence ?? "nothing is known")"
    }
  }

  /// Whether it says that the classifier decides by something else.
  public var isAlarm: Bool { kind == .both || kind == .others }
}
