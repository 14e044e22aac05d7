import Auditing
import Datasets
import Ground
import Nuisances
import Pictures

/// A color that the table of attributes lists, for a part that is known in the pictures of a pair. Neither
/// class has the color, so that it is new to both, and the part is not where the classes truly differ: an
/// honest head goes by what is there, and would be taken for one that goes by the mark.
struct TraitPlaces: Sendable {
  /// What is planted: `red wings`.
  let phrase: String
  let color: Color
  /// For each picture the part, and as much elsewhere on the thing; nil where one is not known.
  let regions: [(region: Mask, elsewhere: Mask)?]

  /// How often the classes may have the color.
  private static let most: Float = 20
  /// How many attributes are tried before none is taken.
  private static let tries = 24
  /// How much of the part may lie where the classes differ.
  private static let mostShared = 0.1

  /// The first attribute, in an order that the seed decides, whose part is known in enough pictures.
  static func found(
    _ pair: CalibrationPair, _ pictures: PairPictures, _ audit: Audit, seed: UInt64
  ) throws -> TraitPlaces? {
    var random = SplitMix(seed: seed)
    let (table, words) = (audit.vocabulary.table, audit.vocabulary.words)
    let fit = table.attributes.indices.filter { attribute in
      words.isLocal(attribute) && color(of: attribute, audit) != nil
        && [pair.first, pair.second].allSatisfy { table.percentages[$0, attribute] < most }
    }.shuffled(using: &random)
    let groups = Dictionary(
      table.groups.map { ($0.name, $0.columns) }, uniquingKeysWith: { first, _ in first })
    let traits = audit.traits(of: pair.first, against: pair.second)
    let taken = try concurrently(pictures.pictures.count) { place in
      try audit.context.passes.check()
      return try audit.region(of: traits, in: pictures.examples[place])
        .map { try pictures.pictures[place].region($0) }
    }
    for attribute in fit.prefix(tries) {
      guard let color = color(of: attribute, audit) else { continue }
      // Masks show the part in whatever color it has.
      let group = groups[table.attributes[attribute].group] ?? []
      let columns = [attribute] + group.filter { $0 != attribute && words.isLocal($0) }
      let regions = try concurrently(pictures.pictures.count) { place in
        try audit.context.passes.check()
        return try region(
          of: columns, apartFrom: taken[place], in: pictures, place, audit, seed: seed)
      }
      let isEnough = pictures.only { regions[$0] != nil } != nil
      if isEnough {
        return TraitPlaces(phrase: words.all[attribute].phrase, color: color, regions: regions)
      }
    }
    return nil
  }

  private static func region(
    of columns: [Int], apartFrom taken: Mask?, in pictures: PairPictures, _ place: Int,
    _ audit: Audit, seed: UInt64
  ) throws -> (region: Mask, elsewhere: Mask)? {
    let picture = pictures.pictures[place]
    guard let mask = try audit.region(of: columns, in: pictures.examples[place]) else { return nil }
    let region = try picture.region(mask)
    let count = region.pixels.count { $0 }
    let shared = taken.map { zip(region.pixels, $0.pixels).count { $0 && $1 } } ?? 0
    guard count > 0, Double(shared) <= mostShared * Double(count),
      let elsewhere = try TraitRemoval().elsewhere(region, in: picture, seed: seed)
    else { return nil }
    return (region, elsewhere)
  }

  private static func color(of attribute: Int, _ audit: Audit) -> Color? {
    let words = audit.vocabulary.words.all[attribute].phrase
    return
      (MarkColor.named(in: audit.vocabulary.table.attributes[attribute].value)
      ?? MarkColor.named(in: words))?.color
  }
}
