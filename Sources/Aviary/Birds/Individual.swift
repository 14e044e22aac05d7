import Ground

/// One bird of a species: which of the species' plumages it has, and how far its colors and lengths
/// are its own.
struct Individual: Sendable {
  let plumage: [Patch: Hue]
  let form: Form
  /// The color of each patch by the patch's number; nil if the bird does not have it.
  let tints: [Tint?]
  let seed: UInt32

  /// As with poses, the same number of draws for every species. Which of the species' plumages it is
  /// is drawn as well, unless one is given.
  init(_ species: Species, seed birdSeed: UInt64, plumage given: [Patch: Hue]? = nil) {
    var draws = SplitMix(seed: birdSeed)
    let chances = (0..<4).map { _ in draws.unit() }
    let plumage =
      given
      ?? zip(species.varieties, chances).reduce(species.plumage) { plumage, drawn in
        drawn.1 < drawn.0.share ? plumage.changed(by: drawn.0.patches) : plumage
      }
    self.plumage = plumage
    func about(_ x: Float, _ share: Float) -> Float { x * (1 - share + 2 * share * draws.unit()) }
    var form = species.form
    form.plumpness = about(form.plumpness, 0.06)
    form.headRadius = about(form.headRadius, 0.05)
    form.neck = about(form.neck, 0.08)
    form.tail = about(form.tail, 0.08)
    form.bill = about(form.bill, 0.05)
    form.leg = about(form.leg, 0.1)
    self.form = form
    let whole = 0.88 + 0.24 * draws.unit()
    var tints = [Tint?](repeating: nil, count: 64)
    for patch in Patch.allCases {
      let own = Tint(
        0.94 + 0.12 * draws.unit(), 0.94 + 0.12 * draws.unit(), 0.94 + 0.12 * draws.unit())
      tints[Int(patch.rawValue)] = plumage[patch].map { $0.tint * own * whole }
    }
    // The pupil is always black, and the far wing and leg are darker than the near ones.
    tints[Int(Patch.pupil.rawValue)] = rgb(14, 12, 12)
    tints[Int(Patch.farWing.rawValue)] = tints[Int(Patch.wing.rawValue)].map { $0 * 0.7 }
    tints[Int(Patch.farLeg.rawValue)] = tints[Int(Patch.leg.rawValue)].map { $0 * 0.7 }
    self.tints = tints
    seed = UInt32(truncatingIfNeeded: draws.next())
  }

  /// Whether a patch shimmers, so that its color depends on how it faces the light.
  func shimmers(_ patch: Patch) -> Bool { plumage[patch] == .iridescent }
}
