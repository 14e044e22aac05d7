import Auditing
import Ground
import Nuisances
import Pictures
import Reports
import Studies

/// Plants marks in pictures, makes heads that go by them, and audits these heads.
///
///     let calibrator = try Calibrator(audit, pairs: 4)
///     calibrator.passes                              // at most so many passes through the model
///     let calibration = try calibrator.calibration(of: subject)
public struct Calibrator: Sendable {
  private let audit: Audit
  private let pairs: [CalibrationPair]

  /// Refuses a number of pairs that there are not.
  public init(_ audit: Audit, pairs count: Int) throws {
    self.audit = audit
    pairs = try CalibrationPair.chosen(count, audit)
  }

  /// The pictures, counted once for each mark that is planted in them.
  public var plantings: Int { pictures * PlantedMark.all.count }

  /// At most how many passes through the model are made.
  public var passes: Int {
    pictures * PlantedMark.all.map { $0.passes(nuisances(of: $0)) }.reduce(1, +)
  }

  /// At most how many pictures are used.
  public var pictures: Int {
    pairs.map { pair in 2 * min(CalibrationPair.most, pair.pictures.map(\.count).min() ?? 0) }
      .reduce(0, +)
  }

  public var pairsCount: Int { pairs.count }

  /// - Parameter step: Is called after every picture that a mark was planted in.
  public func calibration(
    of subject: String, after step: @escaping @Sendable () -> Void = {}
  ) throws -> Calibration {
    var calibration = Calibration(subject: subject, asked: pairs.count, pairs: [], passes: 0)
    var heads: [String: [[[MixedHeads.Finding]]]] = [:]
    var shown: [String: Shown] = [:]
    for (number, pair) in pairs.enumerated() {
      guard let pictures = try PairPictures(pair, audit) else { continue }
      let names = audit.context.classifier.targets.map(\.name)
      calibration.pairs.append(
        .init(names[pair.first], names[pair.second], pictures: pictures.ofEach))
      let clean = try embeddings(pictures.pictures.map(\.picture))
      calibration.passes += clean.count
      for (place, mark) in PlantedMark.all.enumerated() {
        let seed = SplitMix(seed: audit.context.seed, 1 << 24 + number &* 16 &+ place).first
        guard let planting = try planting(mark, pair, pictures, seed: seed) else { continue }
        let (rows, passes) = try MarkedRows.embedded(
          planting.planted, clean: planting.kept.map { clean[$0] }, embedding, after: step)
        calibration.passes += passes
        let found = try MixedHeads(rows, seed: seed).all
        if !found.isEmpty { heads[mark.name, default: []].append(found) }
        if shown[mark.name] == nil { shown[mark.name] = planting.shown }
      }
    }
    for mark in PlantedMark.all {
      let all = heads[mark.name] ?? []
      let curve = PowerCurve(all.flatMap { $0 }, pairs: all.count)
      guard let curve, let shown = shown[mark.name], curve.honestTruth < Calibrator.mostOfHonest
      else {
        calibration.leftOut.append(
          .init(mark.name, reason(mark, curve, wasPlanted: shown[mark.name] != nil)))
        continue
      }
      calibration.marks.append(
        .init(
          name: mark.name, what: shown.what, shownBy: shown.shownBy, pairs: all.count,
          heads: all.joined().count, threshold: curve.threshold, auc: curve.auc, steps: curve.steps,
          pictures: shown.pictures))
    }
    return calibration
  }

  private func nuisances(of mark: PlantedMark) -> [Nuisance] {
    let asked = Set(audit.nuisances.map(\.name))
    return mark.nuisances.filter { asked.contains($0.name) }
  }

  /// Heads that should be honest and owe more of their margin to a mark tell nothing of honest ones.
  private static let mostOfHonest = 0.5

  private func reason(_ mark: PlantedMark, _ curve: PowerCurve?, wasPlanted: Bool) -> String {
    if let curve {
      return
        "the pictures hardly tell the classes apart without it: heads that were trained to be honest owe "
        + "\(Int((100 * min(99, curve.honestTruth)).rounded())) % of their margin to it"
    }
    if !mark.isTrait, nuisances(of: mark).isEmpty {
      return "this audit does not change what would show it"
    }
    if wasPlanted {
      return "the model does not tell these pictures apart, so that no head could be trained"
    }
    return mark.isTrait
      ? "no color that the table of attributes lists has a known place, apart from what tells the classes "
        + "apart, in enough pictures"
      : "no box and no mask says where the \(audit.vocabulary.words.thing) is in enough pictures"
  }

  // MARK: Planting

  /// What a page shows of a mark.
  private struct Shown {
    let what: String
    let shownBy: [String]
    let pictures: Calibration.Pictures?
  }

  private struct Planting {
    let planted: PlantedPictures
    /// The numbers of its pictures among all of the pair.
    let kept: [Int]
    let shown: Shown
  }

  /// Nil where the mark cannot be planted in enough pictures, or not be found by what is asked.
  private func planting(
    _ mark: PlantedMark, _ pair: CalibrationPair, _ pictures: PairPictures, seed: UInt64
  ) throws -> Planting? {
    let nuisances = nuisances(of: mark)
    var places: TraitPlaces?
    if mark.isTrait {
      places = try TraitPlaces.found(pair, pictures, audit, seed: seed)
      guard places != nil else { return nil }
    } else if nuisances.isEmpty {
      return nil
    }
    let marked = try pictures.pictures.indices.map { place -> LocatedPicture? in
      try audit.context.passes.check()
      var look = MarkLook(seed: seed)
      if let places {
        guard let region = places.regions[place]?.region else { return nil }
        look.part = .init(place: region, color: places.color)
      }
      return try mark.planted(in: pictures.pictures[place], look)
    }
    guard let (only, kept) = pictures.only(where: { marked[$0] != nil }) else { return nil }
    let planted = PlantedPictures(
      mark, nuisances, only, kept.compactMap { marked[$0] },
      regions: kept.compactMap { places?.regions[$0] }, seed: seed)
    let shown = Shown(
      what: places.map { "\(mark.phrase), such as \($0.phrase)" } ?? mark.phrase,
      shownBy: planted.changes,
      pictures: .init(
        before: try only.pictures[0].picture.dataURL(longest: Calibrator.side),
        after: try planted.marked[0].picture.dataURL(longest: Calibrator.side)))
    return Planting(planted: planted, kept: kept, shown: shown)
  }

  /// The longer side of the pictures that a page shows.
  private static let side = 160

  // MARK: Passes

  private func embedding(_ picture: Picture) throws -> [Float] {
    try audit.context.passes.check()
    return audit.context.view(picture).embedding.elements
  }

  private func embeddings(_ pictures: [Picture]) throws -> [[Float]] {
    try concurrently(pictures.count) { try embedding(pictures[$0]) }
  }
}

extension SplitMix {
  fileprivate var first: UInt64 {
    var random = self
    return random.next()
  }
}
