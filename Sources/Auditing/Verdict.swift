/// What an audit says in words, of a picture, of a pair of classes, or of a class: by `rule`, with p the
/// share of draws of absent attributes that agree as well as the traits do (`Agreement.together`,
/// `Control.absent`).
public enum Verdict: String, CaseIterable, Sendable {
  case traits, thing, away, wrong
  case noTrait = "no trait"
  case undecided

  static let sure = 0.05
  static let doubtful = 0.1

  /// The rule, in this order.
  public static let rule = [
    "1. The classifier takes the picture for another class: it is wrong there. Of classes: on every "
      + "picture.",
    "2. No attribute tells the classes apart at a place: there is no local trait to compare.",
    "3. p is at most \(sure): it looks at the listed traits. Of classes and pairs the false discovery "
      + "rate counts in place of p, since there are many of them.",
    "4. p is above \(doubtful): it does not. It looks away from the thing where less of its map's "
      + "energy lies on it than of the picture does, else at the thing but not at these traits.",
    "5. Between these, or where something is missing: not decidable.",
  ]

  /// In words about a thing, "bird"; of one picture, or of many together.
  public func sentence(about thing: String, ofMany: Bool = false) -> String {
    switch self {
    case .traits: "looks at the listed traits"
    case .thing: "looks at the \(thing), but not at these traits"
    case .away: "looks away from the \(thing)"
    case .wrong: "classifier is wrong on \(ofMany ? "every" : "this") picture"
    case .noTrait: "no local trait to compare"
    case .undecided: "not decidable"
    }
  }

  /// Whether it says that the classifier decides by something else.
  public var isAlarm: Bool { self == .thing || self == .away }

  /// What is known of one thing that is judged.
  public struct Grounds: Equatable, Sendable {
    public var isRight: Bool
    public var hasTraits: Bool
    /// Nil where there was nothing to hold the traits against.
    public var p: Double?
    /// In place of p for what is sure; nil where only one thing is judged.
    public var rate: Double?
    /// How much more of the energy lies on the thing than of the picture does; nil where nobody told
    /// where it is.
    public var inside: Double?

    public init(
      isRight: Bool = true, hasTraits: Bool = true, p: Double?, rate: Double? = nil,
      inside: Double? = nil
    ) {
      (self.isRight, self.hasTraits) = (isRight, hasTraits)
      (self.p, self.rate, self.inside) = (p, rate, inside)
    }
  }

  public init(_ grounds: Grounds) {
    guard grounds.isRight else {
      self = .wrong
      return
    }
    guard grounds.hasTraits else {
      self = .noTrait
      return
    }
    guard let p = grounds.p else {
      self = .undecided
      return
    }
    if (grounds.rate ?? p) <= Verdict.sure {
      self = .traits
    } else if p > Verdict.doubtful {
      self = (grounds.inside ?? 0) < 0 ? .away : .thing
    } else {
      self = .undecided
    }
  }
}
