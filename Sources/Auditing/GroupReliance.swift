import Glibc
import Measures
import Studies

/// The reliance that groups of pictures show which have no twins: a comparison of means.
///
/// In SUB a Blue Jay with a gray crown was generated as such; there is no picture of the same bird with its
/// own crown. So no margin can be compared with that of the same picture before, but only the mean margin of
/// one group with that of another. With G the mean over the changed pictures of a class, and B that over
/// pictures of the same class whose margin should be the class's own,
///
///     share = (B - G) / B
///
/// and over both classes of a pair, each weighted by its n changed pictures,
///
///     share = sum n (B - G) / sum n B
///
/// What B is matters as much as what was changed. Generated pictures differ from photographs in a hundred
/// things, and all of these would be counted if B were of photographs. Pictures that were generated in the
/// same way, of the same class, in which another attribute was exchanged that tells the two classes
/// nothing, differ in none of them: they are what this change is compared with. Only such a comparison counts
/// for verdicts; one with the class's own pictures is told, and called what it is.
///
/// Means of two groups do not know of each other, and their variances need not be equal, so that (with r the
/// share) the variance of the share is
///
///     sum n^2 (var G + (1 - r)^2 var B) / (sum n B)^2
///
/// and its degrees of freedom are Satterthwaite's (Welch 1947, Biometrika 34, 28). The same with r = 0 is
/// that of the test.
extension Reliance {
  /// A class's changed pictures, and those that they are compared with.
  package struct Groups: Equatable, Sendable {
    let changed: MarginGroup
    let compared: MarginGroup

    package init(changed: MarginGroup, compared: MarginGroup) {
      (self.changed, self.compared) = (changed, compared)
    }
  }

  /// What a run knows of a class's changed pictures.
  struct FoundGroups: Sendable {
    let toward: MarginGroup?
    let beside: MarginGroup?

    /// All attributes of a kind together.
    init(_ numbers: [String: RunRecord.Number]) {
      func all(_ kind: String) -> MarginGroup? {
        let found = numbers.filter { $0.key.hasPrefix(kind) }.sorted { $0.key < $1.key }
          .compactMap { MarginGroup($0.value) }
        return found.dropFirst().reduce(found.first) { sum, next in sum.map { $0 + next } }
      }
      toward = all(CounterfactualGroups.toward)
      beside = all(CounterfactualGroups.beside)
    }
  }

  /// Nil where a group has fewer pictures than `fewest`, or the margins add up to nothing.
  package init?(comparing groups: [Groups]) {
    let sound = groups.filter {
      $0.changed.count >= Reliance.fewest && $0.compared.count >= Reliance.fewest
    }
    func weight(_ group: Groups) -> Double { Double(group.changed.count) }
    func sum(_ part: (Groups) -> Double) -> Double {
      sound.map { weight($0) * part($0) }.reduce(0, +)
    }
    let margin = sum(\.compared.mean)
    guard !sound.isEmpty, margin > 0 else { return nil }
    let share = sum { $0.compared.mean - $0.changed.mean } / margin
    func error(_ rate: Double) -> (TrainingSpread.Part)? {
      let parts = sound.flatMap { group -> [TrainingSpread.Part] in
        let factor = weight(group) * weight(group) / (margin * margin)
        let (changed, compared) = (group.changed, group.compared)
        return [
          .init(
            variance: factor * changed.variance / Double(changed.count),
            freedom: Double(changed.count - 1)),
          .init(
            variance: factor * (1 - rate) * (1 - rate) * compared.variance
              / Double(compared.count), freedom: Double(compared.count - 1)),
        ]
      }
      return TrainingSpread.Part(sumOf: parts)
    }
    guard let around = error(share), let underNull = error(0) else { return nil }
    let heads = sound.map { min($0.changed.others.count, $0.compared.others.count) }.min() ?? 0
    let spread = TrainingSpread(
      (Margins.heads - 1..<max(Margins.heads - 1, heads)).compactMap { head in
        let own = sum { $0.compared.others[head] }
        let share = sum { $0.compared.others[head] - $0.changed.others[head] } / own
        return own > 0 && share.isFinite ? share : nil
      })
    let t = StudentT(freedom: underNull.freedom)
    let root = underNull.variance.squareRoot()
    self.init(
      share: share, around: around, spread: spread,
      p: root > 0 ? t.above(share / root) : share > 0 ? 0 : 1,
      flips: max(0, sum { $0.changed.below - $0.compared.below } / sum { _ in 1 }),
      pictures: sound.map(\.changed.count).reduce(0, +),
      least: (t.quantile(0.95) + t.quantile(0.8)) * root)
  }
}
