/// A record of where the values of a model come from, made while they are read.
///
/// ```swift
/// let width = findings.take("image.width", 768, "shape of visual.conv1.weight")
/// ```
package struct SourcedValues {
  private(set) var sources: [ValueSource] = []
  /// What a user should know before trusting the model.
  private(set) var notes: [String] = []

  package mutating func take<Value>(
    _ name: String, _ value: Value, _ source: String
  ) -> Value {
    note(source: source, of: name)
    return value
  }

  package mutating func take<Value>(
    _ name: String, _ told: (value: Value, source: String)
  ) -> Value {
    take(name, told.value, told.source)
  }

  package mutating func note(source: String, of name: String) {
    sources.append(ValueSource(name: name, source: source))
  }

  /// Returns where a value comes from.
  package func source(of name: String) -> String? { sources.first { $0.name == name }?.source }

  package mutating func note(_ text: String) { notes.append(text) }
}

/// Where a value comes from: `shape of visual.conv1.weight`, `open_clip_config.json`, `tag
/// openai`, `default of the family CLIP`, `--activation`.
public struct ValueSource: Equatable, Sendable {
  public let name: String
  public let source: String
}
