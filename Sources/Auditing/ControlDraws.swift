import Ground

/// Which of many numbers take the place of a few in each draw of a control, none of them twice in a
/// draw: the same draws for every picture, so that seeds alone make a difference.
///
/// ```swift
/// let draws = ControlDraws(seed: 1)
/// draws(of: 200, picking: 6)      // 199 lists of 6 places each
/// ```
package struct ControlDraws: Sendable {
  private let seed: UInt64
  private let known = OnceEach<Size, [[Int]]>(most: 64)

  private struct Size: Hashable {
    let count: Int
    let picked: Int
  }

  /// How often a control is drawn.
  static let count = 199

  package init(seed: UInt64) { self.seed = seed }

  /// None where there are too few.
  package func callAsFunction(of count: Int, picking picked: Int) -> [[Int]] {
    guard picked > 0, count >= picked else { return [] }
    return known.value(of: Size(count: count, picked: picked)) {
      (0..<ControlDraws.count).map { draw in
        var random = SplitMix(seed: seed, draw)
        var left = Array(0..<count)
        return (0..<picked).map { _ in left.remove(at: random.below(left.count)) }
      }
    }
  }
}
