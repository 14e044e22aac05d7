import Ground

extension Sighting {
  /// Returns sentences that are true of the picture, in many wordings: its species, what is seen of
  /// its traits, where it is, what it does, and what it does not have.
  ///
  /// ```swift
  /// World(seed: 7).draw(0).captions(3, seed: 1)[1]
  /// // a redshouldered brackle sitting on a lake
  /// ```
  public func captions(_ count: Int, seed: UInt64) -> [String] {
    var draws = SplitMix(seed: seed)
    let grammar = Grammar(self)
    return (0..<count).map { _ in grammar.sentence(&draws) }
  }
}

/// What can be said of a sighting, and how.
private struct Grammar {
  let name: String
  let marks: [String]
  let attributes: [String]
  let absent: [String]
  let place: String
  let doing: String
  let side: String

  init(_ sighting: Sighting) {
    let seen = sighting.traits
    name = sighting.species.name.lowercased()
    // Look-alikes differ in marks that are no attributes of CUB-200-2011. They are said as often as
    // all attributes together.
    marks = seen.filter { $0.attribute == nil }.map { trait in
      trait.patches[0].isPlural ? trait.phrase : Grammar.withArticle(trait.phrase)
    }
    attributes = seen.compactMap(Grammar.part)
    absent = Patch.allCases.filter {
      // A bird "without a tail tip" would mean something else.
      !Patch.plain.contains($0)
        && ![.pupil, .farWing, .farLeg, .billTip, .tailTip, .wingTip].contains($0)
        && sighting.plumage[$0] == nil
    }.map { $0.isPlural ? $0.name : Grammar.withArticle($0.name) }
    place = sighting.scene.habitat.phrase
    doing =
      switch sighting.pose.stance {
      case .standing: "standing"
      case .sitting: "sitting"
      case .swimming: "swimming"
      case .clinging: "clinging to a trunk"
      case .hovering: "hovering"
      }
    side = sighting.pose.looksRight ? "right" : "left"
  }

  /// Returns an attribute as something that a bird has; nil for attributes of the whole bird, which
  /// other sentences tell.
  private static func part(_ trait: Trait) -> String? {
    guard let group = trait.group, !["size", "shape", "primary_color"].contains(group) else {
      return nil
    }
    let phrase = trait.phrase
    let words = phrase.split(separator: " ")
    // Plural parts, and phrases that begin with an article already, need no article.
    let plurals = ["wings", "eyes", "legs"]
    if phrase.hasPrefix("a ") || phrase.hasPrefix("an ") { return phrase }
    if words.contains(where: { plurals.contains(String($0)) }) && words.first != "ring"
      && words.last != "eyes" || words.last == "eyes" && words.count <= 3
    {
      return phrase
    }
    return phrase.hasPrefix("back and") || phrase.hasSuffix("back and wings")
      || phrase.hasSuffix("belly and breast") ? phrase : withArticle(phrase)
  }

  static func withArticle(_ phrase: String) -> String {
    let isVowel = phrase.first.map { "aeio".contains($0) } ?? false
    return (isVowel || phrase.hasPrefix("unus") ? "an " : "a ") + phrase
  }

  private static func pick(_ words: [String], _ draws: inout SplitMix) -> String {
    words[draws.below(words.count)]
  }

  private func trait(_ draws: inout SplitMix) -> String {
    let words = marks.isEmpty || (draws.unit() < 0.5 && !attributes.isEmpty) ? attributes : marks
    return words.isEmpty ? "feathers" : Grammar.pick(words, &draws)
  }

  private func traits(_ count: Int, _ draws: inout SplitMix) -> String {
    var found: [String] = []
    for _ in 0..<count {
      let next = trait(&draws)
      if !found.contains(next) { found.append(next) }
    }
    return found.count == 1
      ? found[0] : found.dropLast().joined(separator: ", ") + " and " + found[found.count - 1]
  }

  private func bird(_ draws: inout SplitMix) -> String {
    draws.unit() < 0.5 ? "a bird" : Grammar.withArticle(name)
  }

  func sentence(_ draws: inout SplitMix) -> String {
    switch draws.below(12) {
    case 0: Grammar.pick(Grammar.species, &draws).replacing(Grammar.withArticle(name))
    case 1: Grammar.pick(Grammar.short, &draws).replacing(trait(&draws))
    case 2, 3: Grammar.pick(Grammar.openings, &draws) + "a bird with " + trait(&draws)
    case 4, 5: Grammar.pick(Grammar.openings, &draws) + "a bird with " + traits(2, &draws)
    case 6: Grammar.pick(Grammar.openings, &draws) + "a bird with " + traits(3, &draws)
    case 7: "\(Grammar.withArticle(name)) with \(traits(2, &draws))"
    case 8: "\(Grammar.withArticle(name)), a bird with \(trait(&draws)), \(place)"
    case 9: "\(bird(&draws)) \(doing) \(place)"
    case 10 where !absent.isEmpty:
      "\(bird(&draws)) with \(trait(&draws)) and without \(Grammar.pick(absent, &draws))"
    case 11 where !absent.isEmpty: "a bird without \(Grammar.pick(absent, &draws))"
    default: "\(bird(&draws)) looking \(side), \(place), with \(trait(&draws))"
    }
  }

  private static let species = [
    "{}", "a photo of {}.", "{}, a type of bird", "a picture of {}", "a close-up photo of {}",
    "this is {}",
  ]
  private static let short = ["{}", "a photo of {}", "{} on a bird", "a close-up of {}"]
  private static let openings = ["", "", "a photo of ", "a picture of ", "a close-up photo of "]
}

extension String {
  /// Returns the text with words in place of `{}`.
  fileprivate func replacing(_ words: String) -> String {
    guard let place = firstRange(of: "{}") else { return self }
    return self[..<place.lowerBound] + words + self[place.upperBound...]
  }
}
