import Ground

/// Something that `fieldmark` does: a name, what follows it, and one function.
///
/// A command reads its input, calls the library, prints or writes; what could be tested without a
/// terminal belongs there.
package struct Command: Sendable {
  /// One or two words: `tokens`, `models show`.
  package let name: String
  /// One line for the list of commands.
  package let summary: String
  package let operands: Operands
  private let group: any OptionGroup.Type
  /// What comes out, and how; printed below the options in help.
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

  /// What may be given to it. It is worked out when it is asked for, so that a start of the program does
  /// not pay for every command.
  package var options: [Declaration] { group.declarations }
}

/// What stands on the command line without a name.
package struct Operands: Sendable {
  let placeholder: String
  let help: String
  let count: ClosedRange<Int>
  /// What a shell offers for one.
  let completion: Completion

  /// What one of them is called: `PICTURE` for `[PICTURE...]`.
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

/// How a run ended, as the shell sees it. Only one status is zero.
package struct ExitStatus: Equatable, Sendable {
  package let code: Int32
  package static let done = ExitStatus(code: 0)
  /// Finished, but some inputs failed and are listed.
  package static let someFailed = ExitStatus(code: 3)
  /// Our own fault.
  package static let ownFault = ExitStatus(code: 70)
  /// Interrupted, nothing lost.
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
  /// For each operand the option whose text it stands behind, as a word of that text without quotes
  /// would.
  var behind: [Unquoted?] = []
  /// Told of every option that is read and that the command does not have.
  var undeclared: @Sendable (Declaration) -> Void = { _ in }

  /// An option that the command has, with what the words say.
  package struct Declared: Sendable {
    package let option: Declaration
    package let value: any Sendable
    /// Whether it was written, whatever its value.
    let isGiven: Bool
    /// Whether its value is not the option's default.
    package let isChanged: Bool
  }

  private func declared(_ option: Declaration) -> Declared? {
    values.first { $0.option.name == option.name }
  }

  /// Whether an option was written, whatever its value.
  package func isGiven(_ option: Declaration) -> Bool { declared(option)?.isGiven ?? false }

  /// What was given, where that is not the option's default.
  package func changed<Value>(_ option: Option<Value>) -> Value? {
    guard let found = declared(option.declaration), found.isChanged else { return nil }
    return found.value as? Value
  }

  /// What an option is; of one that the command does not have its default, for code that several
  /// commands share.
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

/// A text that an option took, where its other words may have become operands: a shell that is given
/// `-c red epaulets` hands over `red`, and then `epaulets`.
struct Unquoted: Sendable {
  /// As it was written: `-c`.
  let flag: String
  let value: Word
  /// Where on the line: an option may be repeated.
  let place: Int
}
