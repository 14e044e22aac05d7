import Encoders

/// Every score that a picture is asked for, in one list.
struct AuditQuestions {
  let all: [Target]
  let attributes: Range<Int>
  let directions: Range<Int>
  let rows: Range<Int>

  init(_ audit: Audit, _ subject: Subject, against rival: Int) {
    func contrast(_ label: Int, _ others: [Int]) -> Target {
      subject.targets[label].compared(
        with: others.map { subject.targets[$0] }, strength: audit.strength)
    }
    let several = subject.rivals(ReferenceRule(audit.others))
    var all = [contrast(subject.label, [rival]), contrast(subject.label, several)]
    let attributes = audit.vocabulary.contrasts(against: rival)
    self.attributes = all.count..<all.count + attributes.count
    all += attributes
    directions = all.count..<all.count + audit.directions.count
    all += audit.directions
    let pairs = AuditQuestions.pairs(
      of: subject.targets.count, but: (subject.label, rival), audit.surroundings.seed)
    rows = all.count..<all.count + pairs.count
    all += pairs.map { contrast($0.0, [$0.1]) }
    self.all = all
  }

  /// Two classes, drawn again and again: what shuffled rows would put in the place of these two.
  private static func pairs(
    of count: Int, but own: (Int, Int), _ seed: UInt64
  ) -> [(Int, Int)] {
    guard count > 2 else { return [] }
    var random = SplitMix(seed: seed, 1 << 20)
    var pairs: [(Int, Int)] = []
    while pairs.count < Control.shuffles {
      let (a, b) = (random.below(count), random.below(count))
      if a != b, (a, b) != own { pairs.append((a, b)) }
    }
    return pairs
  }

  /// What may stand in place of words: the same for all pictures.
  static func directions(_ surroundings: Surroundings) -> [Target] {
    let width = surroundings.encoder.architecture.embedding
    return (0..<Control.directionCount).map { draw in
      var random = SplitMix(seed: surroundings.seed, draw)
      return Target("random \(draw)", (0..<width).map { _ in random.normal() }, .cosine(scale: 1))
    }
  }
}
