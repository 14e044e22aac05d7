import Datasets
import Ground

/// The fields of a table of classes and attributes, before it is known what its numbers mean: percent,
/// shares from 0 to 1, or yes and no.
///
///     var cells = AttributeCells(table)
///     try table.eachRow { row in try cells.add(row, column, of: label) }
///     let (factor, notes) = try cells.meaning()      // 100, ["... are shares from 0 to 1"]
///
/// A table must have one meaning: beside 80, a field of 0.8 may be a share or less than one percent.
package struct AttributeCells {
  /// The meaning of a field by itself.
  package enum Value: Equatable {
    case yes, no
    /// A number without a sign, which may be a percentage or a share.
    case bare(Double)
    /// A number with a percent sign.
    case percent(Double)
  }

  package struct Cell {
    let row: Int
    let column: Int
    let line: Int
    let value: Value
    let text: String
  }

  private let table: CSVRows
  private(set) var cells: [Cell] = []

  package init(_ table: CSVRows) { self.table = table }

  private static let yes: Set = ["yes", "y", "true", "t", "present", "x", "+", "✓"]
  private static let no: Set = ["no", "n", "false", "f", "absent", "-", "–"]

  /// Adds a field. An empty field means no, whatever the others mean.
  package mutating func add(_ row: CSVRow, _ column: Int, of number: Int) throws {
    let text = row.text(column)
    guard !text.isEmpty else { return }
    guard let value = AttributeCells.value(text, row) else {
      throw row.error(
        "a percentage, a share, or yes or no as '\(table.columns[column])'",
        found: "'\(text.prefix(80))'", hint: "a field with nothing in it is 0")
    }
    if case .bare(let number) = value { try check(number, row, column) }
    if case .percent(let number) = value { try check(number, row, column) }
    cells.append(
      Cell(row: number, column: column, line: row.line, value: value, text: String(text.prefix(80)))
    )
  }

  private func check(_ number: Double, _ row: CSVRow, _ column: Int) throws {
    guard (0...100).contains(number) else {
      throw row.error(
        "percentages from 0 to 100 as '\(table.columns[column])'", found: "\(number)")
    }
  }

  private static func value(_ text: String, _ row: CSVRow) -> Value? {
    let word = text.lowercased()
    if yes.contains(word) { return .yes }
    if no.contains(word) { return .no }
    guard text.hasSuffix("%") else { return row.decimal(in: text.utf8).map { .bare($0) } }
    let digits = text.dropLast().reversed().drop { $0.isWhitespace }.reversed()
    return row.decimal(in: String(digits).utf8).map { .percent($0) }
  }
}

extension AttributeCells {
  /// The factor that turns every number into a percentage, and notes on how the table was read, each a
  /// sentence without its full stop.
  package func meaning() throws -> (factor: Double, notes: [String]) {
    let words = cells.filter { $0.value == .yes || $0.value == .no }
    let signed = cells.filter { if case .percent = $0.value { true } else { false } }
    let bare = cells.filter { if case .bare = $0.value { true } else { false } }
    let numbers = signed.isEmpty ? bare : bare.filter { $0.value != .bare(0) }
    if !words.isEmpty {
      try refuse(
        words, "yes or no, as in other fields", signed + bare, "a number, as in other fields", nil)
      return (1, ["\(table.name): yes and no are taken for 100 and 0 percent"])
    }
    if !signed.isEmpty {
      try refuse(
        signed, "a number with a percent sign, as in other fields", numbers,
        "a number without a percent sign, as in other fields", nil)
      return (1, ["\(table.name): numbers are taken for percent, as their signs say"])
    }
    let above = bare.filter { $0.number > 1 }
    let between = bare.filter { $0.number > 0 && $0.number < 1 }
    if above.isEmpty, between.isEmpty {
      // A table of zeros means the same in every unit.
      guard bare.contains(where: { $0.number == 1 }) else { return (1, []) }
      return (100, ["\(table.name): 0 and 1 are taken for no and yes, 0 and 100 percent"])
    }
    try refuse(
      above, "a percentage from 0 to 100, as in other fields", between,
      "a share from 0 to 1, as in other fields",
      "where less than one percent is meant, percent signs in all fields that are not 0 say so")
    guard above.isEmpty else {
      return (1, ["\(table.name): numbers are taken for percent, 0 to 100"] + flags)
    }
    return (100, ["\(table.name): numbers are taken for shares, 0 to 1: 0.5 is 50 percent"])
  }

  /// A note on columns of percentages that hold only 0 and 1, since these may stand for no and yes.
  private var flags: [String] {
    var largest: [Int: Double] = [:]
    for cell in cells { largest[cell.column] = max(largest[cell.column] ?? 0, cell.number) }
    let names = table.columns.indices.filter { largest[$0] == 1 }.map { "'\(table.columns[$0])'" }
    guard !names.isEmpty else { return [] }
    return [
      "\(table.name): 1 is taken for one percent in "
        + names.prefix(3).joined(separator: ", ")
        + (names.count > 3 ? " and \(names.count - 3) more" : "")
        + ", where it may mean yes; then 100 is to be written"
    ]
  }

  /// Throws if there are cells of two kinds. The message names the first cell of the kind with fewer
  /// cells or, if both have as many, of the kind that comes later.
  private func refuse(
    _ some: [Cell], _ ofSome: String, _ others: [Cell], _ ofOthers: String, _ hint: String?
  ) throws {
    guard let first = some.first, let other = others.first else { return }
    let isOther =
      some.count != others.count
      ? others.count < some.count
      : (first.line, first.column) < (other.line, other.column)
    let odd = isOther ? other : first
    throw InputError(
      "\(table.name) line \(odd.line), column '\(table.columns[odd.column])'",
      expected: isOther ? ofSome : ofOthers, found: "'\(odd.text)'", hint: hint)
  }
}

extension AttributeCells.Cell {
  /// The number before it is multiplied by the factor; for yes and no, the percentage.
  package var number: Double {
    switch value {
    case .yes: 100
    case .no: 0
    case .bare(let number), .percent(let number): number
    }
  }
}
