import Encoders

/// A family of commands under one name, and the reading of a command line.
package struct Program: Sendable {
  package let name: String
  let summary: String
  let version: @Sendable () -> String
  let commands: [Command]

  static let helpOption = Option<Bool>("help", short: "h", "Shows this help.").declaration

  /// Runs the command that the words name. Whatever goes wrong ends in one sentence on standard
  /// error and a status that says whose fault it was.
  package func run(_ words: [Word], output: Output = .standard) -> ExitStatus {
    do {
      return try start(words, output)
    } catch let error as InputError {
      output.note(error.description)
      return ExitStatus(error.kind)
    } catch {
      output.note("\(name): our own fault: \(error). Please report it.")
      return .ownFault
    }
  }

  private func start(_ words: [Word], _ output: Output) throws -> ExitStatus {
    let texts = words.map { String(decoding: $0, as: UTF8.self) }
    switch texts.first {
    case nil, "--help", "-h", "help":
      let named = command(startingWith: Array(texts.dropFirst()))
      try output.print(named.map { help(for: $0.command) } ?? help)
      return .done
    case "--version":
      try output.print(version())
      return .done
    default: break
    }
    guard let (command, length) = command(startingWith: texts) else {
      throw unknownCommand(texts)
    }
    let rest = Array(words.dropFirst(length))
    if asksForHelp(rest) {
      try output.print(help(for: command))
      return .done
    }
    return try command.run(try parse(rest, for: command), output)
  }

  /// The command with the longest name that the words begin with: `models show` before `models`.
  private func command(startingWith texts: [String]) -> (command: Command, length: Int)? {
    let found = commands.filter { command in
      let name = command.name.split(separator: " ").map(String.init)
      return texts.starts(with: name)
    }
    return found.max { $0.name.count < $1.name.count }
      .map { ($0, $0.name.split(separator: " ").count) }
  }

  private func unknownCommand(_ texts: [String]) -> InputError {
    let names = Set(commands.map { String($0.name.prefix { $0 != " " }) }).sorted()
    let hint = nearest(to: texts[0], among: names + ["--help", "--version"])
      .map { "did you mean '\($0)'?" }
    return InputError(
      name, expected: "a command", found: quoted(Word(texts[0].utf8)),
      hint: hint ?? "'\(name) --help' lists them", kind: .words)
  }

  /// Whether `--help` stands among the options, which is to work even where others are wrong.
  private func asksForHelp(_ words: [Word]) -> Bool {
    words.prefix { $0 != Word("--".utf8) }
      .contains { $0 == Word("--help".utf8) || $0 == Word("-h".utf8) }
  }
}
