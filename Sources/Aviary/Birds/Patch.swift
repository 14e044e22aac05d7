/// A piece of a bird that has one color. A pixel shows one of these, or none.
///
/// A species has a color for each of its patches, so what tells two species apart is the patches in
/// which they differ.
public enum Patch: UInt8, CaseIterable, Sendable {
  // Every bird has these.
  case bill = 1
  case eye, pupil, forehead, crown, nape, face, throat, breast, belly, back, wing
  case upperTail, underTail, leg
  // These are marks, which only some birds have.
  case billTip, eyeRing, eyebrow, eyeLine, mask, malar, cheek, crownStripe, crest
  case breastBand, breastStripes, breastSpots, bellyStripes, bellySpots, backStripes, backSpots
  case epaulet, wingBars, wingTip, wingPatch, wingSpots
  case tailTip, tailBars
  // The wing and the leg of the far side have no colors of their own.
  case farWing, farLeg

  /// The patches that every species gives a color to.
  static let plain: [Patch] = [
    .bill, .eye, .forehead, .crown, .nape, .face, .throat, .breast, .belly, .back, .wing,
    .upperTail, .underTail, .leg,
  ]

  /// What people call the patch or mark.
  public var name: String {
    switch self {
    case .eyeRing: "eye ring"
    case .eyeLine: "eye line"
    case .malar: "stripe below the cheek"
    case .crownStripe: "crown stripe"
    case .mask: "mask across the eyes"
    case .cheek: "cheek patch"
    case .breastBand: "breast band"
    case .breastStripes: "streaks on the breast"
    case .breastSpots: "spots on the breast"
    case .bellyStripes: "streaks on the belly"
    case .bellySpots: "spots on the belly"
    case .backStripes: "streaks on the back"
    case .backSpots: "spots on the back"
    case .epaulet: "epaulets"
    case .wingBars: "wing bars"
    case .wingTip: "wing tips"
    case .wingPatch: "wing patch"
    case .wingSpots: "spots on the wings"
    case .tailTip: "tail tip"
    case .tailBars: "tail bars"
    case .billTip: "bill tip"
    case .upperTail: "upper side of the tail"
    case .underTail: "underside of the tail"
    default: "\(self)"
    }
  }

  /// Whether the name is used without "a".
  var isPlural: Bool {
    switch self {
    case .epaulet, .wingBars, .wingTip, .wingSpots, .tailBars, .breastStripes, .breastSpots,
      .bellyStripes, .bellySpots, .backStripes, .backSpots:
      true
    default: false
    }
  }
}

/// CUB-200-2011's parts, in its order.
public enum BodyPart: Int, CaseIterable, Sendable {
  case back = 1
  case beak, belly, breast, crown, forehead, leftEye, leftLeg, leftWing, nape
  case rightEye, rightLeg, rightWing, tail, throat

  public var name: String {
    switch self {
    case .leftEye: "left eye"
    case .leftLeg: "left leg"
    case .leftWing: "left wing"
    case .rightEye: "right eye"
    case .rightLeg: "right leg"
    case .rightWing: "right wing"
    default: "\(self)"
    }
  }

  /// Returns the patches that lie on this part of a bird that looks right or left. The side that it
  /// looks to is the near one.
  public func patches(looksRight: Bool) -> [Patch] {
    let nearWing: [Patch] = [.wing, .epaulet, .wingBars, .wingTip, .wingPatch, .wingSpots]
    return switch self {
    case .back: [.back, .backStripes, .backSpots]
    case .beak: [.bill, .billTip]
    case .belly: [.belly, .bellyStripes, .bellySpots]
    case .breast: [.breast, .breastBand, .breastStripes, .breastSpots]
    case .crown: [.crown, .crownStripe, .crest]
    case .forehead: [.forehead]
    case .leftEye: looksRight ? [] : [.eye, .pupil]
    case .rightEye: looksRight ? [.eye, .pupil] : []
    case .leftLeg: looksRight ? [.farLeg] : [.leg]
    case .rightLeg: looksRight ? [.leg] : [.farLeg]
    case .leftWing: looksRight ? [.farWing] : nearWing
    case .rightWing: looksRight ? nearWing : [.farWing]
    case .nape: [.nape]
    case .tail: [.upperTail, .underTail, .tailTip, .tailBars]
    case .throat: [.throat]
    }
  }
}
