import Datasets
import Measures
import Nuisances
import Pictures

/// The pictures that an audit makes of one of the dataset's: with something moved toward the look-alike,
/// or with the traits filled in. `Interventions` measures them, and pages show them.
package struct PictureChanges: Sendable {
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

  /// A changed picture, and the one that it is compared with; nil for the picture as it is.
  package struct Made: Sendable {
    package let changed: Picture
    package let compared: Picture?
  }

  init(_ donors: AuditDonors, seed: UInt64) { (self.donors, self.seed) = (donors, seed) }

  /// Nil where the nuisance cannot be changed in the picture.
  func made(_ nuisance: Nuisance, _ scene: Scene) throws -> Made? {
    let (example, picture) = (scene.example, scene.picture)
    switch nuisance.change {
    case .exchange(let change):
      guard let own = try donors.donor(of: scene.label, for: example),
        let other = try donors.donor(of: scene.rival, for: example),
        let compared = change(picture, own), let toward = change(picture, other)
      else { return nil }
      return Made(changed: toward, compared: compared)
    case .shift(let change):
      guard let own = try donors.appearance(of: scene.label, but: example),
        let other = try donors.appearance(of: scene.rival, but: example),
        let toward = change(picture, own, other)
      else { return nil }
      return Made(changed: toward, compared: nil)
    case .single(let change):
      return change(picture).map { Made(changed: $0, compared: nil) }
    }
  }

  /// The picture without the traits, and without as much elsewhere; nil where there is no room for that.
  func made(without traits: Mask, _ scene: Scene) throws -> Made? {
    guard let elsewhere = try removal.elsewhere(traits, in: scene.picture, seed: seed) else {
      return nil
    }
    return Made(
      changed: try removal.without(traits, in: scene.picture),
      compared: try removal.without(elsewhere, in: scene.picture))
  }
}
