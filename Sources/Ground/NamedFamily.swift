/// A family of values from which people choose by name: methods, measures, color maps.
///
/// ```swift
/// try Method.named("grad-cam")      // Method.gradCAM
/// try Method.named("grad-cm")
/// // method: expected a method, found 'grad-cm'; did you mean 'grad-cam'?
/// ```
///
/// A type conforms by listing its values. An enum of strings only has to add what one of its cases
/// is called.
public protocol Named: Sendable, CustomStringConvertible {
  /// What a value of the family is called in a sentence, with its article: `a method`.
  static var kind: String { get }
  /// Every value that has a name, in the order in which lists show them.
  static var all: [Self] { get }
  var name: String { get }
  /// Creates the value with this name; nil for any other word.
  init?(named name: String)
}

extension Named {
  public var description: String { name }

  /// Returns the value in `all` that has this name.
  package static func listed(_ name: String) -> Self? { all.first { $0.name == name } }

  public init?(named name: String) {
    guard let found = Self.listed(name) else { return nil }
    self = found
  }

  /// Returns the value with this name. A wrong name throws a sentence that suggests the nearest
  /// right one.
  public static func named(_ name: String, of place: String? = nil) throws -> Self {
    if let value = Self(named: name) { return value }
    throw InputError(
      place ?? String(kind.drop { $0 != " " }.dropFirst()), expected: expectation,
      found: "'\(printable(name.utf8))'", hint: suggestion(for: name))
  }

  /// What a message says was expected: all names or, if there are more than 15, only the `kind`.
  package static var expectation: String {
    let names = all.map(\.name)
    return names.count > 15 ? kind : "one of \(names.joined(separator: ", "))"
  }

  /// What a message suggests for a wrong name, whose case is ignored.
  package static func suggestion(for name: String) -> String? {
    let names = all.map(\.name)
    let near = nearest(to: name.lowercased(), among: names.map { $0.lowercased() })
    return names.first { $0.lowercased() == near }.map { "did you mean '\($0)'?" }
  }
}

extension Named where Self: RawRepresentable<String> {
  public var name: String { rawValue }
}

extension Named where Self: CaseIterable {
  public static var all: [Self] { Array(allCases) }
}
