import Datasets
import Explaining
import Nuisances
import Pictures
import Studies
import Traits

/// Where in a picture things are, as the audit looks for them.
extension Audit {
  /// The picture at the size that the model sees, with its thing where that is known.
  package func located(_ example: Example) throws -> LocatedPicture {
    try donors.located(example, example.picture())
  }

  /// What tells two classes apart: what the one has and the other has not.
  package func traits(of label: Int, against rival: Int) -> [Int] {
    let set = sets.of(label, against: rival)
    return set.own + set.lacking
  }

  /// Where attributes are seen: by the dataset's masks and parts, or else by the model's own map of the
  /// first one. Nil where nothing is known.
  package func region(of attributes: [Int], in example: Example) throws -> Mask? {
    guard let first = attributes.first else { return nil }
    let subject = try EvaluationCase(of: example, context)
    let region = TraitRegion(
      dataset: context.dataset, example: example, picture: subject.view.picture,
      words: vocabulary.words)
    let set = TraitSet(own: attributes, lacking: [])
    if let told = try region.mask(of: set, maps: []) { return told }
    let target = vocabulary.contrasts(against: subject.label)[first]
    return try region.mask(of: set, maps: method.maps(subject.view, [target], settings))
  }
}
