import Datasets
import Explaining
import Ground
import Measures
import Synchronization

/// Methods held against each other on a dataset: what is asked of every picture.
///
///     let evaluation = Evaluation(
///       surroundings, [.method(.gradCAM, [0, 0.6])], [.deletion, .energy])
///     let record = try evaluation.record(example)
///
/// The class that is explained is the picture's own, and it is compared with those most like it.
public struct Evaluation: Sendable {
  public let surroundings: Surroundings
  public let contenders: [Contender]
  public let measures: [Measure]
  public let truth: TruthChoice
  /// What measures read of the model.
  public let scale: Judge.Scale
  public let changes: Measured.Changes

  public init(
    _ surroundings: Surroundings, _ contenders: [Contender], _ measures: [Measure],
    truth: TruthChoice = .any, scale: Judge.Scale = .probability,
    changes: Measured.Changes = .init()
  ) {
    precondition(!contenders.isEmpty, "An evaluation has something to measure.")
    self.surroundings = surroundings
    self.contenders = contenders
    self.measures = measures
    self.truth = truth
    self.scale = scale
    self.changes = changes
  }

  public var rows: [Contender.Row] { contenders.flatMap(\.rows) }

  /// What methods take besides, by the names of their rows; those that take nothing are left out.
  public func methodSettings() throws -> JSON {
    let all = try contenders.flatMap {
      try $0.settings(surroundings.encoder, surroundings.place)
    }
    var named: [JSON.Member] = []
    for member in all where member.value.members?.isEmpty == false {
      if !named.contains(where: { $0.key == member.key }) { named.append(member) }
    }
    return .object(named)
  }

  /// All that is to be known of one picture. What fails for it alone is its failure; the run goes on.
  public func record(_ example: Example) throws -> RunRecord {
    let subject = try Subject(of: example, surroundings)
    var record = subject.record
    for contender in contenders { try add(contender, subject, to: &record) }
    return record
  }

  private func add(
    _ contender: Contender, _ subject: Subject, to record: inout RunRecord
  ) throws {
    // A view keeps what was looked at; whoever is timed may not find it there.
    let isTimed = measures.contains { $0.name == Measure.seconds.name }
    let seen = isTimed ? subject.seeing(subject.view.planes) : subject
    let start = ContinuousClock.now
    let answer = try contender(seen)
    let seconds = (ContinuousClock.now - start) / .seconds(1) / Double(contender.rows.count)
    guard case .maps(let maps) = answer else {
      if case .none(let reason) = answer {
        for row in contender.rows {
          record.numbers += measures.map {
            .init(map: row.name, measure: $0.name, value: nil, reason: reason)
          }
        }
      }
      return
    }
    let rival = try contender.rival(subject)
    let place = try truth.truth(of: subject, against: rival)
    let discriminant = try surroundings.discriminantParts(of: subject.label, and: rival)
    let judge = subject.view.encoder.judge(subject.targets, scale, surroundings.passes)
    let elsewhere = Elsewhere(contender, subject, rival)
    for (index, (row, map)) in zip(contender.rows, maps).enumerated() {
      record.maps.append(.init(name: row.name, grid: map.values))
      let measured = Measured(
        map.resized(), truth: place, parts: subject.parts, kinds: surroundings.kinds,
        discriminant: discriminant,
        asked: Measured.Asked(
          planes: subject.view.planes, pixels: subject.view.pixels, judge: judge,
          label: subject.label, reference: rival, changes: changes, seed: surroundings.seed,
          again: elsewhere.again(index)),
        pixelValues: subject.view.pixelValues(of: map), seconds: isTimed ? seconds : nil)
      for measure in measures {
        try surroundings.passes.check()
        let finding: Finding
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

/// A contender asked again, of other pictures and of other models. Its rows are made together, so each
/// answer is kept for the next row.
private struct Elsewhere: Sendable {
  private let contender: Contender
  private let subject: Subject
  private let randomised: Once<[[Heatmap]]>
  private let counterpart: Once<(Subject, [Heatmap])?>

  init(_ contender: Contender, _ subject: Subject, _ rival: Int) {
    self.contender = contender
    self.subject = subject
    randomised = Once {
      try subject.surroundings.randomised().map { encoder in
        let view = subject.surroundings.view(
          subject.view.picture, planes: subject.view.planes, by: encoder)
        return try contender.asked(subject.seeing(view))
      }
    }
    counterpart = Once {
      guard rival != subject.label, let other = try subject.counterpart(rival) else { return nil }
      return (other, try contender.asked(other))
    }
  }

  func again(_ row: Int) -> Measured.Again {
    Measured.Again(
      planes: { try contender.asked(subject.seeing($0))[row] },
      randomised: { try randomised.value().map { $0[row] } },
      counterpart: {
        try counterpart.value().map { Measured.Counterpart($0.1[row].resized(), $0.0.parts) }
      })
  }
}

/// Asked again, a contender may have no map: a changed picture may be like another one.
private struct NoMap: Error {
  let reason: String
}

extension Contender {
  fileprivate func asked(_ subject: Subject) throws -> [Heatmap] {
    switch try self(subject) {
    case .maps(let maps): return maps
    case .none(let reason): throw NoMap(reason: reason)
    }
  }
}
