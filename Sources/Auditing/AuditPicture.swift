import Studies

/// What a run of `audit` knows of one picture.
public struct AuditPicture: Sendable {
  public let record: RunRecord
  /// The class that its own is told apart from; nil where there was none.
  public let rival: Int?
  /// What the class has and its rival has not.
  public let traits: [Trait]
  /// What the rival has and the class has not: evidence for it is evidence against the class.
  public let lacking: [Trait]
  /// What each agreement has on the traits, and beside each control.
  public let agreements: [Held]
  /// How much of the classifier's energy lies on the thing, and how much of the picture does.
  public let inside: (energy: Double, area: Double)?
  /// What each attribute of the table has, by `Agreement.together`; not a number where it has none.
  public let attributes: [Float]
  /// Those that neither class has.
  public let absent: [Int]

  public struct Trait: Sendable {
    public let name: String
    /// How much more often people saw it in the class than in its rival, in percentage points; below 0
    /// of what the class lacks.
    public let points: Double
    public let values: [(agreement: String, value: Double?)]
  }

  /// An agreement held against controls.
  public struct Held: Sendable {
    public let agreement: String
    public let value: Double?
    public let beside: [Beside]
  }

  public struct Beside: Sendable {
    public let control: String
    /// How likely so much is among the control's draws.
    public let p: Double?
    /// What each of the draws has, or their mean alone.
    public let draws: [Float]

    public var mean: Double? {
      let known = draws.filter(\.isFinite)
      return known.isEmpty ? nil : known.reduce(0) { $0 + Double($1) } / Double(known.count)
    }
  }

  init(_ record: RunRecord, _ numbers: [RunRecord.Number]) {
    self.record = record
    var table: [String: [String: RunRecord.Number]] = [:]
    var names: [String] = []
    for number in numbers {
      table[number.map, default: [:]][number.measure] = number
      if number.measure == "points" { names.append(number.map) }
    }
    // What somebody else wrote may be anything; sums of what is this large would have no number.
    func sound(_ number: RunRecord.Number?) -> Double? {
      number?.value.flatMap { abs($0) < 1e9 ? $0 : nil }
    }
    let own = table[Audit.map] ?? [:]
    rival = sound(own["rival"]).flatMap { Int(exactly: $0) }
    inside = sound(own["inside"]).flatMap { energy in
      guard let area = own["inside"]?.counts.first, area.isFinite else { return nil }
      return (energy, Double(area))
    }
    let all = names.map { name in
      Trait(
        name: name, points: sound(table[name]?["points"]) ?? 0,
        values: Agreement.all.map { ($0.name, sound(table[name]?[$0.name])) })
    }.sorted { (abs($1.points), $0.name) < (abs($0.points), $1.name) }
    traits = all.filter { $0.points > 0 }
    lacking = all.filter { $0.points < 0 }
    let held = table[Audit.traits] ?? [:]
    agreements = Agreement.all.map { agreement in
      Held(
        agreement: agreement.name, value: sound(held[agreement.name]),
        beside: Control.all.map { control in
          let number = held["\(agreement.name):\(control.name)"]
          return Beside(control: control.name, p: sound(number), draws: number?.counts ?? [])
        })
    }
    attributes = table[Audit.attributes]?[Agreement.together.name]?.counts ?? []
    absent = (table[Audit.attributes]?["absent"]?.counts ?? []).compactMap { Int(exactly: $0) }
  }

  /// What an agreement has beside a control.
  func beside(_ agreement: Agreement, _ control: Control) -> (value: Double, Beside)? {
    guard let held = agreements.first(where: { $0.agreement == agreement.name }),
      let value = held.value, let beside = held.beside.first(where: { $0.control == control.name })
    else { return nil }
    return (value, beside)
  }

  public var isRight: Bool { record.label != nil && record.label == record.predicted }

  /// How much more the classifier's evidence goes with the class's traits, and against those that it
  /// lacks, than with and against absent ones: 0 where it makes no difference.
  public var score: Double? {
    beside(.together, .absent).flatMap { value, beside in beside.mean.map { value - $0 } }
  }

  /// What is judged of it alone.
  public var verdict: Verdict {
    Verdict(
      .init(
        isRight: isRight, hasTraits: !(traits + lacking).isEmpty,
        p: beside(.together, .absent)?.1.p, inside: inside.map { $0.energy - $0.area }))
  }
}

extension RunFile {
  /// Every picture of an audit that did not fail, in the order of their numbers. The body may read the
  /// run.
  public func eachAudited(_ body: (AuditPicture) throws -> Void) throws {
    for number in try done().sorted() {
      guard let picture = try audited(number) else { continue }
      try body(picture)
    }
  }

  /// One of them; nil where it failed.
  public func audited(_ number: Int) throws -> AuditPicture? {
    guard let record = try picture(number), record.failure == nil else { return nil }
    return AuditPicture(record, try numbers(of: number))
  }
}
