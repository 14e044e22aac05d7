import Words

/// Something about a bird that words can say, with the patches on which it is seen.
///
/// ```swift
/// Species(named: "Redshouldered Brackle")?.traits.map(\.phrase)
/// // ["dagger-shaped bill", ..., "red wings", ..., "red epaulets"]
/// ```
public struct Trait: Hashable, Sendable {
  public let phrase: String
  /// The number among CUB-200-2011's 312 attributes, from 1; nil for what they have no word for.
  public let attribute: Int?
  public let patches: [Patch]

  /// What the attribute is about: `wing_color`.
  public var group: String? { attribute.map { Prompts.attributes[$0 - 1].group } }

  init(_ phrase: String, _ patches: [Patch]) {
    (self.phrase, attribute, self.patches) = (phrase, nil, patches)
  }

  /// Creates a trait from an attribute of CUB-200-2011; nil if it has no attribute of that name, or
  /// if there are no patches.
  init?(_ group: String, _ value: String, _ patches: [Patch]) {
    guard let number = Trait.numbers["has_\(group)::\(value)"], !patches.isEmpty else { return nil }
    phrase = Prompts.attributes[number - 1].phrase
    attribute = number
    self.patches = patches
  }

  private static let numbers = Dictionary(
    uniqueKeysWithValues: Prompts.attributes.enumerated().map { ($1.name, $0 + 1) })
}

extension Species {
  /// All traits of the species' usual plumage.
  public var traits: [Trait] { Trait.all(plumage, form) }

  /// How many of a hundred individuals have each of CUB-200-2011's attributes, in its order.
  public var attributePercentages: [Double] {
    var percentages = [Double](repeating: 0, count: Prompts.attributes.count)
    for (share, plumage) in plumages {
      for trait in Trait.all(plumage, form) {
        if let number = trait.attribute { percentages[number - 1] += 100 * Double(share) }
      }
    }
    // The shares are 32-bit numbers, whose errors are rounded away.
    return percentages.map { ($0 * 1e4).rounded() / 1e4 }
  }
}

/// The regions of a bird with their patches, and the groups of CUB-200-2011's attributes that each
/// answers.
enum Region {
  static let wing: [Patch] = [
    .wing, .epaulet, .wingBars, .wingTip, .wingPatch, .wingSpots, .farWing,
  ]
  static let back: [Patch] = [.back, .backStripes, .backSpots]
  static let breast: [Patch] = [.breast, .breastBand, .breastStripes, .breastSpots]
  static let belly: [Patch] = [.belly, .bellyStripes, .bellySpots]
  static let tail: [Patch] = [.upperTail, .underTail, .tailTip, .tailBars]
  static let bill: [Patch] = [.bill, .billTip]
  static let head: [Patch] = [
    .forehead, .crown, .nape, .face, .throat, .eyeRing, .eyebrow, .eyeLine, .mask, .malar,
    .cheek, .crownStripe, .crest,
  ]
  static let bird = Patch.allCases

  /// The region where the values of each group are seen.
  static let ofGroup: [String: [Patch]] = [
    "bill_shape": bill, "bill_length": bill, "bill_color": bill,
    "wing_color": wing, "wing_shape": wing, "wing_pattern": wing,
    "upperparts_color": back + wing, "underparts_color": breast + belly,
    "breast_color": breast, "breast_pattern": breast, "back_color": back, "back_pattern": back,
    "belly_color": belly, "belly_pattern": belly,
    "tail_shape": tail, "tail_pattern": tail,
    "upper_tail_color": [.upperTail, .tailTip, .tailBars],
    "under_tail_color": [.underTail, .tailTip, .tailBars],
    "head_pattern": head, "throat_color": [.throat], "eye_color": [.eye],
    "forehead_color": [.forehead], "nape_color": [.nape],
    "crown_color": [.crown, .crownStripe, .crest], "leg_color": [.leg, .farLeg],
    "primary_color": bird, "size": bird, "shape": bird,
  ]
}
