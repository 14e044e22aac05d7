import Ground
import Measures
import Studies

/// What a run of `audit` says as a whole: every class, every pair of classes, every attribute.
///
/// ```swift
/// let summary = try AuditSummary(RunFile(reading: "audit.run"))
/// summary.classes[9].verdict          // .traits
/// summary.neverLookedAt               // attributes that should matter and never do
/// ```
public struct AuditSummary: Sendable {
  /// What was asked.
  public let plan: AuditPlan
  /// The same as it stands in the run.
  public let settings: RunSettings
  public let attributes: [Named]
  /// Those of which there are pictures, in the order of the dataset.
  public private(set) var classes: [Judged] = []
  public private(set) var pairs: [Judged] = []
  public private(set) var pictures = 0
  public private(set) var right = 0
  public private(set) var failures: [String] = []
  /// How much of the run is done.
  public let extent: RunExtent
  /// By class and attribute; nil where the class has no picture.
  public private(set) var cells: [[Cell]?] = []

  public struct Named: Sendable {
    public let name: String
    public let phrase: String
  }

  /// A group with what is said of it among all of its kind.
  public struct Judged: Sendable {
    public let group: AuditGroup
    /// The least rate of false discoveries at which the group is one; nil where it has no p.
    public let rate: Double?
    public let verdict: Verdict
  }

  /// One attribute in the pictures of one class that the classifier gets right.
  public struct Cell: Equatable, Sendable {
    /// How far the classifier's evidence goes with it, by `Agreement.together`; nil without a picture.
    public let value: Double?
    /// How likely so much is among the attributes that neither class has.
    public let p: Double?
    /// In how many pictures it was one of the traits.
    public let listed: Int
  }

  /// Refuses runs of other commands, and damaged ones.
  public init(_ run: RunFile) throws {
    guard run.kind == .audit else {
      throw InputError(
        run.path.description, expected: "a run of 'fieldmark audit'", found: run.kindInWords)
    }
    try run.needWhole()
    settings = run.settings
    let plan = try AuditPlan(run)
    self.plan = plan
    let (names, phrases) = (plan.attributes, plan.phrases)
    attributes = names.indices.map {
      Named(name: names[$0], phrase: $0 < phrases.count ? phrases[$0] : names[$0])
    }
    extent = try run.extent()
    var groups: [Int: AuditGroup] = [:]
    var pairGroups: [[Int]: AuditGroup] = [:]
    var sums: [Int: CellSums] = [:]
    let columns = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    try run.eachPicture { record in
      if let failure = record.failure { failures.append(failure) }
    }
    let known = plan.classes.indices
    try run.eachAudited { picture in
      guard let label = picture.record.label, known.contains(label) else { return }
      pictures += 1
      if picture.isRight { right += 1 }
      groups[label, default: AuditGroup(label: label)].add(picture)
      if let rival = picture.rival, known.contains(rival) {
        pairGroups[[label, rival], default: AuditGroup(label: label, rival: rival)].add(picture)
      }
      sums[label, default: CellSums(names.count)].add(picture, columns)
    }
    classes = AuditSummary.judged(groups.values.sorted { $0.label < $1.label })
    pairs = AuditSummary.judged(
      pairGroups.values.sorted { ($0.label, $0.rival ?? 0) < ($1.label, $1.rival ?? 0) })
    cells = known.map { sums[$0]?.cells }
  }

  private static func judged(_ groups: [AuditGroup]) -> [Judged] {
    let ps = groups.map { $0.p(.absent) }
    var rates = Chance.falseDiscoveryRates(ps.compactMap { $0 })[...]
    return zip(groups, ps).map { group, p in
      let rate = p == nil ? nil : rates.popFirst()
      return Judged(group: group, rate: rate, verdict: group.verdict(rate: rate))
    }
  }
}

extension AuditSummary {
  public var classNames: [String] { plan.classes }
  /// What all pictures show: "bird".
  public var thing: String { plan.thing ?? "thing" }

  /// Every class's score, one number a class.
  public var score: Summary { Summary(of: classes.compactMap(\.group.score.mean)) }

  public func count(_ verdict: Verdict) -> Int { classes.count { $0.verdict == verdict } }

  /// Classes whose verdict says that they are told by something else, the worst first; then those
  /// with the lowest scores.
  public var worst: [Judged] {
    classes.filter { $0.group.score.mean != nil }.sorted {
      ($0.group.score.mean ?? 0, $0.group.label) < ($1.group.score.mean ?? 0, $1.group.label)
    }
  }

  /// Where classes have traits that nothing could be held against, why, and what would help.
  public var unheld: String? {
    let count = classes.count {
      $0.group.p(.absent) == nil && !($0.group.traits.isEmpty && $0.group.lacking.isEmpty)
    }
    return count == 0
      ? nil
      : "Nothing to hold the traits of \(counted(count, "class", "classes")) against: the table has too few "
        + "attributes that neither a class nor its look-alike has; more columns of such, as many as "
        + "are compared or more, would help."
  }

  /// Attributes that are a trait of some class, and that in no such class agree more than those do
  /// that it has not.
  public var neverLookedAt: [Named] {
    attributes.indices.filter { attribute in
      let listed = cells.compactMap { $0?[attribute] }.filter { $0.listed > 0 && $0.p != nil }
      return !listed.isEmpty && listed.allSatisfy { ($0.p ?? 1) > Verdict.sure }
    }.map { attributes[$0] }
  }
}

/// Sums over the pictures of one class.
private struct CellSums {
  private var sums: [Double]
  private var counts: [Int]
  private var listed: [Int]
  private var isAbsent: [Bool]

  init(_ count: Int) {
    sums = [Double](repeating: 0, count: count)
    counts = [Int](repeating: 0, count: count)
    listed = counts
    isAbsent = [Bool](repeating: false, count: count)
  }

  mutating func add(_ picture: AuditPicture, _ columns: [String: Int]) {
    guard picture.isRight, picture.attributes.count == sums.count else { return }
    for (place, value) in picture.attributes.enumerated() where value.isFinite {
      sums[place] += Double(value)
      counts[place] += 1
    }
    for place in picture.absent where sums.indices.contains(place) { isAbsent[place] = true }
    for trait in picture.traits { if let place = columns[trait.name] { listed[place] += 1 } }
  }

  var cells: [AuditSummary.Cell] {
    let means = sums.indices.map { counts[$0] > 0 ? sums[$0] / Double(counts[$0]) : nil }
    let absent = sums.indices.filter { isAbsent[$0] && listed[$0] == 0 }.compactMap { means[$0] }
    return sums.indices.map { place in
      AuditSummary.Cell(
        value: means[place],
        p: absent.isEmpty ? nil : means[place].map { Chance.p(of: $0, among: absent) },
        listed: listed[place])
    }
  }
}
