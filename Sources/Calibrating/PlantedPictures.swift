import Auditing
import Ground
import Nuisances
import Pictures

/// The pictures of a pair with a mark planted in all of them, and what the audit makes of those that a
/// shortcut would show: with the mark in the first class, and without it in the second.
struct PlantedPictures: Sendable {
  let mark: PlantedMark
  let nuisances: [Nuisance]
  let pair: PairPictures
  let marked: [LocatedPicture]
  /// Where the traits would be taken away, and as much elsewhere; for marks on the thing only.
  let regions: [(region: Mask, elsewhere: Mask)]
  private let natural: [LocatedPicture]
  private let appearances: [ClassAppearance?]
  private let seed: UInt64

  init(
    _ mark: PlantedMark, _ nuisances: [Nuisance], _ pair: PairPictures, _ marked: [LocatedPicture],
    regions: [(region: Mask, elsewhere: Mask)] = [], seed: UInt64
  ) {
    (self.mark, self.nuisances, self.pair) = (mark, nuisances, pair)
    (self.marked, self.regions, self.seed) = (marked, regions, seed)
    let natural = pair.isFirst.indices.map { pair.isFirst[$0] ? marked[$0] : pair.pictures[$0] }
    self.natural = natural
    appearances = [true, false].map { side in
      ClassAppearance(
        natural.indices.filter { pair.isFirst[$0] == side }.map { natural[$0].appearance })
    }
  }

  /// The names of the changes by which the mark may be found.
  var changes: [String] { mark.isTrait ? ["traits"] : nuisances.map(\.name) }

  /// A change of one picture; nil where it cannot be made.
  func changed(_ place: Int, _ change: Int) throws -> ChangedPicture? {
    let picture = natural[place]
    guard !mark.isTrait else {
      let (removal, regions) = (TraitRemoval(), regions[place])
      return ChangedPicture(
        changed: try removal.without(regions.region, in: picture),
        compared: try removal.without(regions.elsewhere, in: picture))
    }
    let isFirst = pair.isFirst[place]
    let own = Nuisance.Source(
      donor: { donor(for: place, fromFirst: isFirst) },
      appearance: { appearances[isFirst ? 0 : 1]?.leavingOut(picture.appearance) })
    let other = Nuisance.Source(
      donor: { donor(for: place, fromFirst: !isFirst) },
      appearance: { appearances[isFirst ? 1 : 0] })
    return try nuisances[change].moved(picture, from: own, to: other)
  }

  /// Another picture of one of the classes, always the same one.
  private func donor(for place: Int, fromFirst isFirst: Bool) -> LocatedPicture? {
    let others = natural.indices.filter { pair.isFirst[$0] == isFirst && $0 != place }
    var random = SplitMix(seed: seed, place &* 2 &+ (isFirst ? 1 : 0))
    return others.isEmpty ? nil : natural[others[random.below(others.count)]]
  }
}

extension PlantedMark {
  /// How many passes through the model it takes for each picture: of the marked one, of each change, and
  /// of what that is compared with.
  func passes(_ nuisances: [Nuisance]) -> Int {
    guard !isTrait else { return 3 }
    return nuisances.reduce(1) { sum, nuisance in
      if case .exchange = nuisance.change { sum + 2 } else { sum + 1 }
    }
  }
}
