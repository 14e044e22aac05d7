import Ground

/// One word of a command line as bytes, since file names need not be UTF-8.
package typealias Word = [UInt8]

/// A type that an option's value can have.
package protocol OptionValue: Sendable {
  /// The placeholder for the value in help: `N`, `TEXT`, `openai|huggingface`.
  static var placeholder: String { get }
  /// What a message says was expected.
  static var expectation: String { get }
  init?(text: String)
  init?(word: Word)
  /// A hint for a message, if the expectation alone does not help.
  static func hint(for text: String) -> String?
  /// What a shell completes the value with.
  static var completion: Completion { get }
  /// The command that lists the values, if there are too many for a message: `methods`.
  static var command: String? { get }
}

/// What a shell offers when a value is typed.
package enum Completion: Equatable, Sendable {
  case none
  case files
  case words([String])
  /// Several of the words, separated by commas.
  case list([String])
}

extension OptionValue {
  package init?(word: Word) {
    guard let text = String(validating: word, as: UTF8.self) else { return nil }
    self.init(text: text)
  }

  package static func hint(for text: String) -> String? { nil }
  package static var completion: Completion { .none }
  package static var command: String? { nil }

  static func reading(_ word: Word, of place: String) throws -> Self {
    if let value = Self(word: word) { return value }
    throw InputError(
      place, expected: expectation, found: quoted(word),
      hint: hint(for: String(decoding: word, as: UTF8.self)), kind: .words)
  }
}

extension String: OptionValue {
  package static var placeholder: String { "TEXT" }
  package static var expectation: String { "UTF-8 text" }
  package init?(text: String) { self = text }
}

extension Int: OptionValue {
  package static var placeholder: String { "N" }
  package static var expectation: String { "a whole number" }
  package init?(text: String) { self.init(text) }
}

extension Float: OptionValue {
  package static var placeholder: String { "X" }
  package static var expectation: String { "a number" }
  package init?(text: String) {
    guard let value = Float(text), value.isFinite else { return nil }
    self = value
  }
}

extension Path: OptionValue {
  package static var placeholder: String { "FILE" }
  package static var expectation: String { "a file name" }
  package static var completion: Completion { .files }
  package init?(text: String) { self.init(word: Array(text.utf8)) }
  /// A file name is never empty; an unset variable of the shell would make an empty one.
  package init?(word: Word) {
    guard !word.isEmpty else { return nil }
    self.init(bytes: word)
  }
}

/// An extension makes a family of named values the type of options: `extension Weighting:
/// OptionValue {}`.
extension OptionValue where Self: Named {
  /// All names if they are short enough, or else the last word of the kind: `METHOD`.
  package static var placeholder: String {
    let names = all.map(\.name).joined(separator: "|")
    if names.count <= 40 { return names }
    return String(kind.split(separator: " ").last ?? "NAME").uppercased()
  }
  package static var completion: Completion { .words(all.map(\.name)) }
  package init?(text: String) { self.init(named: text) }
  package static func hint(for text: String) -> String? {
    suggestion(for: text) ?? command.map { "'fieldmark \($0)' lists them" }
  }
}

/// A word as messages show it: in quotes, with unprintable characters escaped.
package func quoted(_ word: Word) -> String { "'\(printable(word))'" }
