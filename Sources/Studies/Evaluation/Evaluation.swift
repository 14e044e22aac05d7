import Datasets
import Explaining
import Ground
import Measures
import Synchronization

/// Methods that are compared on a dataset, and the measures that are computed for every picture.
///
/// ```swift
/// let evaluation = Evaluation(
///   context, [.method(.gradCAM, [0, 0.6])], [.deletion, .energy])
/// let record = try evaluation.record(example)
/// ```
///
/// The class that is explained is the picture's own, and it is compared with the classes most
/// similar to it.
public struct Evaluation: Sendable {
  public let context: EvaluationContext
  public let explainers: [Explainer]
  public let measures: [Measure]
  public let truth: TruthChoice
  /// The output of the model that measures read.
  public let scale: Scorer.Scale
  public let changes: MeasuredMap.Changes

  public init(
    _ context: EvaluationContext, _ explainers: [Explainer], _ measures: [Measure],
    truth: TruthChoice = .any, scale: Scorer.Scale = .probability,
    changes: MeasuredMap.Changes = .init()
  ) {
    precondition(!explainers.isEmpty, "An evaluation has something to measure.")
    self.context = context
    self.explainers = explainers
    self.measures = measures
    self.truth = truth
    self.scale = scale
    self.changes = changes
  }

  public var rows: [Explainer.Row] { explainers.flatMap(\.rows) }

  /// The further settings of the methods, by the names of their rows. Methods without settings are
  /// left out.
  public func methodSettings() throws -> JSON {
    let all = try explainers.flatMap {
      try $0.settings(context.encoder, context.place)
    }
    var named: [JSON.Member] = []
    for member in all where member.value.members?.isEmpty == false {
      if !named.contains(where: { $0.key == member.key }) { named.append(member) }
    }
    return .object(named)
  }

  /// Measures one picture. If it cannot be measured, this throws, and the caller stores the error
  /// as the picture's failure.
  public func record(_ example: Example) throws -> RunRecord {
    let subject = try EvaluationCase(of: example, context)
    var record = subject.record
    for explainer in explainers { try add(explainer, subject, to: &record) }
    return record
  }

  private func add(
    _ explainer: Explainer, _ subject: EvaluationCase, to record: inout RunRecord
  ) throws {
    // A view caches what was computed from it, so an explainer that is timed gets a new view.
    let isTimed = measures.contains { $0.name == Measure.seconds.name }
    let seen = isTimed ? subject.seeing(subject.view.planes) : subject
    let start = ContinuousClock.now
    let answer = try explainer(seen)
    let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(explainer.rows.count)
    guard case .maps(let maps) = answer else {
      if case .none(let reason) = answer {
        for row in explainer.rows {
          record.numbers += measures.map {
            .init(map: row.name, measure: $0.name, value: nil, reason: reason)
          }
        }
      }
      return
    }
    let rival = try explainer.rival(subject)
    let place = try truth.truth(of: subject, against: rival)
    let discriminant = try context.discriminantParts(of: subject.label, and: rival)
    let scorer = subject.view.encoder.scorer(subject.targets, scale, context.passes)
    let elsewhere = RepeatedExplanations(explainer, subject, rival)
    for (index, (row, map)) in zip(explainer.rows, maps).enumerated() {
      record.maps.append(.init(name: row.name, grid: map.values))
      let measured = MeasuredMap(
        map.resized(), truth: place, parts: subject.parts, kinds: context.kinds,
        discriminant: discriminant,
        asked: MeasuredMap.ModelContext(
          planes: subject.view.planes, pixels: subject.view.pixels, scorer: scorer,
          label: subject.label, reference: rival, changes: changes, seed: context.seed,
          again: elsewhere.again(index)),
        pixelValues: subject.view.pixelValues(of: map), seconds: isTimed ? seconds : nil)
      for measure in measures {
        try context.passes.check()
        let finding: MeasureResult
        do {
          finding = try measure.finding(in: measured)
        } catch let none as NoMap {
          record.numbers.append(
            .init(map: row.name, measure: measure.name, value: nil, reason: none.reason))
          continue
        }
        record.numbers.append(
          .init(
            map: row.name, measure: measure.name, value: finding.number, counts: finding.counts))
        if let curve = finding.curve {
          record.curves.append(.init(map: row.name, measure: measure.name, curve))
        }
      }
    }
  }
}

/// Answers the questions of one explainer again for other pictures and other models. The maps of
/// all rows are made together, so each answer is kept for the next row.
private struct RepeatedExplanations: Sendable {
  private let explainer: Explainer
  private let subject: EvaluationCase
  private let randomized: Once<[[Heatmap]]>
  private let counterpart: Once<(EvaluationCase, [Heatmap])?>

  init(_ explainer: Explainer, _ subject: EvaluationCase, _ rival: Int) {
    self.explainer = explainer
    self.subject = subject
    randomized = Once {
      try subject.context.randomized().map { encoder in
        let view = subject.context.view(
          subject.view.picture, planes: subject.view.planes, by: encoder)
        return try explainer.asked(subject.seeing(view))
      }
    }
    counterpart = Once {
      guard rival != subject.label, let other = try subject.counterpart(rival) else { return nil }
      return (other, try explainer.asked(other))
    }
  }

  func again(_ row: Int) -> MeasuredMap.Again {
    MeasuredMap.Again(
      planes: { try explainer.asked(subject.seeing($0))[row] },
      randomized: { try randomized.value().map { $0[row] } },
      counterpart: {
        try counterpart.value().map { MeasuredMap.Counterpart($0.1[row].resized(), $0.0.parts) }
      })
  }
}

/// Thrown when an explainer has no map for a changed question. For example, a changed picture may
/// have become too similar to another one.
private struct NoMap: Error {
  let reason: String
}

extension Explainer {
  fileprivate func asked(_ subject: EvaluationCase) throws -> [Heatmap] {
    switch try self(subject) {
    case .maps(let maps): return maps
    case .none(let reason): throw NoMap(reason: reason)
    }
  }
}
