import Explaining
import Ground
import Studies

/// Every score that a picture is asked for, in one list.
struct AuditQuestions {
  let all: [Target]
  let attributes: Range<Int>
  let directions: Range<Int>
  /// Two other classes, and which of these each shuffle has: with few the same come again and again.
  let rows: Range<Int>
  let shuffles: [Int]

  init(
    _ subject: EvaluationCase, against rival: Int, _ vocabulary: AuditVocabulary, strength: Float,
    others: Int, directions drawn: [Target]
  ) {
    func contrast(_ label: Int, _ others: [Int]) -> Target {
      subject.targets[label].compared(
        with: others.map { subject.targets[$0] }, strength: strength
      ).asOneDirection
    }
    let several = subject.rivals(ReferenceRule(others))
    var all = [contrast(subject.label, [rival]), contrast(subject.label, several)]
    let attributes = vocabulary.contrasts(against: rival)
    self.attributes = all.count..<all.count + attributes.count
    all += attributes
    directions = all.count..<all.count + drawn.count
    all += drawn
    let pairs = AuditQuestions.pairs(
      of: subject.targets.count, but: Two(first: subject.label, second: rival),
      subject.context.seed)
    let distinct = Set(pairs).sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    shuffles = pairs.compactMap { places[$0] }
    rows = all.count..<all.count + distinct.count
    all += distinct.map { contrast($0.first, [$0.second]) }
    self.all = all
  }

  private struct Two: Hashable {
    let first: Int
    let second: Int
  }

  /// Two classes, drawn again and again: what shuffled rows would put in the place of these two.
  private static func pairs(of count: Int, but own: Two, _ seed: UInt64) -> [Two] {
    guard count > 2 else { return [] }
    var random = SplitMix(seed: seed, 1 << 20)
    var pairs: [Two] = []
    while pairs.count < Control.shuffles {
      let two = Two(first: random.below(count), second: random.below(count))
      if two.first != two.second, two != own { pairs.append(two) }
    }
    return pairs
  }

  /// What may stand in place of words: the same for all pictures.
  static func directions(_ context: EvaluationContext) -> [Target] {
    let width = context.encoder.architecture.embedding
    return (0..<Control.directionCount).map { draw in
      var random = SplitMix(seed: context.seed, draw)
      return Target("random \(draw)", (0..<width).map { _ in random.normal() }, .cosine(scale: 1))
    }
  }
}
