import Ground

/// Something that `fieldmark` does: a name, what follows it, and one function.
///
/// A command reads its input, calls the library, prints or writes; what could be tested without a
/// terminal belongs there.
package struct Command: Sendable {
  /// One or two words: `tokens`, `models show`.
  package let name: String
  /// One line for the list of commands.
  let summary: String
  let operands: Operands
  let options: [Declaration]
  /// What comes out, and how; printed below the options in help.
  let notes: String?
  let run: @Sendable (Input, Output) throws -> ExitStatus

  package init(
    _ name: String, _ summary: String, operands: Operands = .none, options: [Declaration] = [],
    notes: String? = nil, run: @escaping @Sendable (Input, Output) throws -> ExitStatus
  ) {
    self.name = name
    self.summary = summary
    self.operands = operands
    self.options = options
    self.notes = notes
    self.run = run
  }

  func named(_ name: String) -> Command {
    Command(name, summary, operands: operands, options: options, notes: notes, run: run)
  }
}

/// What stands on the command line without a name.
package struct Operands: Sendable {
  let placeholder: String
  let help: String
  let count: ClosedRange<Int>

  /// What one of them is called: `PICTURE` for `[PICTURE...]`.
  var word: String { placeholder.filter { !".[]".contains($0) } }

  package static let none = Operands(placeholder: "", help: "", count: 0...0)

  package static func one(_ placeholder: String, _ help: String) -> Operands {
    Operands(placeholder: placeholder, help: help, count: 1...1)
  }

  package static func some(_ placeholder: String, _ help: String) -> Operands {
    Operands(placeholder: placeholder + "...", help: help, count: 1...Int.max)
  }

  package static func upToOne(_ placeholder: String, _ help: String) -> Operands {
    Operands(placeholder: "[\(placeholder)]", help: help, count: 0...1)
  }

  package static func any(_ placeholder: String, _ help: String) -> Operands {
    Operands(placeholder: "[\(placeholder)...]", help: help, count: 0...Int.max)
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
  let name: String
  package let operands: [Word]
  var values: [String: any Sendable]
  /// Those that were given, and are not their options' defaults.
  var changed: [String: any Sendable] = [:]
  /// The options that were written, by name.
  var given: Set<String> = []
  /// For each operand the option whose text it stands behind, as a word of that text without quotes
  /// would.
  var behind: [Unquoted?] = []

  /// Whether an option was written, whatever its value.
  func isGiven(_ option: Declaration) -> Bool { given.contains(option.name) }

  package subscript<Value>(_ option: Option<Value>) -> Value {
    guard let value = values[option.declaration.name] as? Value else {
      preconditionFailure("'\(name)' does not declare \(option.declaration.flag).")
    }
    return value
  }

  /// The operands as texts; a word that is not UTF-8 is refused.
  package func texts() throws -> [String] {
    try operands.map { try String.reading($0, of: name) }
  }

  /// The operands as files.
  package var paths: [Path] { operands.map(Path.init(bytes:)) }
}
