import Datasets
import Explaining
import Nuisances
import Pictures
import Studies
import Traits

/// The changed pictures of a run, made again from the dataset for a page: a run keeps only what they did.
/// The same seed gives the same pictures.
public struct ChangedPictures: Sendable {
  private let dataset: Dataset
  private let changes: PictureChanges
  private let words: AttributeWords
  private let plan: AuditPlan

  /// Nil where the run does not say how large the pictures were that its model saw, or where the dataset
  /// has other classes.
  public init?(_ plan: AuditPlan, _ dataset: Dataset) {
    let size = (plan.inputs.preprocessing?["size"]?.array ?? []).compactMap(\.integer)
    guard let shortest = size.min(), shortest > 0,
      let dataset = try? dataset.withClasses(plan.classes, of: "the run")
    else { return nil }
    self.dataset = dataset
    self.plan = plan
    words = AttributeWords(of: plan.attributes.map { Attribute($0) }, thing: plan.thing ?? "bird")
    changes = PictureChanges(
      AuditDonors(dataset, seed: plan.seed, shortest: shortest), seed: plan.seed)
  }

  /// What a change made of a picture; nil where it was not made, or cannot be made again.
  package func made(_ name: String, of audited: AuditPicture, _ run: RunFile) throws
    -> ChangedPicture?
  {
    guard audited.changes[name] != nil, let label = audited.record.label,
      let rival = audited.rival, dataset.examples.indices.contains(audited.record.number)
    else { return nil }
    let example = dataset.examples[audited.record.number]
    let picture = try example.picture(asIn: run)
    let scene = PictureChanges.Scene(
      example: example, label: label, rival: rival,
      picture: try changes.donors.located(example, picture))
    if let nuisance = Nuisance(named: name) { return try changes.made(nuisance, scene) }
    guard name == Interventions.traits, let set = listed(audited) else { return nil }
    let region = try TraitRegion(
      dataset: dataset, example: example, picture: picture, words: words
    ).mask(of: set, maps: try maps(of: audited, run))
    return try region.flatMap { try changes.made(without: $0, scene) }
  }

  /// The attributes; nil where the run's words for them are not those from which parts are known here.
  private func listed(_ audited: AuditPicture) -> TraitSet? {
    func places(_ traits: [AuditPicture.Trait]) -> [Int]? {
      let found = traits.compactMap { plan.attributes.firstIndex(of: $0.name) }
      let isKnown = found.allSatisfy {
        plan.phrases.indices.contains($0) && plan.phrases[$0] == words.all[$0].phrase
      }
      return isKnown && found.count == traits.count ? found : nil
    }
    guard let own = places(audited.traits), let lacking = places(audited.lacking) else {
      return nil
    }
    return TraitSet(own: own, lacking: lacking)
  }

  private func maps(of audited: AuditPicture, _ run: RunFile) throws -> [Heatmap] {
    guard let place = audited.record.place else { return [] }
    let names = Set((audited.traits + audited.lacking).map(\.name))
    return try run.maps(of: audited.record.number).filter { names.contains($0.name) }.map {
      Heatmap($0.grid, region: place.region, width: place.width, height: place.height)
    }
  }
}
