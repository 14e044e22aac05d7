import Ground

/// How much of a run is done, which every table and page of it says first where it is not all.
///
/// ```swift
/// try run.extent().sentence
/// // This run is unfinished: it has 11 of 60 pictures, and every number here is of these alone.
/// ```
public struct RunExtent: Equatable, Sendable {
  /// What tables call the column that says so.
  package static let column = "unfinished"

  /// Those that failed among them.
  public let done: Int
  /// Nil where nobody said, or parts are missing.
  public let expected: Int?
  /// Parts that were not there when the run was joined: `3/8`.
  public let missingParts: [String]

  public init(done: Int, expected: Int?, missingParts: [String] = []) {
    (self.done, self.expected, self.missingParts) = (done, expected, missingParts)
  }

  /// Nil where nobody knows.
  public var isFinished: Bool? {
    missingParts.isEmpty ? expected.map { done >= $0 } : false
  }

  /// `11 of 60 pictures`; nil where the run is finished, or nobody knows.
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

  /// What an object says of it.
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

  /// Of which parts it was joined; nil where it was not.
  func parts() throws -> RunParts? {
    try about("parts")
      .flatMap { try RunParts(JSON(parsing: Array($0.utf8), place: "\(path), its parts")) }
  }

  /// Of which parts it is joined, until all are there.
  func remember(_ parts: RunParts) throws { try say([("parts", parts.json.written())]) }
}

/// The parts that a run was joined of, with how many pictures each is to have.
struct RunParts {
  /// How many there are.
  let of: Int
  private(set) var expected: [Int: Int?] = [:]

  private static let most = 1 << 40

  init(of: Int) { self.of = of }

  /// A part that two runs have is to have as many pictures as the larger one says.
  mutating func add(_ index: Int, _ count: Int?) {
    // No dataset has more, and a sum of such counts is a number still.
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

  /// How many pictures all are to have; nil where one is missing or does not say.
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

  /// Nil where it is nothing of that kind.
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
