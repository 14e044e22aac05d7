import Auditing
import Datasets
import Explaining
import Ground
import Pictures
import Reports
import Studies
import Traits

/// A run that is looked through in the browser.
///
/// ```swift
/// let served = try ServedRun("r1", "birds.run")
/// served.entries[0].path          // 001.Cardinal/1.jpg
/// ```
public struct ServedRun: Sendable {
  /// What addresses call it: `r1`.
  public let id: String
  public let name: String
  public let run: RunFile
  /// What the run found out, if it is of `audit`.
  public let audit: AuditSummary?
  /// What it found out, if it is of `evaluate`.
  public let evaluation: EvaluationTable?
  public let classes: [String]
  /// Every picture, in the order of the dataset.
  public let entries: [Entry]
  /// What a reader must know, in whole sentences.
  public let notes: [String]
  let dataset: Dataset?

  /// A picture in lists.
  public struct Entry: Sendable {
    public let number: Int
    public let path: String
    public let label: Int?
    public let predicted: Int?
    public let failure: String?
    /// Of an audit: what the classifier was found to go by when it tells the class from its look-alike.
    public let verdict: Verdict.Kind?

    public var isRight: Bool { label != nil && label == predicted }
  }

  public init(_ id: String, _ path: Path) throws {
    self.id = id
    name = printable(path.lastComponent.bytes)
    let run = try RunFile(reading: path)
    self.run = run
    var notes = [run.remark].compactMap { $0 }
    switch run.kind {
    case .audit:
      audit = try AuditSummary(run)
      evaluation = nil
    case .evaluate:
      evaluation = try EvaluationTable(run)
      audit = nil
    case nil:
      throw InputError(
        "\(path)", expected: "a run of 'fieldmark audit' or 'fieldmark evaluate'",
        found: run.kindInWords)
    }
    let verdicts = try audit.map { try ServedRun.verdicts(run, $0) } ?? [:]
    var entries: [Entry] = []
    try run.eachPicture { record in
      entries.append(
        Entry(
          number: record.number, path: record.path, label: record.label,
          predicted: record.predicted, failure: record.failure, verdict: verdicts[record.number]))
    }
    self.entries = entries
    do {
      dataset = try run.folder().map { try run.dataset(in: $0) }
      if dataset == nil { notes.append("The run does not say where its pictures are.") }
    } catch let error as InputError {
      dataset = nil
      notes.append("\(error) The pictures are not shown.")
    }
    classes = audit?.plan.classes ?? dataset?.classes ?? []
    if let unfinished = try run.extent().sentence { notes.append(unfinished) }
    self.notes = notes
  }

  /// The verdict of each picture's pair of classes.
  private static func verdicts(
    _ run: RunFile, _ summary: AuditSummary
  ) throws -> [Int: Verdict.Kind] {
    var kinds: [[Int]: Verdict.Kind] = [:]
    for judged in summary.pairs {
      kinds[[judged.pair.first, judged.pair.second]] = judged.verdict.kind
    }
    var verdicts: [Int: Verdict.Kind] = [:]
    try run.eachAudited { picture in
      guard let label = picture.record.label, let rival = picture.rival else { return }
      verdicts[picture.record.number] = kinds[[min(label, rival), max(label, rival)]]
    }
    return verdicts
  }

  public func name(of label: Int?) -> String? {
    label.flatMap { classes.indices.contains($0) ? classes[$0] : nil }
  }

  /// What a map shows, in words.
  func title(of map: String) -> String {
    guard let audit else { return map }
    switch map {
    case AuditNames.map: return "what speaks for the class against its look-alike"
    case AuditNames.mapOfSeveral: return "what speaks for the class against several others"
    default: return audit.attributes.first { $0.name == map }?.phrase ?? map
    }
  }

  public var kind: String { audit == nil ? "evaluate" : "audit" }

  /// What was found, in one sentence.
  public var sentence: String {
    if let audit { return audit.sentence }
    let methods = counted(evaluation?.rows.count ?? 0, "row of methods", "rows of methods")
    return "\(methods) on \(counted(entries.count, "picture"))."
  }

  /// The picture, if it still has the bytes that the run measured.
  func picture(_ number: Int) throws -> Picture {
    guard let dataset, dataset.examples.indices.contains(number) else {
      throw Refusal(404, "The picture \(number) of \(name) is not where the run found it.")
    }
    return try dataset.examples[number].picture(asIn: run)
  }

  func record(_ number: Int) throws -> RunRecord {
    guard let record = try run.picture(number) else {
      throw Refusal(404, "There is no picture \(number) in \(name).")
    }
    return record
  }

  /// A map of a picture by its name.
  func heatmap(_ record: RunRecord, _ name: String) throws -> Heatmap {
    guard let map = try run.maps(of: record.number).first(where: { $0.name == name }),
      let place = record.place
    else {
      throw Refusal(404, "There is no map '\(printable(name.utf8))' of this picture.")
    }
    return Heatmap(map.grid, region: place.region, width: place.width, height: place.height)
  }
}
