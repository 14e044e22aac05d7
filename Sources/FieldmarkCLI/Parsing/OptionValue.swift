import Ground

/// One word of a command line, as the bytes that it was given in: file names need not be UTF-8.
package typealias Word = [UInt8]

/// A type that an option's value can have.
package protocol OptionValue: Sendable {
  /// What stands for the value in help: `N`, `TEXT`, `openai|huggingface`.
  static var placeholder: String { get }
  /// What a message says was expected.
  static var expectation: String { get }
  init?(text: String)
  init?(word: Word)
  /// What a message says that may help, where it is not plain from what was expected.
  static func hint(for text: String) -> String?
}

extension OptionValue {
  package init?(word: Word) {
    guard let text = String(validating: word, as: UTF8.self) else { return nil }
    self.init(text: text)
  }

  package static func hint(for text: String) -> String? { nil }

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
  package init?(text: String) { self.init(word: Array(text.utf8)) }
  /// No file has an empty name; a variable of a shell that is not set makes one.
  package init?(word: Word) {
    guard !word.isEmpty else { return nil }
    self.init(bytes: word)
  }
}

/// A choice among words: an enum of strings is an option's type by saying so.
package protocol Choice: OptionValue, CaseIterable, RawRepresentable<String>,
  CustomStringConvertible
{}

extension Choice {
  package static var words: [String] { allCases.map(\.rawValue) }
  package static var placeholder: String { words.joined(separator: "|") }
  package static var expectation: String { "one of \(words.joined(separator: ", "))" }
  package init?(text: String) { self.init(rawValue: text) }
  package var description: String { rawValue }
}

/// A word as messages show it: in quotes, with what cannot be shown escaped.
package func quoted(_ word: Word) -> String { "'\(printable(word))'" }
