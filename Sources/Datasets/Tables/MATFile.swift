import Ground

/// A value of MATLAB's, as far as annotations need them.
///
///     let file = try MATFile("devkit/cars_meta.mat")
///     try file["class_names"]?.cells?[0].text      // AM General Hummer SUV 2000
package enum MATValue: Equatable, Sendable {
  /// Numbers of any type, column by column.
  case numbers([Double])
  case text(String)
  case cells([MATValue])
  /// A struct array: the names of its fields, and for each element their values.
  case records([String], [[MATValue]])
  /// Something that is not read, by its name.
  case other(String)

  /// The one number that this is.
  var number: Double? {
    if case .numbers(let numbers) = self, numbers.count == 1 { numbers[0] } else { nil }
  }

  /// Letters. An empty array of numbers is an empty text too.
  var text: String? {
    switch self {
    case .text(let text): text
    case .numbers(let numbers) where numbers.isEmpty: ""
    default: nil
    }
  }

  var cells: [MATValue]? { if case .cells(let cells) = self { cells } else { nil } }

  /// What messages call it.
  var kind: String {
    switch self {
    case .numbers(let numbers): numbers.count == 1 ? "a number" : "\(numbers.count) numbers"
    case .text: "a text"
    case .cells(let cells): "\(cells.count) cells"
    case .records(_, let rows): "a struct array of \(rows.count)"
    case .other(let name): name
    }
  }
}

/// The variables of a MATLAB file of version 5, 6 or 7 (level 5 MAT-file format, The MathWorks,
/// 2005-2019), compressed or not, little or big endian: numbers, texts, cells, struct arrays.
package struct MATFile: Sendable {
  let name: String
  package private(set) var variables: [(name: String, value: MATValue)] = []

  /// Larger files are refused, by what their variables have when they are unpacked: the largest of
  /// the datasets that come in this form has 10 MB. As values these may take some ten times as much.
  static let limit = 1 << 26

  init(_ folder: Path, _ name: String) throws {
    try self.init(MappedFile(folder / Path(name)), name: name)
  }

  package init(_ file: MappedFile, name: String) throws {
    self.name = name
    try file.checkUnchanged()
    try file.withBytes { bytes in
      var reader = try MATReader(file: bytes, name: name)
      while let element = try reader.variable() { variables.append(element) }
    }
  }

  package subscript(variable: String) -> MATValue? {
    variables.first { $0.name == variable }?.value
  }

  /// A variable that must be there.
  package func get(_ variable: String) throws -> MATValue {
    if let value = self[variable] { return value }
    let names = variables.map { "'\($0.name)'" }.joined(separator: ", ")
    throw InputError(
      name, expected: "a variable '\(variable)'", found: names.isEmpty ? "none at all" : names)
  }

  /// The elements of a struct array, as functions from the names of fields.
  func records(_ variable: String) throws -> [MATRecord] {
    let value = try get(variable)
    guard case .records(let names, let rows) = value else {
      throw InputError(
        "\(name) variable '\(variable)'", expected: "a struct array", found: value.kind)
    }
    return rows.enumerated().map { index, values in
      MATRecord(place: "\(name) \(variable)(\(index + 1))", names: names, values: values)
    }
  }
}

/// An element of a struct array.
struct MATRecord {
  /// `cars_meta.mat annotations(17)`, as MATLAB counts.
  let place: String
  let names: [String]
  let values: [MATValue]

  func find(_ field: String) -> MATValue? { names.firstIndex(of: field).map { values[$0] } }

  func number(_ field: String) throws -> Double {
    let value = find(field)
    if let number = value?.number, number.isFinite { return number }
    throw InputError("\(place).\(field)", expected: "a number", found: value?.kind ?? "nothing")
  }

  func text(_ field: String) throws -> String {
    let value = find(field)
    if let text = value?.text { return text }
    throw InputError("\(place).\(field)", expected: "a text", found: value?.kind ?? "nothing")
  }
}
