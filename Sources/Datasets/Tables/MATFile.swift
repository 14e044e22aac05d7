import Ground

/// The variables of a MATLAB file of version 5, 6 or 7 (level 5 MAT-file format, The MathWorks,
/// 2005-2019), compressed or not, little or big endian: numbers, texts, cells, struct arrays.
package struct MATFile: Sendable {
  let name: String
  package private(set) var variables: [(name: String, value: MATValue)] = []

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

  /// A variable that must exist.
  package func get(_ variable: String) throws -> MATValue {
    if let value = self[variable] { return value }
    let names = variables.map { "'\($0.name)'" }.joined(separator: ", ")
    throw InputError(
      name, expected: "a variable '\(variable)'", found: names.isEmpty ? "none at all" : names)
  }

  /// The elements of a struct array, as records whose fields are found by name.
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
  /// The record's place for messages, counted from 1 as in MATLAB: `cars_meta.mat annotations(17)`.
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
