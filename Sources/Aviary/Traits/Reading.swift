extension Trait {
  /// Returns all traits of a bird with a plumage and a form: CUB-200-2011's attributes in its
  /// order, then what it has no words for.
  static func all(_ plumage: [Patch: Hue], _ form: Form) -> [Trait] {
    func hue(_ patch: Patch) -> Hue? {
      switch patch {
      case .farWing: plumage[.wing]
      case .farLeg: plumage[.leg]
      default: plumage[patch]
      }
    }
    func has(_ patch: Patch) -> Bool { plumage[patch] != nil }

    var traits: [Trait?] = []
    for (group, region) in Region.ofGroup
    where group.hasSuffix("_color") && group != "primary_color" {
      for color in Hue.allCases {
        traits.append(Trait(group, color.rawValue, region.filter { hue($0) == color }))
      }
    }
    for color in primary(plumage) {
      let patches = Patch.allCases.filter { hue($0) == color }
      traits.append(Trait("primary_color", color.rawValue, patches))
    }

    func pattern(_ stripes: Patch?, _ spots: Patch?, _ other: Bool) -> String {
      if stripes.map(has) ?? false { return "striped" }
      if spots.map(has) ?? false { return "spotted" }
      return other ? "multi-colored" : "solid"
    }
    let patterns = [
      ("breast", pattern(.breastStripes, .breastSpots, has(.breastBand)), Region.breast),
      ("back", pattern(.backStripes, .backSpots, false), Region.back),
      ("belly", pattern(.bellyStripes, .bellySpots, false), Region.belly),
      (
        "wing",
        pattern(.wingBars, .wingSpots, [.epaulet, .wingTip, .wingPatch].contains(where: has)),
        Region.wing
      ),
      (
        "tail",
        pattern(.tailBars, nil, has(.tailTip) || plumage[.upperTail] != plumage[.underTail]),
        Region.tail
      ),
    ]
    for (name, value, region) in patterns {
      traits.append(Trait("\(name)_pattern", value, region.filter { hue($0) != nil }))
    }

    let marks: [(String, Patch)] = [
      ("eyering", .eyeRing), ("eyebrow", .eyebrow), ("eyeline", .eyeLine), ("malar", .malar),
      ("masked", .mask), ("crested", .crest), ("striped", .crownStripe), ("unique_pattern", .cheek),
    ]
    for (value, patch) in marks where has(patch) {
      traits.append(Trait("head_pattern", value, [patch]))
    }
    let isCapped = plumage[.crown] != plumage[.face]
    if isCapped { traits.append(Trait("head_pattern", "capped", [.crown])) }
    if !isCapped && !marks.contains(where: { has($0.1) }) {
      let others = [Patch.forehead, .nape].filter { plumage[$0] != plumage[.crown] }
      traits.append(
        others.isEmpty
          ? Trait("head_pattern", "plain", Region.head.filter { hue($0) != nil })
          : Trait("head_pattern", "unique_pattern", others))
    }

    traits += [
      Trait("bill_shape", form.billShape.rawValue, Region.bill.filter { hue($0) != nil }),
      Trait("bill_length", form.billLength, Region.bill.filter { hue($0) != nil }),
      Trait("wing_shape", form.wingShape, Region.wing.filter { hue($0) != nil }),
      Trait("tail_shape", form.tailShape.rawValue, Region.tail.filter { hue($0) != nil }),
      Trait("size", form.size, Patch.allCases), Trait("shape", form.shape, Patch.allCases),
    ]
    let named = traits.compactMap { $0 }.sorted { ($0.attribute ?? 0) < ($1.attribute ?? 0) }
    return named + free(plumage)
  }

  /// Returns the marks with their colors, in words of our own: "red epaulets".
  private static func free(_ plumage: [Patch: Hue]) -> [Trait] {
    Patch.allCases.filter { !Patch.plain.contains($0) }.compactMap { patch in
      plumage[patch].map { Trait("\($0.phrase) \(patch.name)", [patch]) }
    }
  }

  /// Returns the colors that at least three tenths of a bird have, or else the color that most of
  /// it has.
  private static func primary(_ plumage: [Patch: Hue]) -> [Hue] {
    let areas: [(Patch, Int)] = [
      (.wing, 30), (.back, 12), (.breast, 15), (.belly, 15), (.face, 6), (.crown, 5), (.nape, 5),
      (.throat, 5), (.upperTail, 7),
    ]
    func area(_ hue: Hue) -> Int {
      areas.reduce(0) { $0 + (plumage[$1.0] == hue ? $1.1 : 0) }
    }
    let main = Hue.allCases.filter { area($0) >= 30 }
    let largest = Hue.allCases.max { area($0) < area($1) }
    return main.isEmpty ? [largest].compactMap { $0 } : main
  }
}
