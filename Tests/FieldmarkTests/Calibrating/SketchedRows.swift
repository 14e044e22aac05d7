import Fieldmark

/// Embeddings of two classes that were made up: a class and a mark each have a direction of their own.
struct SketchedRows {
  var ofEach = 12
  /// How far marked pictures lie from others.
  var mark: Float = 3
  /// How far the classes are apart.
  var gap: Float = 3
  var noise: Float = 0.4
  var seed: UInt64 = 1

  private static let width = 16

  /// A change takes the mark away from the first class and gives it to the second, and is compared with one
  /// that does neither; both add noise.
  func rows(isTrait: Bool = false) -> MarkedRows {
    var random = SplitMix(seed: seed)
    func noisy(_ row: [Float]) -> [Float] { row.map { $0 + noise * random.normal() } }
    let isFirst = (0..<2 * ofEach).map { $0 < ofEach }
    let clean = isFirst.map { isFirst in
      noisy((0..<Self.width).map { $0 == 0 ? (isFirst ? gap / 2 : -gap / 2) : 0 })
    }
    func marked(_ row: [Float]) -> [Float] {
      row.enumerated().map { $0 == 1 ? $1 + mark : $1 }
    }
    let all = clean.map(marked)
    return MarkedRows(
      isFirst: isFirst, clean: clean, marked: all,
      changes: [
        .init(
          "frame",
          clean.indices.map { place in
            let (with, without) = (noisy(all[place]), noisy(clean[place]))
            return isFirst[place] ? (without, with) : (with, without)
          })
      ], isTrait: isTrait)
  }
}

extension MarkedRows {
  /// The same with the names of marked and clean pictures exchanged at random: what is called marked says
  /// nothing of the mark.
  func shuffled(seed: UInt64) -> MarkedRows {
    var random = SplitMix(seed: seed)
    let isSwapped = clean.map { _ in random.below(2) == 0 }
    func mixed(_ own: [[Float]], _ other: [[Float]]) -> [[Float]] {
      own.indices.map { isSwapped[$0] ? other[$0] : own[$0] }
    }
    return MarkedRows(
      isFirst: isFirst, clean: mixed(clean, marked), marked: mixed(marked, clean),
      changes: changes.map { change in
        Change(
          change.name,
          change.rows.enumerated().map { place, row in
            row.map { isSwapped[place] ? ($0.compared, $0.changed) : ($0.changed, $0.compared) }
          })
      }, isTrait: isTrait)
  }
}
