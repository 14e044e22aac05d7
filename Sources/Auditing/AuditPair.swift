import Measures
import Nuisances
import Traits

/// What an audit finds out about two classes that are told apart from one another, over the pictures of
/// both: whether the words for their traits are known, where the classifier looks, and what changes its
/// decision.
///
/// Only pictures that the classifier gets right count; how many it does not is told beside.
public struct AuditPair: Sendable {
  /// The two classes, the one with the smaller number first.
  public let first: Int
  public let second: Int
  public private(set) var pictures = 0
  public private(set) var right = 0
  /// What the first class has and the second has not, and the other way around, as attributes; with how
  /// many percentage points.
  public private(set) var traits: [String: Double] = [:]
  public private(set) var lacking: [String: Double] = [:]
  private var held: [String: Means] = [:]
  /// The agreement that verdicts use, held against the maps of other classes.
  private var rows = Means()
  private var changes: [String: [Reliance.Change]] = [:]
  /// What the same changes do to the margin of the words.
  private var changesOfWords: [String: [Reliance.Change]] = [:]
  /// What pictures without twins show.
  public private(set) var exchanged = ExchangedTraits()
  /// Why a change could not be made, of one of the pictures.
  public private(set) var unchanged: [String: String] = [:]

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

  init(_ pair: ClassPair) { (first, second) = (pair.sorted.first, pair.sorted.second) }

  mutating func add(_ picture: AuditPicture) {
    pictures += 1
    let isFirst = picture.record.label == first
    for trait in picture.traits + picture.lacking {
      let isOwn = (trait.points > 0) == isFirst
      if isOwn {
        traits[trait.name] = abs(trait.points)
      } else {
        lacking[trait.name] = abs(trait.points)
      }
    }
    exchanged.add(picture, of: picture.record.label ?? first)
    guard picture.isRight else { return }
    right += 1
    for agreement in picture.agreements {
      guard let value = agreement.value else { continue }
      held[agreement.agreement, default: Means()].add(value, agreement.draws)
      if agreement.agreement == Agreement.decisive.name { rows.add(value, agreement.rows) }
    }
    for name in picture.changes.keys where name != Interventions.margin {
      if let change = picture.change(name) { changes[name, default: []].append(change) }
      if let change = picture.change(name, of: Margins.words) {
        changesOfWords[name, default: []].append(change)
      }
    }
    unchanged.merge(picture.unchanged) { first, _ in first }
  }

  /// The mean agreement with the traits of the pair, the mean over all sets of other pairs, and how
  /// likely so much is among these; nil where there was nothing to compare.
  public func agreement(_ agreement: Agreement) -> (value: Double, others: Double, p: Double)? {
    guard let means = held[agreement.name], means.count > 0 else { return nil }
    let count = Double(means.count)
    return (
      means.value / count, (means.draws.mean ?? 0) / count,
      Chance.p(of: means.value, among: means.draws)
    )
  }

  /// The mean agreement of the classifier's maps of other classes against one another with the traits of
  /// this pair, and how likely so much as its own maps have is among these; nil where there are none.
  public var agreementOfRows: (others: Double, p: Double, count: Int)? {
    guard rows.count > 0 else { return nil }
    return (
      (rows.draws.mean ?? 0) / Double(rows.count), Chance.p(of: rows.value, among: rows.draws),
      rows.draws.count
    )
  }

  /// How much the classifier relies on its traits, as far as taking them away shows.
  /// Where somebody exchanged the traits themselves, that needs no estimate and counts in place of it:
  /// in pictures of the dataset, or else in others that can be compared with their like.
  public var traitReliance: Reliance? {
    let twins = changes.filter { $0.key.hasPrefix(CounterfactualPictures.trait) }.flatMap(\.value)
    guard twins.isEmpty else { return Reliance(of: twins) }
    return exchanged.reliance ?? reliance(Interventions.traits)
  }

  /// Whether somebody exchanged a trait in pictures of the dataset.
  var hasTwinsOfTraits: Bool {
    changes.keys.contains { $0.hasPrefix(CounterfactualPictures.trait) }
  }

  /// How much it relies on a nuisance.
  public func reliance(_ nuisance: String) -> Reliance? {
    changes[nuisance].flatMap { Reliance(of: $0) }
  }

  /// How much the words for the traits rely on something: on the traits they should, since they go by
  /// nothing else, and on a nuisance they do as far as it touches the traits.
  public func relianceOfWords(_ name: String) -> Reliance? {
    changesOfWords[name].flatMap { Reliance(of: $0) }
  }

  /// The names of everything that was changed and is no trait.
  public var nuisances: [String] {
    changes.keys.filter {
      $0 != Interventions.traits && !$0.hasPrefix(CounterfactualPictures.trait)
    }.sorted()
  }
}

extension AuditPair {
  /// Whether its reliance on the traits comes from pictures in which somebody exchanged them.
  public var traitsAreExchanged: Bool { hasTwinsOfTraits || exchanged.reliance != nil }

  /// What was done to the traits, and what that is compared with, in a sentence.
  var traitChange: (name: String, compared: String) {
    if hasTwinsOfTraits {
      return (
        "Exchanging the traits for the other class's", "each picture is compared with itself."
      )
    }
    if exchanged.reliance != nil {
      return (
        "Exchanging the traits for the other class's",
        "the mean over such pictures is compared with that over pictures of the same class in which something "
          + "else was exchanged, which tells the two nothing."
      )
    }
    return (
      "Taking the traits away", "what taking as much away elsewhere does is already subtracted."
    )
  }
}
