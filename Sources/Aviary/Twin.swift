import Ground

/// A picture that is drawn again with exactly one thing exchanged, towards the look of a class that its
/// own is easily taken for. By how much the score of one class falls and that of the other rises is how
/// far a classifier relies on that thing.
///
///     for twin in world.twins(of: 61) { print(twin.kind, twin.what) }
///     // trait no epaulets to red epaulets
///     // cue snow to forest
public struct Twin: Sendable {
  public enum Kind: String, Sendable {
    /// The bird is one of the other class: its patches differ, and nothing else does.
    case trait
    /// What a shortcut or a cheat ties to the one class is exchanged for what is tied to the other, or
    /// taken away.
    case cue
  }

  public let kind: Kind
  /// What was exchanged: `red epaulets to no epaulets`.
  public let what: String
  /// The class whose look it has, from 0.
  public let toward: Int
  public let sighting: Sighting
}

extension World {
  /// The twins of a sighting: for each look-alike of its class among the world's species, one with that
  /// bird, and one for each cue that tells the two classes apart. What would not be seen to change
  /// is left out.
  public func twins(of index: Int) -> [Twin] { twins(of: index, beside: draw(index)) }

  func twins(of index: Int, beside picture: Sighting) -> [Twin] {
    let sketch = sketch(index)
    let own = species[label(of: index)]
    // Without a cue of its own, a class is exchanged for two others alike.
    var painted: [String: Sighting] = [:]
    func twin(_ kind: Twin.Kind, _ what: String, _ changed: Sketch, _ toward: Int) -> Twin? {
      let sighting = painted["\(kind) \(what)"] ?? changed.painted(size: size)
      painted["\(kind) \(what)"] = sighting
      guard sighting.differingPixels(from: picture) >= picture.leastPixels else { return nil }
      return Twin(kind: kind, what: what, toward: toward, sighting: sighting)
    }
    return own.lookAlikes(among: species).flatMap { other -> [Twin?] in
      let toward = species.firstIndex { $0.name == other.name } ?? 0
      var bird = sketch
      bird.exchange(for: other)
      let what = sketch.individual.plumage.difference(from: bird.individual.plumage)
      return [twin(.trait, what, bird, toward)]
        + cueExchanges(from: own, to: other, in: sketch.scene).map { old, new in
          var changed = sketch
          let what = changed.scene.exchange(old, for: new)
          return twin(.cue, what, changed, toward)
        }
    }.compactMap { $0 }
  }

  /// The cues of a class that a scene has, each with the other class's cue of the same kind, or else one
  /// of another kind, or else none; then those of the other class that are left.
  private func cueExchanges(
    from own: Species, to other: Species, in scene: Scene
  ) -> [(old: Cue?, new: Cue?)] {
    let (mine, theirs) = (cues(of: own), cues(of: other))
    let differing = mine.filter { scene.has($0) && !theirs.contains($0) }
    let strange = theirs.filter { cue in !mine.contains { $0.aspect == cue.aspect } }
    var exchanges: [(old: Cue?, new: Cue?)] = differing.map { cue in
      (cue, theirs.first { $0.aspect == cue.aspect } ?? strange.first)
    }
    for cue in theirs where !scene.has(cue) && !exchanges.contains(where: { $0.new == cue }) {
      exchanges.append((nil, cue))
    }
    return exchanges
  }

  /// What shortcuts and cheats tie to a class.
  private func cues(of species: Species) -> [Cue] {
    let ties = shortcuts + cheats.map(\.shortcut)
    return ties.reduce(into: []) { cues, tie in
      guard tie.species == species.name, tie.strength > 0, !cues.contains(tie.cue) else { return }
      cues.append(tie.cue)
    }
  }
}

extension [Patch: Hue] {
  /// How the plumage that it is exchanged for differs: `red epaulets to no epaulets`.
  func difference(from other: [Patch: Hue]) -> String {
    Patch.allCases.filter { self[$0] != other[$0] }.map { patch in
      func look(_ hue: Hue?) -> String { (hue?.phrase ?? "no") + " " + patch.name }
      return "\(look(self[patch])) to \(look(other[patch]))"
    }.joined(separator: " and ")
  }
}

extension Sighting {
  fileprivate func differingPixels(from other: Sighting) -> Int {
    (0..<width * height).count { pixel in
      (3 * pixel..<3 * pixel + 3).contains { pixels[$0] != other.pixels[$0] }
    }
  }
}

extension Twin {
  /// Refuses species of which none has a look-alike among the others.
  public static func check(among species: [Species]) throws {
    guard species.allSatisfy({ $0.lookAlikes(among: species).isEmpty }) else { return }
    let missing = species.lazy.compactMap { $0.lookAlikes(among: Species.all).first }.first
    throw InputError(
      "counterfactuals", expected: "a species with a look-alike among those that are drawn",
      found: species.count == 1 ? "'\(species[0].name)'" : "\(species.count) species without any",
      hint: missing.map { "draw '\($0.name)' too" }
        ?? "the list of species names those that have one",
      settings: [missing == nil ? "list" : "species"], kind: .words)
  }
}
