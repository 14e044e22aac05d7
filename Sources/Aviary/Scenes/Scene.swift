import Ground

/// What a picture shows besides the bird.
public struct Scene: Sendable {
  public let habitat: Habitat
  /// The color of the ring on the twig; nil if there is no ring.
  public let ring: Hue?
  public let hasCornerMark: Bool
  /// Things that are mostly in colors of the bird's traits.
  public internal(set) var distractors: [Distractor] = []
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

  /// Whether the scene has a cue.
  public func has(_ cue: Cue) -> Bool {
    switch cue {
    case .habitat(let habitat): self.habitat == habitat
    case .ring(let hue): ring == hue
    case .cornerMark: hasCornerMark
    }
  }

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
      }
    }
    habitat = place ?? places[min(places.count - 1, Int(evenly * Float(places.count)))]
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
