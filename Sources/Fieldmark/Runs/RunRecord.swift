import Encoders

/// What a run found out about one picture.
public struct RunRecord: Equatable, Sendable {
  /// Its place in the dataset.
  public let number: Int
  public let path: String
  public var label: Int?
  public var predicted: Int?
  /// Why nothing could be found out, in one sentence.
  public var failure: String?
  public var maps: [Map] = []
  public var numbers: [Number] = []

  public init(number: Int, path: String, label: Int? = nil, predicted: Int? = nil) {
    (self.number, self.path, self.label, self.predicted) = (number, path, label, predicted)
  }

  public struct Map: Equatable, Sendable {
    public let name: String
    public let grid: Matrix

    public init(name: String, grid: Matrix) { (self.name, self.grid) = (name, grid) }
  }

  public struct Number: Equatable, Sendable {
    public let map: String
    public let measure: String
    /// Nil where the measure gives none.
    public let value: Double?
    /// Why it gives none.
    public let reason: String?

    public init(map: String, measure: String, value: Double?, reason: String? = nil) {
      (self.map, self.measure, self.value, self.reason) = (map, measure, value, reason)
    }
  }
}

/// What was asked of a run: by name, in the order in which a reader wants it.
public struct RunSettings: Equatable, Sendable {
  public let members: [JSON.Member]

  public init(_ members: [JSON.Member]) { self.members = members }

  public subscript(name: String) -> JSON? { members.first { $0.key == name }?.value }

  /// Throws where another run's differ: its numbers and these would not mean the same.
  func check(same other: RunSettings, as path: Path) throws {
    let names = other.members.map(\.key) + members.map(\.key).filter { other[$0] == nil }
    let differing = names.filter { self[$0] != other[$0] }
    guard !differing.isEmpty else { return }
    func told(_ settings: RunSettings) -> String {
      differing.map { "\($0) \(settings[$0]?.written() ?? "not set")" }.joined(separator: ", ")
    }
    throw InputError(
      path.description, expected: "a run with \(told(self))", found: told(other),
      hint: "another file takes a run with other settings", kind: .words)
  }
}

extension Matrix {
  /// The largest distance from 0: maps of some methods are far below what 16 bits reach.
  var largest: Float { elements.reduce(0) { max($0, abs($1)) } }

  /// 16-bit floats of what each number is of the largest, little-endian, row by row: what a run keeps
  /// of a map.
  var halves: [UInt8] {
    let factor = largest > 0 ? 1 / Double(largest) : 0
    return elements.flatMap { value -> [UInt8] in
      let bits = Float16(Float(Double(value) * factor)).bitPattern
      return [UInt8(truncatingIfNeeded: bits), UInt8(truncatingIfNeeded: bits >> 8)]
    }
  }

  init(rows: Int, columns: Int, halves: [UInt8], largest: Float) {
    self.init(
      rows: rows, columns: columns,
      (0..<rows * columns).map { index in
        let bits = UInt16(halves[2 * index]) | UInt16(halves[2 * index + 1]) << 8
        return largest * Float(Float16(bitPattern: bits))
      })
  }
}

extension Tables.Value {
  init(_ integer: Int?) { self = integer.map { .integer($0) } ?? .nothing }

  var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  var text: String? { if case .text(let text) = self { text } else { nil } }

  var number: Double? {
    switch self {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
