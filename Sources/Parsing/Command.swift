import Ground

/// A command of `fieldmark`: a name, its operands and options, and one function.
///
/// A command reads its input, calls the library, and prints or writes the results. Whatever can be
/// tested without a terminal belongs in the library.
package struct Command: Sendable {
  /// One or two words: `tokens`, `models show`.
  package let name: String
  /// One line for the list of commands.
  package let summary: String
  package let operands: Operands
  private let group: any OptionGroup.Type
  /// What the command prints or writes, and how. Help shows it below the options.
  let notes: String?
  let run: @Sendable (Input, Output) throws -> ExitStatus

  package init(
    _ name: String, _ summary: String, operands: Operands = .none,
    options: any OptionGroup.Type = NoOptions.self,
    notes: String? = nil, run: @escaping @Sendable (Input, Output) throws -> ExitStatus
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    group = options
    self.notes = notes
    self.run = run
  }

  func named(_ name: String) -> Command {
    Command(name, summary, operands: operands, options: group, notes: notes, run: run)
  }

  /// The options of the command. They are collected when they are asked for, so that starting the
  /// program does not take time for every command.
  package var options: [Declaration] { group.declarations }
}

/// The words of the command line that follow no option.
package struct Operands: Sendable {
  let placeholder: String
  let help: String
  let count: ClosedRange<Int>
  /// What a shell completes an operand with.
  let completion: Completion

  /// The name of a single operand: `PICTURE` for `[PICTURE...]`.
  var word: String { placeholder.filter { !".[]".contains($0) } }

  package static let none = Operands(placeholder: "", help: "", count: 0...0, completion: .none)

  package static func one(
    _ placeholder: String, _ help: String, completion: Completion = .files
  ) -> Operands {
    Operands(placeholder: placeholder, help: help, count: 1...1, completion: completion)
  }

  package static func some(
    _ placeholder: String, _ help: String, completion: Completion = .files
  ) -> Operands {
    Operands(
      placeholder: placeholder + "...", help: help, count: 1...Int.max, completion: completion)
  }

  package static func upToOne(
    _ placeholder: String, _ help: String, completion: Completion = .files
  ) -> Operands {
    Operands(placeholder: "[\(placeholder)]", help: help, count: 0...1, completion: completion)
  }

  package static func any(
    _ placeholder: String, _ help: String, completion: Completion = .files
  ) -> Operands {
    Operands(
      placeholder: "[\(placeholder)...]", help: help, count: 0...Int.max, completion: completion)
  }
}

/// How a run ended, as the shell sees it. Only `done` is zero.
package struct ExitStatus: Equatable, Sendable {
  package let code: Int32
  package static let done = ExitStatus(code: 0)
  /// Finished, but some inputs failed and are listed.
  package static let someFailed = ExitStatus(code: 3)
  /// A mistake of Fieldmark itself.
  package static let ownFault = ExitStatus(code: 70)
  /// Interrupted, without loss of what was done.
  package static let interrupted = ExitStatus(code: 130)

  package init(code: Int32) { self.code = code }
  package init(_ kind: InputError.Kind) { code = kind.rawValue }
}

/// The words of a command line after parsing: operands in order, options by declaration.
package struct Input: Sendable {
  /// The program and the command, as messages name them: `fieldmark tokens`.
  package let name: String
  package let operands: [Word]
  package var values: [Declared] = []
  /// For each operand, the text option that it follows. The operand may be a word of that option's
  /// text that the user did not quote.
  var behind: [Unquoted?] = []
  /// Called with every option that is read although the command does not have it.
  var undeclared: @Sendable (Declaration) -> Void = { _ in }

  /// An option of the command with its value.
  package struct Declared: Sendable {
    package let option: Declaration
    package let value: any Sendable
    /// Whether the option was given, whatever its value.
    let isGiven: Bool
    /// Whether its value is not the option's default.
    package let isChanged: Bool
  }

  private func declared(_ option: Declaration) -> Declared? {
    values.first { $0.option.name == option.name }
  }

  /// Whether an option was given, whatever its value.
  package func isGiven(_ option: Declaration) -> Bool { declared(option)?.isGiven ?? false }

  /// The value of an option if it differs from the default; nil otherwise.
  package func changed<Value>(_ option: Option<Value>) -> Value? {
    guard let found = declared(option.declaration), found.isChanged else { return nil }
    return found.value as? Value
  }

  /// The value of an option. For an option that the command does not have this is the default, so
  /// that commands can share code.
  package subscript<Value>(_ option: Option<Value>) -> Value {
    if let found = declared(option.declaration), let value = found.value as? Value { return value }
    undeclared(option.declaration)
    return option.standard
  }

  /// The operands as texts; a word that is not UTF-8 is refused.
  package func texts() throws -> [String] {
    try operands.map { try String.reading($0, of: name) }
  }

  /// The operands as files.
  package var paths: [Path] { operands.map(Path.init(bytes:)) }
}

/// The text of an option whose other words may have become operands: with `-c red epaulets`, the
/// shell passes `red` and `epaulets` as separate words.
struct Unquoted: Sendable {
  /// The flag as it was written: `-c`.
  let flag: String
  let value: Word
  /// The place on the command line, since an option may be repeated.
  let place: Int
}
