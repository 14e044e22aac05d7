import Ground

/// How much of a run is done. If it is not complete, every table and page of the run says so first.
///
/// ```swift
/// try run.extent().sentence
/// // This run is unfinished: it has 11 of 60 pictures, and every number here is of these alone.
/// ```
public struct RunExtent: Equatable, Sendable {
  /// The name of the column that says so in tables.
  package static let column = "unfinished"

  /// The number of pictures that are done, including those that failed.
  public let done: Int
  /// Nil if it is not known, or if parts are missing.
  public let expected: Int?
  /// The parts that were missing when the run was joined: `3/8`.
  public let missingParts: [String]

  public init(done: Int, expected: Int?, missingParts: [String] = []) {
    (self.done, self.expected, self.missingParts) = (done, expected, missingParts)
  }

  /// Nil if it is not known.
  public var isFinished: Bool? {
    missingParts.isEmpty ? expected.map { done >= $0 } : false
  }

  /// A text such as `11 of 60 pictures`; nil if the run is finished, or if this is not known.
  public var unfinished: String? {
    guard isFinished == false else { return nil }
    guard missingParts.isEmpty else {
      let names = missingParts.prefix(10).joined(separator: ", ")
      return counted(done, "picture") + ", without "
        + (missingParts.count == 1 ? "part " : "parts ") + names
        + (missingParts.count > 10 ? " and \(missingParts.count - 10) more" : "")
    }
    return "\(done) of \(counted(expected ?? 0, "picture"))"
  }

  public var sentence: String? {
    unfinished.map {
      "This run is unfinished: it has \($0), and every number here is of these alone."
    }
  }

  /// The members of JSON objects that tell how much is done.
  package var members: [JSON.Member] {
    [
      .init("expected", expected.map(JSON.integer) ?? .null),
      .init("finished", isFinished.map(JSON.bool) ?? .null),
    ]
  }
}

extension RunFile {
  public func extent() throws -> RunExtent {
    let count = try tables.rows("SELECT COUNT(*) FROM pictures").first?[0].integer ?? 0
    let expected = try expected()
    return RunExtent(
      done: count, expected: expected,
      missingParts: expected == nil ? try parts()?.missing ?? [] : [])
  }

  /// The parts that the run was joined from; nil if it was not joined.
  func parts() throws -> RunParts? {
    try about("parts")
      .flatMap { try RunParts(JSON(parsing: Array($0.utf8), place: "\(path), its parts")) }
  }

  /// Stores the parts that the run was joined from, as long as some are missing.
  func remember(_ parts: RunParts) throws { try say([("parts", parts.json.written())]) }
}

/// The parts that a run was joined from, with the number of pictures that each should have.
struct RunParts {
  /// The number of parts.
  let of: Int
  private(set) var expected: [Int: Int?] = [:]

  private static let most = 1 << 40

  init(of: Int) { self.of = of }

  /// Adds a part. If two runs have the same part, the larger number of pictures counts.
  mutating func add(_ index: Int, _ count: Int?) {
    // No dataset has more pictures, and sums of numbers up to this limit cannot overflow.
    let count = count.flatMap { (0...RunParts.most).contains($0) ? $0 : nil }
    let former = expected[index] ?? nil
    expected[index] = .some(former.map { max($0, count ?? 0) } ?? count)
  }

  mutating func add(_ other: RunParts) {
    guard other.of == of else { return }
    for (index, count) in other.expected { add(index, count) }
  }

  var missing: [String] {
    Set(1...of).subtracting(expected.keys).sorted().map { "\($0)/\(of)" }
  }

  /// The number of pictures that all parts together should have; nil if a part is missing or its
  /// number is not known.
  var total: Int? {
    guard expected.count == of else { return nil }
    let counts = expected.values.compactMap { $0 }
    return counts.count == of ? counts.reduce(0, +) : nil
  }

  var json: JSON {
    [
      "of": .integer(of),
      "pictures": .object(
        expected.sorted { $0.key < $1.key }.map {
          JSON.Member("\($0.key)", $0.value.map(JSON.integer) ?? .null)
        }),
    ]
  }

  /// Nil if the JSON does not describe parts.
  init?(_ json: JSON) {
    guard let of = json["of"]?.integer, (1...1 << 20).contains(of),
      let members = json["pictures"]?.members
    else { return nil }
    self.of = of
    for member in members {
      guard let index = Int(member.key), (1...of).contains(index) else { return nil }
      add(index, member.value.integer)
    }
  }
}
