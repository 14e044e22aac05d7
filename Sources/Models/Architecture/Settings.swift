import Ground
import Pictures

/// What files of settings say of a model, by Fieldmark's names for it, each with the place where it
/// is said.
///
///     var settings = Settings()
///     try settings.add(json, from: "config.json", tables)
///     settings["image.heads"]      // value 12, source "config.json"
///
/// If several files say something, the first one counts.
package struct Settings {
  struct Entry: Equatable {
    let value: JSON
    /// The file's name.
    let source: String
    /// The name of the setting within the file, for messages.
    let key: String

    var place: String { "\(source) '\(key)'" }
  }

  private var entries: [String: Entry] = [:]

  init() {}

  subscript(name: String) -> Entry? { entries[name] }

  mutating func add(_ name: String, _ value: JSON, source: String, key: String) {
    if entries[name] == nil { entries[name] = Entry(value: value, source: source, key: key) }
  }

  /// Returns a whole number above zero, of a size that sensible models have.
  func integer(_ name: String) throws -> (value: Int, source: String)? {
    guard let entry = entries[name] else { return nil }
    guard let value = entry.value.integer, (1...1 << 24).contains(value) else {
      throw InputError(
        entry.place, expected: "a whole number above zero", found: entry.value.summary)
    }
    return (value, entry.source)
  }

  /// Returns a size in pixels: one number for a square, or height and width, as open_clip writes
  /// it.
  func sides(_ name: String) throws -> (value: Grid, source: String)? {
    guard let entry = entries[name] else { return nil }
    let sides = (entry.value.array ?? [entry.value, entry.value]).map(\.integer)
    guard sides.count == 2, let height = sides[0], let width = sides[1],
      Preprocessing.sides.contains(height), Preprocessing.sides.contains(width)
    else {
      throw InputError(
        entry.place, expected: "a size of 1 to 8192 pixels, or a height and a width",
        found: entry.value.written())
    }
    return (Grid(width: width, height: height), entry.source)
  }

  func number(_ name: String) throws -> (value: Float, source: String)? {
    guard let entry = entries[name] else { return nil }
    guard let value = entry.value.number.map({ Float($0) }), value.isFinite else {
      throw InputError(entry.place, expected: "a number", found: entry.value.summary)
    }
    return (value, entry.source)
  }

  /// Returns one number for each of red, green and blue.
  func color(_ name: String) throws -> (value: SIMD3<Float>, source: String)? {
    guard let entry = entries[name] else { return nil }
    let numbers = (entry.value.array ?? []).compactMap(\.number).map { Float($0) }
    guard numbers.count == 3, entry.value.array?.count == 3 else {
      throw InputError(entry.place, expected: "three numbers", found: entry.value.summary)
    }
    return (SIMD3(numbers[0], numbers[1], numbers[2]), entry.source)
  }

  /// Returns what a word stands for, which must be one of the choices.
  func choice<Value>(
    _ name: String, _ choices: [(word: JSON, value: Value)]
  ) throws -> (value: Value, source: String)? {
    guard let entry = entries[name] else { return nil }
    guard let choice = choices.first(where: { $0.word == entry.value }) else {
      let words = choices.map { $0.word.written() }.joined(separator: ", ")
      throw InputError(
        entry.place, expected: "one of \(words)", found: entry.value.summary)
    }
    return (choice.value, entry.source)
  }

  /// Throws if a file says something else than the shapes of the weights. It then belongs to
  /// another model.
  func check(_ name: String, is value: Int) throws {
    guard let told = try integer(name), told.value != value, let entry = entries[name] else {
      return
    }
    throw InputError(entry.place, expected: "\(value), as the weights have", found: "\(told.value)")
  }
}
