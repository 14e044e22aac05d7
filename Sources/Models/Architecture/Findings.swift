/// Values on their way into a model, each with where it came from.
///
///     let width = findings.take("image.width", 768, "shape of visual.conv1.weight")
struct Findings {
  private(set) var sources: [Model.Source] = []
  /// What a user should know before trusting the model.
  private(set) var notes: [String] = []

  mutating func take<Value>(_ name: String, _ value: Value, _ source: String) -> Value {
    note(source: source, of: name)
    return value
  }

  mutating func take<Value>(_ name: String, _ told: (value: Value, source: String)) -> Value {
    take(name, told.value, told.source)
  }

  mutating func note(source: String, of name: String) {
    sources.append(Model.Source(name: name, source: source))
  }

  mutating func note(_ text: String) { notes.append(text) }
}
