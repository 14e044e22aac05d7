import Datasets
import Explaining
import Ground
import Measures
import Nuisances
import Pictures
import Studies
import Traits

/// What happens to a classifier's margin between two classes when a picture is changed: when its traits
/// are taken away, and when something that is no trait is moved toward the other class.
///
/// A change does more than it is meant to: it makes seams, and takes away what was there. Each is
/// therefore held against the same change that tells nothing of the other class: a background is taken
/// from a picture of the same class, and as large a region elsewhere is filled in.
struct Interventions: Sendable {
  let nuisances: [Nuisance]
  let pictures: PictureChanges
  /// Pictures that somebody changed; nil where there are none.
  let counterfactuals: CounterfactualPictures?

  init(
    _ nuisances: [Nuisance], _ pictures: PictureChanges,
    counterfactuals: CounterfactualPictures? = nil
  ) {
    (self.nuisances, self.pictures) = (nuisances, pictures)
    self.counterfactuals = counterfactuals
  }

  /// What a run calls these numbers.
  static let map = AuditNames.changes
  static let traits = "traits"
  static let margin = "margin"

  /// For each change the classifier's margin after it and, as the first count, after what it is compared
  /// with. Further counts are the same two numbers of every other of the margins. Where intervals are to
  /// hold on other pictures, properties are moved by a larger and a smaller amount as well.
  func numbers(
    _ subject: EvaluationCase, against rival: Int, _ margins: Margins, traits: Mask?
  ) throws -> [RunRecord.Number] {
    let picture = try pictures.donors.located(subject.example, subject.view.picture)
    let scene = PictureChanges.Scene(
      example: subject.example, label: subject.label, rival: rival, picture: picture)
    func measured(_ changed: Picture) throws -> [Double] {
      try subject.context.passes.check()
      return margins(subject.context.view(changed))
    }
    let before = try measured(picture.picture)
    func number(
      _ name: String, _ made: ChangedPicture?, reason: String
    ) throws -> RunRecord.Number {
      // Where the classes do not differ, a shift leaves the picture as it is.
      func margins(_ changed: Picture) throws -> [Double] {
        changed == picture.picture ? before : try measured(changed)
      }
      return Interventions.number(
        name, changed: try made.map { try margins($0.changed) },
        compared: try made.map { try $0.compared.map(margins) ?? before }, reason: reason)
    }
    var numbers = [
      Interventions.number(Interventions.margin, changed: before, compared: before, reason: nil)
    ]
    for nuisance in nuisances {
      numbers.append(
        try number(
          nuisance.name, try pictures.made(nuisance, scene),
          reason: "cannot be changed in this picture"))
    }
    numbers.append(
      try number(
        Interventions.traits, try traits.flatMap { try pictures.made(without: $0, scene) },
        reason: traits == nil ? "no place of a trait is known" : "no room for as much elsewhere"))
    if margins.hasHeads {
      for nuisance in nuisances where nuisance.hasAmount {
        guard let made = try pictures.madeByOtherAmounts(nuisance, scene) else { continue }
        let found = try made.map { try measured($0)[Margins.classifier] }
        numbers.append(
          .init(
            map: AuditNames.amounts, measure: nuisance.name, value: found[0],
            counts: [Float(found[1])]))
      }
    }
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
}
