import Datasets
import Explaining
import Measures
import Pictures
import Studies
import Traits

/// Where in a picture the traits of a pair of classes are: by the dataset's masks of attributes, by its
/// parts, or, where it has neither, by the model's own maps of the words.
struct TraitRegion {
  let dataset: Dataset
  let example: Example
  let picture: Picture
  let words: AttributeWords

  /// The radius around a part, as a share of the longer side of the thing's box, or of the picture.
  private static let reach = (ofThing: 0.09, ofPicture: 1.0 / 15)
  /// The share of the picture that the best of the maps stand for.
  private static let best = 0.1

  /// Nil where nothing is known.
  func mask(of set: TraitSet, maps: [Heatmap]) throws -> Mask? {
    let told = try masks(of: set) + [discs(of: set)].compactMap { $0 }
    if let first = told.first {
      return told.dropFirst().reduce(first) { $0.union($1) }
    }
    return mapped(maps)
  }

  private func masks(of set: TraitSet) throws -> [Mask] {
    let attributes = Set(set.own + set.lacking)
    return try dataset.masks(of: example)
      .filter { $0.attribute.map(attributes.contains) ?? false }
      .map { try $0.read(for: picture) }
  }

  private func discs(of set: TraitSet) -> Mask? {
    let names = Set((set.own + set.lacking).flatMap { words.all[$0].parts ?? [] })
    let parts = dataset.visibleParts(of: example).filter { names.contains($0.name) }
    guard !parts.isEmpty else { return nil }
    let (width, height) = (picture.width, picture.height)
    let radius =
      example.box.map { TraitRegion.reach.ofThing * max($0.width, $0.height) }
      ?? TraitRegion.reach.ofPicture * Double(max(width, height))
    return Truth(around: parts, radius: radius, width: width, height: height).mask
  }

  /// The best tenth of the sum of what speaks for each trait.
  private func mapped(_ maps: [Heatmap]) -> Mask? {
    guard let first = maps.first else { return nil }
    var sum = [Float](repeating: 0, count: first.width * first.height)
    for map in maps {
      let pixels = map.clipped().resized()
      guard let values = pixels.filled else { continue }
      for place in sum.indices { sum[place] += values[place] }
    }
    let count = Int(TraitRegion.best * Double(sum.count))
    let least = sum.sorted(by: >)[min(count, sum.count - 1)]
    guard sum.contains(where: { $0 > least }) else { return nil }
    return Mask(width: first.width, height: first.height, sum.map { $0 > least })
  }
}

extension Mask {
  fileprivate func union(_ other: Mask) -> Mask {
    Mask(width: width, height: height, zip(pixels, other.pixels).map { $0 || $1 })
  }
}
