import Ground

/// What a picture shows besides the bird.
public struct Scene: Sendable {
  public private(set) var habitat: Habitat
  /// The color of the ring on the twig.
  public private(set) var ring: Hue?
  public private(set) var hasCornerMark: Bool
  /// What is done to the finished picture, at most one of each kind.
  public private(set) var finishes: [Finish] = []
  /// Things in colors that the bird's traits have.
  public private(set) var distractors: [Distractor] = []
  /// Where it would be if its habitat were not tied to the bird.
  let elsewhere: Habitat
  let isOnWater: Bool
  let horizon: Float
  let shade: Float
  let lighting: Lighting
  let seed: UInt32
  /// How many twigs with leaves are in front of the bird.
  let cover: Int

  public struct Distractor: Sendable {
    public enum Kind: String, CaseIterable, Sendable { case berries, flower, sign }
    public let kind: Kind
    public let hue: Hue

    public var phrase: String { "\(hue.phrase) \(kind.rawValue)" }
  }

  /// Whether a cue is there.
  public func has(_ cue: Cue) -> Bool { self.cue(of: cue.aspect) == cue }

  /// Draws what there is around a bird of a species. The probability of a cue that the species is
  /// tied to is exactly its strength. Other rings and marks have their base rate, and other
  /// habitats are equally likely.
  init(_ ties: [Shortcut], habits: Form.Habits, _ draws: inout SplitMix) {
    let (tied, evenly, other) = (draws.unit(), draws.unit(), draws.unit())
    let (ringed, which, tiedRing) = (draws.unit(), draws.unit(), draws.unit())
    let (marked, wet) = (draws.unit(), draws.unit())
    var places = Habitat.allCases
    var place: Habitat?
    var ring = ringed < Cue.baseRate * 3 ? Cue.rings[min(2, Int(which * 3))] : nil
    var markRate = Cue.baseRate
    for tie in ties {
      switch tie.cue {
      case .habitat(let habitat):
        if tied < tie.strength { place = habitat }
        places.removeAll { $0 == habitat }
      case .ring(let hue):
        if tiedRing < tie.strength { ring = hue } else if ring == hue { ring = nil }
      case .cornerMark: markRate = tie.strength
      case .finish: break
      }
    }
    elsewhere = places[min(places.count - 1, Int(evenly * Float(places.count)))]
    habitat = place ?? elsewhere
    self.ring = ring
    hasCornerMark = marked < markRate
    isOnWater = habitat == .lake && wet < 0.8 && habits == .swims
    horizon = habits == .perches || habits == .hovers ? 0.45 + 0.4 * other : 0.3 + 0.2 * other
    shade = 0.82 + 0.3 * draws.unit()
    var lighting = habitat.lighting
    let side = draws.unit() * 2 - 1
    let norm = (side * side * 0.3 + 0.42 + 0.46).squareRoot()
    lighting.towards = [side * 0.55 / norm, -0.65 / norm, 0.68 / norm]
    let strength = 0.85 + 0.3 * draws.unit()
    lighting.sun *= strength
    lighting.sky *= 0.9 + 0.2 * draws.unit()
    self.lighting = lighting
    seed = UInt32(truncatingIfNeeded: draws.next())
    cover = draws.below(4)
  }

  /// Adds berries, flowers and signs. Three quarters of them have the bird's own vivid colors, if
  /// it has any, and the others have any vivid color.
  mutating func distract(with plumage: [Patch: Hue], _ draws: inout SplitMix) {
    let own = Hue.allCases.filter { hue in hue.isVivid && plumage.values.contains(hue) }
    let chances = (0..<3).map { _ in (draws.unit(), draws.unit(), draws.unit()) }
    for (kind, chance) in zip(Distractor.Kind.allCases, chances) where chance.0 < 0.5 {
      let choice = chance.1 < 0.75 && !own.isEmpty ? own : Hue.allCases.filter(\.isVivid)
      let hue = choice[min(choice.count - 1, Int(chance.2 * Float(choice.count)))]
      distractors.append(Distractor(kind: kind, hue: hue))
    }
  }
}

extension Scene {
  /// Draws how the picture is finished, of which nothing else depends: a tied cue is there as often as
  /// its strength says, and no other.
  mutating func finish(_ ties: [Shortcut], _ draws: inout SplitMix) {
    for tie in ties {
      guard case .finish = tie.cue else { continue }
      if draws.unit() < tie.strength { put(tie.cue) }
    }
  }

  func applyFinishes(to easel: inout Easel) {
    for finish in Finish.all where finishes.contains(finish) { finish.apply(&easel) }
  }

  /// Exchanges a cue that is there for another, or for nothing, or puts one there; the light, and how
  /// the bird holds itself, stay. Gives what was exchanged in words: `forest to snow`.
  mutating func exchange(_ old: Cue?, for new: Cue?) -> String {
    let before = old ?? new.flatMap { cue(of: $0.aspect) }
    var after: [Cue] = []
    if let old, old.aspect != new?.aspect {
      take(old)
      // A bird is always somewhere.
      after = [cue(of: old.aspect)].compactMap { $0 }
    }
    if let new {
      put(new)
      after.append(new)
    }
    return (before?.words ?? "none") + " to "
      + (after.isEmpty ? "none" : after.map(\.words).joined(separator: " and "))
  }

  private func cue(of aspect: Cue.Aspect) -> Cue? {
    switch aspect {
    case .habitat: .habitat(habitat)
    case .ring: ring.map(Cue.ring)
    case .cornerMark: hasCornerMark ? .cornerMark : nil
    case .finish(let kind): finishes.first { $0.kind == kind }.map(Cue.finish)
    }
  }

  private mutating func put(_ cue: Cue) {
    switch cue {
    case .habitat(let habitat): self.habitat = habitat
    case .ring(let hue): ring = hue
    case .cornerMark: hasCornerMark = true
    case .finish(let finish): finishes = finishes.filter { $0.kind != finish.kind } + [finish]
    }
  }

  private mutating func take(_ cue: Cue) {
    switch cue {
    case .habitat: habitat = elsewhere
    case .ring: ring = nil
    case .cornerMark: hasCornerMark = false
    case .finish(let finish): finishes.removeAll { $0 == finish }
    }
  }
}
