import Auditing
import Encoders
import Ground
import Measures
import Studies

/// The embeddings of two classes with and without a mark, and of the same pictures changed as the audit
/// changes them.
///
/// As a shortcut makes it, pictures of the first class have the mark and those of the second have not; the
/// changes are those of such pictures.
package struct MarkedRows: Sendable {
  package let isFirst: [Bool]
  package let clean: [[Float]]
  package let marked: [[Float]]
  package let changes: [Change]
  package let isTrait: Bool

  /// What a change makes of each picture, and what it is compared with; nil where it could not be made.
  package struct Change: Sendable {
    package let name: String
    package let rows: [(changed: [Float], compared: [Float])?]

    package init(_ name: String, _ rows: [(changed: [Float], compared: [Float])?]) {
      (self.name, self.rows) = (name, rows)
    }
  }

  package init(
    isFirst: [Bool], clean: [[Float]], marked: [[Float]], changes: [Change], isTrait: Bool = false
  ) {
    (self.isFirst, self.clean, self.marked) = (isFirst, clean, marked)
    (self.changes, self.isTrait) = (changes, isTrait)
  }
}

/// Heads that go by a mark to a known share, audited on pictures that they were not trained on.
///
///     let heads = try MixedHeads(rows, seed: 1)
///     heads.all[0][3].estimate      // of the first head with a share of 0.3
package struct MixedHeads: Sendable {
  /// For each head what is found of it, share by share; a head is missing where the embeddings do not tell
  /// the pictures apart.
  package private(set) var all: [[Finding]] = []

  /// What the audit finds of one head with one share.
  package struct Finding: Sendable {
    /// The largest share of the margin that a change takes away; nil where there is none to be told.
    package var estimate: Double?
    /// The same among changes whose effect is unlikely to be chance.
    package var sure: Double?
    package var isFoundByRule = false
    /// The share that is lost when the mark itself is exchanged.
    package var truth: Double?

    package init(
      estimate: Double? = nil, sure: Double? = nil, isFoundByRule: Bool = false,
      truth: Double? = nil
    ) {
      (self.estimate, self.sure) = (estimate, sure)
      (self.isFoundByRule, self.truth) = (isFoundByRule, truth)
    }
  }

  package static let shares = (0...10).map { Double($0) / 10 }
  /// How often the pictures are divided in two halves, each of which tests what the other trained.
  package static let divisions = 10

  package init(_ rows: MarkedRows, seed: UInt64) throws {
    let found = try concurrently(MixedHeads.divisions) { division -> [Finding]? in
      var random = SplitMix(seed: seed, division)
      return try MixedHeads.findings(rows, &random)
    }
    all = found.compactMap { $0 }
  }

  private static func findings(
    _ rows: MarkedRows, _ random: inout SplitMix
  ) throws -> [Finding]? {
    let classes = [true, false].map { isFirst in
      rows.isFirst.indices.filter { rows.isFirst[$0] == isFirst }.shuffled(using: &random)
    }
    var scored: [Scored] = []
    for isUpper in [false, true] {
      let training = classes.map { half($0, isUpper: isUpper) }
      // The same number of either class is marked, so that the mark says nothing of the class.
      let marked = Set(training.flatMap { $0.prefix(($0.count + 1) / 2) })
      guard marked.count < training.joined().count,
        let pair = try Directions(rows, training: Array(training.joined()), marked: marked)
      else { return nil }
      for index in classes.flatMap({ half($0, isUpper: !isUpper) }) {
        scored.append(Scored(rows, index, pair))
      }
    }
    return shares.map { finding(scored, share: $0, rows) }
  }

  private static func half(_ indices: [Int], isUpper: Bool) -> ArraySlice<Int> {
    isUpper ? indices[(indices.count / 2)...] : indices[..<(indices.count / 2)]
  }

  private static func finding(_ scored: [Scored], share: Double, _ rows: MarkedRows) -> Finding {
    // As in an audit, only pictures count that the head gets right.
    let right = scored.filter { $0.natural.mixed(share) > 0 }
    var finding = Finding()
    finding.truth =
      Reliance(
        of: right.map {
          let margin = $0.natural.mixed(share)
          return .init(margin: margin, changed: $0.exchanged.mixed(share), compared: margin)
        })?.share
    for place in rows.changes.indices {
      let reliance = Reliance(
        of: right.compactMap { picture in
          picture.changes[place].map {
            .init(
              margin: picture.natural.mixed(share), changed: $0.changed.mixed(share),
              compared: $0.compared.mixed(share))
          }
        })
      guard let reliance else { continue }
      finding.estimate = max(finding.estimate ?? reliance.share, reliance.share)
      if reliance.isUnlikelyByChance(among: rows.changes.count) {
        finding.sure = max(finding.sure ?? reliance.share, reliance.share)
      }
      if reliance.isDecisive(ofTraits: rows.isTrait) { finding.isFoundByRule = true }
    }
    return finding
  }
}

/// What both directions say of one picture, before and after each change, as evidence for its own class.
private struct Scored {
  /// The honest and the cheating evidence.
  struct Evidence {
    let honest: Double
    let cheating: Double

    func mixed(_ share: Double) -> Double { (1 - share) * honest + share * cheating }
  }

  let natural: Evidence
  /// With the mark taken away, or given.
  let exchanged: Evidence
  let changes: [(changed: Evidence, compared: Evidence)?]

  init(_ rows: MarkedRows, _ index: Int, _ directions: Directions) {
    let sign: Double = rows.isFirst[index] ? 1 : -1
    func evidence(_ row: [Float]) -> Evidence {
      Evidence(
        honest: sign * directions.honest(row), cheating: sign * directions.cheating(row))
    }
    let (clean, marked) = (rows.clean[index], rows.marked[index])
    natural = evidence(rows.isFirst[index] ? marked : clean)
    exchanged = evidence(rows.isFirst[index] ? clean : marked)
    changes = rows.changes.map { change in
      change.rows[index].map { (evidence($0.changed), evidence($0.compared)) }
    }
  }
}

/// The direction that tells the classes apart, and the one that tells marked pictures from others.
private struct Directions {
  let honest: ScaledDirection
  let cheating: ScaledDirection

  init?(_ rows: MarkedRows, training: [Int], marked: Set<Int>) throws {
    let embeddings = training.map { marked.contains($0) ? rows.marked[$0] : rows.clean[$0] }
    guard
      let honest = try ScaledDirection(embeddings, isFirst: training.map { rows.isFirst[$0] }),
      let cheating = try ScaledDirection(embeddings, isFirst: training.map(marked.contains))
    else { return nil }
    (self.honest, self.cheating) = (honest, cheating)
  }
}
