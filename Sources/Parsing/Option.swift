/// A named, typed option of a command. It is declared once; parsing, help, defaults, suggestions,
/// completions and manuals all come from the declaration.
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
  /// The value if the option is not given.
  let standard: Value
}

/// What help, suggestions and the parser need to know about an option, whatever its type.
package struct Declaration: Sendable {
  package let name: String
  package let short: Character?
  /// The placeholder for the value in help; nil if the option takes no value.
  let placeholder: String?
  let repeats: Bool
  package let help: String
  /// How the option affects the files that a command writes.
  package let role: Role
  /// The option's name in an earlier version, which is no longer accepted.
  let formerly: String?
  /// The name of the setting in messages of the library.
  let setting: String
  /// What a shell completes the value with.
  package let completion: Completion
  /// Whether the value is a text of which the shell passes only the first word if the user omits
  /// quotes.
  let takesWords: Bool
  /// Parses the words of the option and returns the value, or throws if they are wrong.
  package let check: @Sendable ([Word]) throws -> any Sendable

  package var flag: String { "--" + name }
}

/// How an option affects the files that a command writes.
package enum Role: Sendable {
  /// The option changes the content of files, so another value gives them another name.
  case content
  /// The option changes the content of files, and the names of maps spell its value.
  case spelled
  /// The option does not change the content of files; at most it decides whether they are written.
  case silent
  /// The option names a file or folder that is written, and does not change the content.
  case output
}

/// The parts of a declaration besides the name, the short flag and the help.
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

  /// An option without a value, which is true if it is given.
  package init(
    _ name: String, short: Character? = nil, role: Role = .content, formerly: String? = nil,
    setting: String? = nil, _ help: String
  ) where Value == Bool {
    self.init(
      name, short, help, Traits(role: role, formerly: formerly, setting: setting), standard: false
    ) { !$0.isEmpty }
  }

  /// - Parameter read: Parses the words of the option; nil if there are none.
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
