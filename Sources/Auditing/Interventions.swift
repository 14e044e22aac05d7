import Datasets
import Explaining
import Ground
import Measures
import Nuisances
import Pictures
import Studies

/// What happens to a classifier's margin between two classes when a picture is changed: when its traits
/// are taken away, and when something that is no trait is moved toward the other class.
///
/// A change does more than it is meant to: it makes seams, and takes away what was there. Each is
/// therefore held against the same change that tells nothing of the other class: a background is taken
/// from a picture of the same class, and as large a region elsewhere is filled in.
struct Interventions: Sendable {
  let nuisances: [Nuisance]
  let donors: AuditDonors
  /// Pictures that somebody changed; nil where there are none.
  let counterfactuals: CounterfactualPictures?
  private let removal = TraitRemoval()

  init(
    _ nuisances: [Nuisance], _ donors: AuditDonors, counterfactuals: CounterfactualPictures? = nil
  ) {
    (self.nuisances, self.donors) = (nuisances, donors)
    self.counterfactuals = counterfactuals
  }

  /// What a run calls these numbers.
  static let map = "changes"
  static let traits = "traits"
  static let margin = "margin"

  /// For each change the classifier's margin after it and, as the first count, after what it is compared
  /// with. Further counts are the same two numbers of every other of the margins.
  func numbers(
    _ subject: EvaluationCase, against rival: Int, _ margins: Margins, traits: Mask?
  ) throws -> [RunRecord.Number] {
    let picture = try donors.located(subject.example, subject.view.picture)
    func measured(_ changed: Picture) throws -> [Double] {
      try subject.context.passes.check()
      return margins(subject.context.view(changed))
    }
    let before = try measured(picture.picture)
    // Where the classes do not differ, a shift leaves the picture as it is.
    func margin(_ changed: Picture) throws -> [Double] {
      changed == picture.picture ? before : try measured(changed)
    }
    let scene = Scene(subject: subject, rival: rival, picture: picture)
    var numbers = [
      Interventions.number(Interventions.margin, changed: before, compared: before, reason: nil)
    ]
    for nuisance in nuisances {
      let pair = try changed(nuisance, scene)
      numbers.append(
        Interventions.number(
          nuisance.name, changed: try pair.map { try margin($0.toward) },
          compared: try pair.map { try $0.compared.map { try margin($0) } ?? before },
          reason: "cannot be changed in this picture"))
    }
    let regions = try traits.flatMap { region in
      try removal.elsewhere(region, in: picture, seed: subject.context.seed).map { (region, $0) }
    }
    numbers.append(
      Interventions.number(
        Interventions.traits,
        changed: try regions.map { try margin(try removal.without($0.0, in: picture)) },
        compared: try regions.map { try margin(try removal.without($0.1, in: picture)) },
        reason: traits == nil ? "no place of a trait is known" : "no room for as much elsewhere"))
    return try numbers + self.numbers(ofCounterfactuals: subject, against: rival, margins)
  }

  /// The margin of each picture that somebody made of this one, beside that of this one as it is.
  private func numbers(
    ofCounterfactuals subject: EvaluationCase, against rival: Int, _ margins: Margins
  ) throws -> [RunRecord.Number] {
    let before = margins(subject.view)
    var seen: Set<String> = []
    return try (counterfactuals?.changes(of: subject.example, toward: rival) ?? [])
      .filter { seen.insert($0.name).inserted }
      .map { change in
        try subject.context.passes.check()
        let view = subject.context.view(try Picture(change.picture))
        return Interventions.number(
          change.name, changed: margins(view), compared: before, reason: nil)
      }
  }

  private struct Scene {
    let subject: EvaluationCase
    let rival: Int
    let picture: LocatedPicture
  }

  private static func number(
    _ name: String, changed: [Double]?, compared: [Double]?, reason: String?
  ) -> RunRecord.Number {
    guard let changed, let compared, changed[0].isFinite, compared[0].isFinite else {
      return .init(map: map, measure: name, value: nil, reason: reason)
    }
    let others = zip(changed, compared).dropFirst().flatMap { [Float($0), Float($1)] }
    return .init(
      map: map, measure: name, value: changed[0], counts: [Float(compared[0])] + others)
  }

  /// The picture moved toward the rival, and the one that it is compared with; nil for the picture
  /// itself. Nil where the nuisance cannot be changed.
  private func changed(
    _ nuisance: Nuisance, _ scene: Scene
  ) throws -> (toward: Picture, compared: Picture?)? {
    let (example, picture) = (scene.subject.example, scene.picture)
    switch nuisance.change {
    case .exchange(let change):
      guard let own = try donors.donor(of: scene.subject.label, for: example),
        let other = try donors.donor(of: scene.rival, for: example),
        let compared = change(picture, own), let toward = change(picture, other)
      else { return nil }
      return (toward, compared)
    case .shift(let change):
      guard let own = try donors.appearance(of: scene.subject.label, but: example),
        let other = try donors.appearance(of: scene.rival, but: example),
        let toward = change(picture, own, other)
      else { return nil }
      return (toward, nil)
    case .single(let change):
      return change(picture).map { ($0, nil) }
    }
  }
}
