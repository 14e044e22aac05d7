import Measures
import Studies
import Traits

/// What a run of `audit` knows of one picture.
public struct AuditPicture: Sendable {
  public let record: RunRecord
  /// The class that its own is told apart from; nil where there was none.
  public let rival: Int?
  /// The classifier's score of the class minus that of its rival.
  public let margin: Double?
  /// What the class has and its rival has not.
  public let traits: [Trait]
  /// What the rival has and the class has not: evidence for it is evidence against the class.
  public let lacking: [Trait]
  /// What each agreement that needs the picture has on the traits, beside those of other pairs.
  public let agreements: [Held]
  /// How much of the classifier's energy lies on the thing, and how much of the picture does.
  public let inside: (energy: Double, area: Double)?
  /// What each attribute of the table has, by `Agreement.decisive`; not a number where it has none.
  public let attributes: [Float]
  /// How far the words for each attribute fit the picture.
  public let words: [Float]
  /// The margin after each change that could be made, and after what it is compared with.
  public let changes: [String: (changed: Double, compared: Double)]
  /// The same of the other margins, in the order of `Margins`.
  private let otherChanges: [String: [Float]]
  /// The margin after a property was moved by a larger amount, and by a smaller one.
  private let amounts: [String: (Double, Double)]
  /// Pictures of its class that got an attribute of its rival, and those that got one which tells the two
  /// nothing.
  let groups: Reliance.FoundGroups
  /// Why others could not be made.
  public let unchanged: [String: String]

  public struct Trait: Sendable {
    public let name: String
    /// How much more often people saw it in the class than in its rival, in percentage points; below 0
    /// of what the class lacks.
    public let points: Double
    public let values: [(agreement: String, value: Double?)]
    /// How much of the energy of its own map lies near its parts, and how much of the picture does.
    public let onParts: (energy: Double, area: Double)?
  }

  /// An agreement held against the trait sets of other pairs.
  public struct Held: Sendable {
    public let agreement: String
    public let value: Double?
    /// How likely so much is among the sets of other pairs.
    public let p: Double?
    /// What each of these has.
    public let draws: [Float]
    /// What the classifier's maps of other classes against one another have on the same traits; none but
    /// of `Agreement.decisive`.
    public let rows: [Float]

    /// How likely so much is among the maps of other classes.
    public var pOfRows: Double? {
      guard let value, !rows.isEmpty, rows.allSatisfy(\.isFinite) else { return nil }
      return Chance.p(of: value, among: rows.map(Double.init))
    }

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
    let own = table[Audit.map] ?? [:]
    rival = own["rival"]?.sound.flatMap { Int(exactly: $0) }
    margin = own["margin"]?.sound
    inside = own["inside"]?.soundPair.map { ($0, $1) }
    let all = names.map { name in
      Trait(
        name: name, points: table[name]?["points"]?.sound ?? 0,
        values: Agreement.all.map { ($0.name, table[name]?[$0.name]?.sound) },
        onParts: table[name]?["on parts"]?.soundPair.map { ($0, $1) })
    }.sorted { (abs($1.points), $0.name) < (abs($0.points), $1.name) }
    traits = all.filter { $0.points > 0 }
    lacking = all.filter { $0.points < 0 }
    let held = table[Audit.sets] ?? [:]
    agreements = Agreement.ofPlaces.map { agreement in
      let others = held["\(agreement.name):others"]
      return Held(
        agreement: agreement.name, value: held[agreement.name]?.sound, p: others?.sound,
        draws: others?.counts ?? [], rows: held["\(agreement.name):rows"]?.counts ?? [])
    }
    attributes = table[Audit.attributes]?[Agreement.decisive.name]?.counts ?? []
    words = table[Audit.attributes]?["words"]?.counts ?? []
    let changed = table[Interventions.map] ?? [:]
    changes = changed.compactMapValues { $0.soundPair.map { ($0, $1) } }
    otherChanges = changed.mapValues { Array($0.counts.dropFirst()) }
    amounts = (table[AuditNames.amounts] ?? [:]).compactMapValues(\.soundPair)
    groups = .init(table[Audit.groups] ?? [:])
    unchanged = changed.compactMapValues { $0.value == nil ? $0.reason ?? "unknown" : nil }
  }

  /// Which of its maps are of traits.
  struct Listed: Sendable {
    let number: Int
    let traits: [String]
    let lacking: [String]
  }

  var listed: Listed {
    Listed(number: record.number, traits: traits.map(\.name), lacking: lacking.map(\.name))
  }

  func held(_ agreement: Agreement) -> Held? {
    agreements.first { $0.agreement == agreement.name }
  }

  /// What a change does, as reliances are made of it; nil where it could not be made.
  /// - Parameter place: Of which of the margins.
  func change(_ name: String, of place: Int = Margins.classifier) -> Reliance.Change? {
    guard let before = margins(Interventions.margin, place)?.changed,
      let change = margins(name, place)
    else { return nil }
    // A head without a number stays in its place, so that heads are not mixed up between pictures.
    let unknown = Reliance.Change(margin: .nan, changed: .nan, compared: .nan)
    let isOwn = place == Margins.classifier
    let heads = isOwn ? heads(of: name) : Margins.heads..<Margins.heads
    return .init(
      margin: before, changed: change.changed, compared: change.compared,
      again: heads.map { self.change(name, of: $0) ?? unknown },
      byOtherAmounts: isOwn ? amounts[name].map { [$0.0, $0.1] } ?? [] : [])
  }

  /// Every margin of the picture as it is.
  var allMargins: [Double]? {
    let own = changes[Interventions.margin]?.changed
    let others = otherChanges[Interventions.margin] ?? []
    return own.map { own in
      [own] + stride(from: 0, to: others.count, by: 2).map { Double(others[$0]) }
    }
  }

  /// The places of the heads that were trained again.
  private func heads(of name: String) -> Range<Int> {
    let count = 1 + (otherChanges[name]?.count ?? 0) / 2
    return Margins.heads..<max(Margins.heads, count)
  }

  private func margins(_ name: String, _ place: Int) -> (changed: Double, compared: Double)? {
    guard place > 0 else { return changes[name] }
    let start = 2 * (place - 1)
    guard let others = otherChanges[name], others.count > start + 1,
      abs(others[start]) < 1e9, abs(others[start + 1]) < 1e9
    else { return nil }
    return (Double(others[start]), Double(others[start + 1]))
  }

  public var isRight: Bool { record.label != nil && record.label == record.predicted }
}

extension RunRecord.Number {
  /// The value, if sums of it can be trusted: what somebody else wrote may be anything.
  fileprivate var sound: Double? { value.flatMap { abs($0) < 1e9 ? $0 : nil } }

  /// The value and the first count.
  fileprivate var soundPair: (Double, Double)? {
    guard let value = sound, let count = counts.first, abs(count) < 1e9 else { return nil }
    return (value, Double(count))
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
