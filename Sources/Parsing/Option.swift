/// A named, typed setting of a command, declared once: parsing, help, defaults, suggestions, completions
/// and manuals all come from the declaration.
///
/// ```swift
/// struct Options: OptionGroup {
///   let strength = Option<Float>("strength", short: "g", default: 0.6, "How strongly ...")
/// }
///
/// input[Options.strength]      // a Float, checked while parsing
/// ```
package struct Option<Value: Sendable>: Sendable {
  package let declaration: Declaration
  /// What it is where nobody gives it.
  let standard: Value
}

/// What help, suggestions and the parser need to know of an option, whatever its type.
package struct Declaration: Sendable {
  package let name: String
  package let short: Character?
  /// What stands for the value in help; nil where the option takes none.
  let placeholder: String?
  let repeats: Bool
  package let help: String
  /// What it does to the files that a command writes.
  package let role: Role
  /// The name that it had in an earlier version, which is not read any more.
  let formerly: String?
  /// What it is called in messages of the library.
  let setting: String
  /// What a shell offers for its value.
  package let completion: Completion
  /// Whether its value is text, of which a shell without quotes leaves the first word.
  let takesWords: Bool
  /// Reads the words and forgets the value: throws where they are wrong.
  package let check: @Sendable ([Word]) throws -> any Sendable

  package var flag: String { "--" + name }
}

/// What an option does to the files that a command writes.
package enum Role: Sendable {
  /// It changes what is in them, so that another value gives them another name.
  case content
  /// It does the same, and the names of maps spell its value.
  case spelled
  /// It changes nothing in a file, or only whether there is one.
  case silent
  /// It names a file or a folder that is written, and changes nothing in it.
  case output
}

/// How an option is declared besides its name, its letter and its help.
private struct Traits {
  var placeholder: String?
  var repeats = false
  var role = Role.content
  var formerly: String?
  var setting: String?
  var completion = Completion.none
  var takesWords = false
}

extension Option where Value: OptionValue {
  /// An option with one value and a default.
  package init(
    _ name: String, short: Character? = nil, placeholder: String? = nil, default standard: Value,
    role: Role = .content, formerly: String? = nil, setting: String? = nil, _ help: String
  ) {
    self.init(
      name, short, "\(help) Default: \(standard).",
      Traits(
        placeholder: placeholder ?? Value.placeholder, role: role, formerly: formerly,
        setting: setting, completion: Value.completion, takesWords: Value.self == String.self),
      standard: standard
    ) { try $0.last.map { try Value.reading($0, of: "option --" + name) } }
  }
}

extension Option {
  /// An option that may be absent.
  package init<Wrapped: OptionValue>(
    _ name: String, short: Character? = nil, placeholder: String? = nil, role: Role = .content,
    formerly: String? = nil, setting: String? = nil, _ help: String
  ) where Value == Wrapped? {
    self.init(
      name, short, help,
      Traits(
        placeholder: placeholder ?? Wrapped.placeholder, role: role, formerly: formerly,
        setting: setting, completion: Wrapped.completion, takesWords: Wrapped.self == String.self),
      standard: nil
    ) { .some(try $0.last.map { try Wrapped.reading($0, of: "option --" + name) }) }
  }

  /// An option that may be given several times.
  package init<Element: OptionValue>(
    _ name: String, short: Character? = nil, placeholder: String? = nil, role: Role = .content,
    setting: String? = nil, _ help: String
  ) where Value == [Element] {
    self.init(
      name, short, help + " May be repeated.",
      Traits(
        placeholder: placeholder ?? Element.placeholder, repeats: true, role: role,
        setting: setting, completion: Element.completion, takesWords: Element.self == String.self),
      standard: []
    ) { try $0.map { try Element.reading($0, of: "option --" + name) } }
  }

  /// An option that is on when it is there.
  package init(
    _ name: String, short: Character? = nil, role: Role = .content, formerly: String? = nil,
    setting: String? = nil, _ help: String
  ) where Value == Bool {
    self.init(
      name, short, help, Traits(role: role, formerly: formerly, setting: setting), standard: false
    ) { !$0.isEmpty }
  }

  /// `read` gives nil for no words.
  private init(
    _ name: String, _ short: Character?, _ help: String, _ traits: Traits, standard: Value,
    read: @escaping @Sendable ([Word]) throws -> Value?
  ) {
    self.standard = standard
    declaration = Declaration(
      name: name, short: short, placeholder: traits.placeholder, repeats: traits.repeats,
      help: help, role: traits.role, formerly: traits.formerly, setting: traits.setting ?? name,
      completion: traits.completion, takesWords: traits.takesWords,
      check: { try read($0) ?? standard })
  }
}
