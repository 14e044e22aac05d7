import Datasets
import Ground

/// One setting of a run: its name in the file, and how its value is written and read.
///
/// ```swift
/// let strength = RunSetting<Float>.number("strength")
/// strength.member(0.6)                             // "strength": 0.6
/// try strength.read(settings, of: "birds.run")     // 0.6; nil where the run does not say
/// ```
///
/// A run's plan declares each of its settings once.
package struct RunSetting<Value>: Sendable {
  let name: String
  /// The expected value in messages.
  private let expected: String
  private let hint: String?
  private let written: @Sendable (Value) -> JSON
  private let value: @Sendable (JSON) -> Value?

  package init(
    _ name: String, _ expected: String, hint: String? = nil,
    written: @escaping @Sendable (Value) -> JSON, read: @escaping @Sendable (JSON) -> Value?
  ) {
    (self.name, self.expected, self.hint) = (name, expected, hint)
    (self.written, value) = (written, read)
  }

  package func member(_ value: Value) -> JSON.Member { .init(name, written(value)) }

  /// Nil if the run does not have the setting; throws if its value is not a valid one.
  package func read(_ settings: RunSettings, of path: Path) throws -> Value? {
    guard let json = settings[name], json != .null else { return nil }
    if let value = value(json) { return value }
    let found =
      json.string.map { "'\(printable($0.utf8.prefix(100)))'" }
      ?? printable(json.written().utf8.prefix(100))
    throw InputError("\(path), its \(name)", expected: expected, found: found, hint: hint)
  }
}

extension RunSetting where Value == String {
  package static func text(_ name: String) -> Self {
    Self(name, "a text", written: { .string($0) }, read: \.string)
  }
}

extension RunSetting where Value == [String] {
  package static func texts(_ name: String, _ expected: String = "texts") -> Self {
    Self(
      name, expected, written: { .array($0.map(JSON.string)) },
      read: { json in
        let texts = json.array?.map(\.string)
        return texts.flatMap { $0.contains(nil) ? nil : $0.compactMap { $0 } }
      })
  }
}

extension RunSetting where Value == Int {
  package static func integer(_ name: String) -> Self {
    Self(name, "a whole number", written: { .integer($0) }, read: \.integer)
  }
}

extension RunSetting where Value == UInt64 {
  package static func seed(_ name: String) -> Self {
    Self(
      name, "a whole number", written: { JSON(seed: $0) },
      read: { json in json.integer.map { UInt64(bitPattern: Int64($0)) } })
  }
}

extension RunSetting where Value == Float {
  package static func number(_ name: String) -> Self {
    Self(name, "a number", written: { JSON($0) }, read: { json in json.number.map { Float($0) } })
  }
}

extension RunSetting where Value == Bool {
  package static func flag(_ name: String) -> Self {
    Self(name, "true or false", written: { .bool($0) }, read: \.bool)
  }
}

extension RunSetting where Value == JSON {
  package static func object(_ name: String) -> Self {
    Self(name, "an object", written: { $0 }, read: { $0.members == nil ? nil : $0 })
  }
}

extension RunSetting {
  /// A setting whose value is written as a word.
  package static func word(
    _ name: String, _ expected: String, _ written: @escaping @Sendable (Value) -> String,
    _ value: @escaping @Sendable (String) -> Value?
  ) -> Self {
    Self(
      name, expected, hint: "another version of Fieldmark may have written it",
      written: { .string(written($0)) }, read: { $0.string.flatMap(value) })
  }
}

extension RunSetting
where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// A setting whose value is one of a few words.
  package static func choice(_ name: String) -> Self {
    let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
    return .word(name, "one of \(words)", \.rawValue) { Value(rawValue: $0) }
  }
}
