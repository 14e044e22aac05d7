import Auditing
import Datasets
import Ground
import Nuisances

/// The pictures of a pair in which marks are planted: as many of the one class as of the other.
struct PairPictures: Sendable {
  let examples: [Example]
  let pictures: [LocatedPicture]
  let isFirst: [Bool]

  /// How many there are of each class.
  var ofEach: Int { isFirst.count / 2 }

  /// Nil where too few can be read.
  init?(_ pair: CalibrationPair, _ audit: Audit) throws {
    let found = try pair.pictures.map { numbers in
      var found: [(Example, LocatedPicture)] = []
      for number in numbers where found.count < CalibrationPair.most {
        try audit.context.passes.check()
        let example = audit.context.dataset.examples[number]
        if let picture = try? audit.located(example) { found.append((example, picture)) }
      }
      return found
    }
    // An even number can be divided in two halves that are as large.
    let count = (found.map(\.count).min() ?? 0) / 2 * 2
    guard count >= CalibrationPair.fewest else { return nil }
    let all = found.flatMap { $0.prefix(count) }
    (examples, pictures) = (all.map(\.0), all.map(\.1))
    isFirst = all.indices.map { $0 < count }
  }

  private init(_ other: PairPictures, keeping kept: [Int]) {
    examples = kept.map { other.examples[$0] }
    pictures = kept.map { other.pictures[$0] }
    isFirst = kept.map { other.isFirst[$0] }
  }

  /// Those that a mark can be planted in, and as many of either class; nil where they are too few.
  func only(where isKept: (Int) -> Bool) -> (PairPictures, kept: [Int])? {
    let sides = [true, false].map { side in
      isFirst.indices.filter { isFirst[$0] == side && isKept($0) }
    }
    let count = (sides.map(\.count).min() ?? 0) / 2 * 2
    guard count >= CalibrationPair.fewest else { return nil }
    let kept = sides.flatMap { $0.prefix(count) }
    return (PairPictures(self, keeping: kept), kept)
  }
}
