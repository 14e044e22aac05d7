import Ground
import Measures
import Studies

/// What a run of `audit` says as a whole: every pair of classes, every class, every attribute.
///
/// ```swift
/// let summary = try AuditSummary(RunFile(reading: "audit.run"))
/// summary.pairs[0].verdict.sentence(about: "bird")      // goes by the listed traits
/// ```
public struct AuditSummary: Sendable {
  /// What was asked.
  public let plan: AuditPlan
  /// The same as it stands in the run.
  public let settings: RunSettings
  public let attributes: [Named]
  /// Every two classes that were told apart, in the order of the dataset.
  public private(set) var pairs: [JudgedPair] = []
  /// Those of which there are pictures, in the order of the dataset.
  public private(set) var classes: [ClassCount] = []
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

  public struct ClassCount: Sendable {
    public let label: Int
    public var pictures = 0
    public var right = 0
    /// The classes that its pictures were told apart from.
    public var rivals: Set<Int> = []
  }

  /// One attribute in the pictures of one class that the classifier gets right.
  public struct Cell: Equatable, Sendable {
    /// How far the classifier's evidence goes with it, by `Agreement.decisive`; nil without a picture.
    public let value: Double?
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
    try run.eachPicture { record in
      if let failure = record.failure { failures.append(failure) }
    }
    var gathered = GatheredPairs(plan)
    var counts: [Int: ClassCount] = [:]
    var sums: [Int: CellSums] = [:]
    let known = plan.classes.indices
    let columns = Dictionary(
      names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    try run.eachAudited { picture in
      guard let label = picture.record.label, known.contains(label) else { return }
      pictures += 1
      counts[label, default: ClassCount(label: label)].pictures += 1
      if picture.isRight {
        right += 1
        counts[label]?.right += 1
      }
      if let rival = picture.rival, known.contains(rival) { counts[label]?.rivals.insert(rival) }
      gathered.add(picture)
      sums[label, default: CellSums(names.count)].add(picture, columns)
    }
    classes = counts.values.sorted { $0.label < $1.label }
    pairs = try gathered.judged(run)
    cells = known.map { sums[$0]?.cells }
  }
}

extension AuditSummary {
  public var classNames: [String] { plan.classes }
  /// What all pictures show: "bird".
  public var thing: String { plan.thing ?? "thing" }

  public func count(_ kind: Verdict.Kind) -> Int { pairs.count { $0.verdict.kind == kind } }

  /// The pairs with a verdict, those of which something else decides first, and of these the ones with
  /// the largest reliance on it.
  public var worstFirst: [JudgedPair] {
    func order(_ judged: JudgedPair) -> (Int, Double) {
      let kinds: [Verdict.Kind] = [.others, .both, .open, .unjudged, .traits]
      let place = kinds.firstIndex(of: judged.verdict.kind) ?? 0
      return (place, -(judged.findings.deciding.first?.reliance.share ?? 0))
    }
    return pairs.sorted {
      let (a, b) = (order($0), order($1))
      return (a.0, a.1, $0.pair.first, $0.pair.second)
        < (b.0, b.1, $1.pair.first, $1.pair.second)
    }
  }

  /// What other than traits decides, of the pairs in which it does, the most frequent first.
  public var othersThatDecide: [(phrase: String, pairs: Int)] {
    let all = pairs.flatMap(\.verdict.nuisances)
    return Dictionary(all.map { ($0, 1) }, uniquingKeysWith: +)
      .map { (phrase: $0.key, pairs: $0.value) }
      .sorted { ($1.pairs, $0.phrase) < ($0.pairs, $1.phrase) }
  }
}

/// Sums over the pictures of one class.
private struct CellSums {
  private var sums: [Double]
  private var counts: [Int]
  private var listed: [Int]

  init(_ count: Int) {
    sums = [Double](repeating: 0, count: count)
    counts = [Int](repeating: 0, count: count)
    listed = counts
  }

  mutating func add(_ picture: AuditPicture, _ columns: [String: Int]) {
    guard picture.isRight, picture.attributes.count == sums.count else { return }
    for (place, value) in picture.attributes.enumerated() where value.isFinite {
      sums[place] += Double(value)
      counts[place] += 1
    }
    for trait in picture.traits { if let place = columns[trait.name] { listed[place] += 1 } }
  }

  var cells: [AuditSummary.Cell] {
    sums.indices.map { place in
      AuditSummary.Cell(
        value: counts[place] > 0 ? sums[place] / Double(counts[place]) : nil,
        listed: listed[place])
    }
  }
}
