import Datasets
import Measures
import Nuisances
import Pictures

/// The pictures that an audit makes of one of the dataset's: with something moved toward the look-alike,
/// or with the traits filled in. `Interventions` measures them, and pages show them.
struct PictureChanges: Sendable {
  let donors: AuditDonors
  let seed: UInt64
  private let removal = TraitRemoval()

  /// A picture, and the two classes that it is told apart by.
  struct Scene: Sendable {
    let example: Example
    let label: Int
    let rival: Int
    let picture: LocatedPicture
  }

  init(_ donors: AuditDonors, seed: UInt64) { (self.donors, self.seed) = (donors, seed) }

  /// Nil where the nuisance cannot be changed in the picture.
  func made(_ nuisance: Nuisance, _ scene: Scene) throws -> ChangedPicture? {
    try nuisance.moved(
      scene.picture, from: source(scene.label, scene), to: source(scene.rival, scene))
  }

  /// The picture moved by one error of the amount more, and by one less; nil where one cannot be made.
  /// If the class with the larger number has more of something than was found, its own pictures have
  /// farther to go, and those of the other class less far: the error is one of both.
  func madeByOtherAmounts(_ nuisance: Nuisance, _ scene: Scene) throws -> [Picture]? {
    let sign: Double = scene.label < scene.rival ? 1 : -1
    let made = try [sign, -sign].compactMap {
      try nuisance.movedFurther(
        scene.picture, from: source(scene.label, scene), to: source(scene.rival, scene), by: $0)
    }
    return made.count == 2 ? made : nil
  }

  private func source(_ label: Int, _ scene: Scene) -> Nuisance.Source {
    .init(
      donor: { try donors.donor(of: label, for: scene.example) },
      appearance: { try donors.appearance(of: label, but: scene.example) })
  }

  /// The picture without the traits, and without as much elsewhere; nil where there is no room for that.
  func made(without traits: Mask, _ scene: Scene) throws -> ChangedPicture? {
    guard let elsewhere = try removal.elsewhere(traits, in: scene.picture, seed: seed) else {
      return nil
    }
    return ChangedPicture(
      changed: try removal.without(traits, in: scene.picture),
      compared: try removal.without(elsewhere, in: scene.picture))
  }
}
