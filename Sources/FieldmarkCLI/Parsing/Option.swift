/// A named, typed setting of a command, declared once: parsing, help, defaults and suggestions
/// all come from the declaration.
///
///     private let strength = Option<Float>("strength", short: "g", default: 0.6, "How strongly ...")
///     ...
///     input[strength]      // a Float, checked while parsing
package struct Option<Value: Sendable>: Sendable {
  package let declaration: Declaration
  /// What the words given for the option mean; none when it is absent.
  let read: @Sendable ([Word]) throws -> Value
}

/// What help, suggestions and the parser need to know of an option, whatever its type.
package struct Declaration: Sendable {
  package let name: String
  let short: Character?
  /// What stands for the value in help; nil where the option takes none.
  let placeholder: String?
  let repeats: Bool
  let help: String
  /// Whether its value is text, of which a shell without quotes leaves the first word.
  var takesWords = false
  /// Reads the words and forgets the value: throws where they are wrong.
  let check: @Sendable ([Word]) throws -> any Sendable

  var flag: String { "--" + name }
}

extension Option where Value: OptionValue {
  /// An option with one value and a default.
  package init(
    _ name: String, short: Character? = nil, placeholder: String? = nil, default standard: Value,
    _ help: String
  ) {
    self.init(
      name, short: short, placeholder: placeholder ?? Value.placeholder, repeats: false,
      help: "\(help) Default: \(standard).", takesWords: Value.self == String.self,
      read: { try $0.last.map { try Value.reading($0, of: "option --" + name) } ?? standard })
  }
}

extension Option {
  /// An option that may be absent.
  package init<Wrapped: OptionValue>(
    _ name: String, short: Character? = nil, placeholder: String? = nil, _ help: String
  ) where Value == Wrapped? {
    self.init(
      name, short: short, placeholder: placeholder ?? Wrapped.placeholder, repeats: false,
      help: help, takesWords: Wrapped.self == String.self,
      read: { try $0.last.map { try Wrapped.reading($0, of: "option --" + name) } })
  }

  /// An option that may be given several times.
  package init<Element: OptionValue>(
    _ name: String, short: Character? = nil, placeholder: String? = nil, _ help: String
  ) where Value == [Element] {
    self.init(
      name, short: short, placeholder: placeholder ?? Element.placeholder, repeats: true,
      help: help + " May be repeated.", takesWords: Element.self == String.self,
      read: { try $0.map { try Element.reading($0, of: "option --" + name) } })
  }

  /// An option that is on when it is there.
  package init(_ name: String, short: Character? = nil, _ help: String) where Value == Bool {
    self.init(
      name, short: short, placeholder: nil, repeats: false, help: help, read: { !$0.isEmpty })
  }

  private init(
    _ name: String, short: Character?, placeholder: String?, repeats: Bool, help: String,
    takesWords: Bool = false, read: @escaping @Sendable ([Word]) throws -> Value
  ) {
    self.read = read
    declaration = Declaration(
      name: name, short: short, placeholder: placeholder, repeats: repeats, help: help,
      takesWords: takesWords, check: { try read($0) })
  }
}
