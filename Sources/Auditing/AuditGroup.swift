import Measures

/// What an audit says of many pictures together: a class, or a class and the one it is told apart from.
///
/// Only those that the classifier gets right count; how many it does not is told beside. A control's
/// draws are the same of every picture, so that each has its mean over the pictures too, and the traits'
/// mean has its rank among these:
///
///     p = (1 + how many draws' means are as much or more) / (1 + how many there are)
public struct AuditGroup: Sendable {
  public let label: Int
  /// Nil for all rivals together.
  public let rival: Int?
  public private(set) var pictures = 0
  public private(set) var right = 0
  /// By how much the traits are ahead of absent attributes, of every picture that counts.
  private var scores: [Double] = []
  /// How much more energy lies on the thing than it has of the picture, of each.
  private var insides: [Double] = []
  /// How often each verdict was given to a picture.
  public private(set) var verdicts: [Verdict: Int] = [:]
  /// Which traits were compared, and how often; and which of those that the class lacks.
  public private(set) var traits: [String: Int] = [:]
  public private(set) var lacking: [String: Int] = [:]
  private var held: [String: Means] = [:]

  /// Sums over pictures of what the traits and each draw have.
  private struct Means {
    var value = 0.0
    var draws: [Double] = []
    var count = 0

    mutating func add(_ value: Double, _ draws: [Float]) {
      // What somebody else wrote may have other draws.
      let known = draws.allSatisfy(\.isFinite) && !draws.isEmpty
      guard known, count == 0 || draws.count == self.draws.count else { return }
      self.draws =
        count == 0 ? draws.map(Double.init) : zip(self.draws, draws).map { $0 + Double($1) }
      self.value += value
      count += 1
    }
  }

  init(label: Int, rival: Int? = nil) { (self.label, self.rival) = (label, rival) }

  mutating func add(_ picture: AuditPicture) {
    pictures += 1
    verdicts[picture.verdict, default: 0] += 1
    guard picture.isRight else { return }
    right += 1
    for trait in picture.traits { traits[trait.name, default: 0] += 1 }
    for trait in picture.lacking { lacking[trait.name, default: 0] += 1 }
    if let score = picture.score { scores.append(score) }
    if let inside = picture.inside { insides.append(inside.energy - inside.area) }
    for control in Control.all {
      guard let (value, beside) = picture.beside(control.agreement, control) else { continue }
      held[control.name, default: Means()].add(value, beside.draws)
    }
  }

  /// How likely the traits' mean is among a control's; nil where there was nothing to compare.
  public func p(_ control: Control) -> Double? {
    guard let means = held[control.name], means.count > 0 else { return nil }
    return Chance.p(of: means.value, among: means.draws)
  }

  /// How much more of the energy lies on the thing than of the picture does, in the mean.
  public var inside: Double? { insides.mean }

  /// The faithfulness score: 0 where traits agree no more than absent attributes do.
  public var score: Summary { Summary(of: scores) }

  /// With the rate of false discoveries among all groups of its kind.
  public func verdict(rate: Double?) -> Verdict {
    Verdict(
      .init(
        isRight: right > 0, hasTraits: !(traits.isEmpty && lacking.isEmpty), p: p(.absent),
        rate: rate, inside: inside))
  }
}
