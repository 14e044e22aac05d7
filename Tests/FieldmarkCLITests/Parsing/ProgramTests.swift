import Fieldmark
import FieldmarkCLI
import Parsing
import Synchronization
import Testing

private enum Fit: String, CaseIterable, Named, OptionValue {
  static let kind = "a fit"
  case crop, squash, pad
}

private struct Options: OptionGroup {
  let strength = Option<Float>(
    "strength", short: "g", default: 0.6, "How strongly references are subtracted.")
  let fit = Option<Fit>("fit", default: .crop, "How the picture meets the model.")
  let against = Option<[String]>("against", short: "a", "What it is compared with.")
  let threads = Option<Int?>(
    "threads", formerly: "workers", setting: "cores", "How many threads work.")
  let json = Option<Bool>("json", "Prints one object per line.")
}

private let program = Program(
  name: "bird", summary: "Looks at birds.", version: { "bird 1.0" },
  commands: [
    Command(
      "show", "Shows birds.", operands: .some("BIRD", "A bird."),
      options: Options.self,
      run: { input, output in
        let words = try input.texts() + input[Options.against]
        try output.print(
          "\(words) \(input[Options.strength]) \(input[Options.fit]) \(input[Options.json])")
        try output.print("\(input[Options.threads].map { "\($0)" } ?? "as many as there are")")
        return .done
      }),
    Command(
      "show one", "Shows one bird.", operands: .one("BIRD", "A bird."), run: { _, _ in .done }),
    Command("nest build", "Builds a nest.", run: { _, _ in .done }),
    Command("nest leave", "Leaves a nest.", run: { _, _ in .done }),
    Command("list", "Lists birds.", run: { _, _ in throw Flight() }),
    Command(
      "read", "Reads a bird.",
      run: { _, _ in
        throw InputError("owl.jpg", expected: "a picture", found: "an empty file")
      }),
    Command(
      "feed", "Feeds birds.", options: Options.self,
      run: { _, _ in
        throw InputError(
          "crumbs", expected: "at most 3", found: "4", hint: "fewer cores need less",
          settings: ["cores", "wings"])
      }),
  ])

private struct Flight: Error {}

// MARK: What is understood

@Test(arguments: [
  (["show", "wren"], #"["wren"] 0.6 crop false"# + "\nas many as there are\n"),
  (["show", "wren", "-g", "2", "--json"], #"["wren"] 2.0 crop true"# + "\nas many as there are\n"),
  (
    ["show", "-g=-1", "wren", "--fit=pad"], #"["wren"] -1.0 pad false"# + "\nas many as there are\n"
  ),
  (
    ["show", "--strength", "-1", "a", "b"],
    #"["a", "b"] -1.0 crop false"# + "\nas many as there are\n"
  ),
  (
    ["show", "-a", "x", "--against", "y", "a"],
    #"["a", "x", "y"] 0.6 crop false"# + "\nas many as there are\n"
  ),
  (
    ["show", "--against=--json", "a"],
    #"["a", "--json"] 0.6 crop false"# + "\nas many as there are\n"
  ),
  (["show", "--threads", "3", "--", "--json", "-"], #"["--json", "-"] 0.6 crop false"# + "\n3\n"),
  (["show", "-", ""], #"["-", ""] 0.6 crop false"# + "\nas many as there are\n"),
  (["--version"], "bird 1.0\n"),
])
func wordsMeanWhatTheyDeclare(words: [String], results: String) {
  #expect(program.transcript(words) == Transcript(results: results))
}

@Test func theLongestCommandNameWins() {
  #expect(program.transcript(["show", "one", "wren"]) == Transcript())
}

// MARK: Help

private let helpForAll = """
  Looks at birds.

  usage: bird COMMAND [WORDS] [OPTIONS]

    show        Shows birds.
    show one    Shows one bird.
    nest build  Builds a nest.
    nest leave  Leaves a nest.
    list        Lists birds.
    read        Reads a bird.
    feed        Feeds birds.

  'bird COMMAND --help' explains a command; 'bird --version' names the version and
  the libraries that it runs on.

  """

private let helpForNests = """
  The commands of 'bird nest'.

  usage: bird nest COMMAND [WORDS] [OPTIONS]

    build  Builds a nest.
    leave  Leaves a nest.

  'bird nest COMMAND --help' explains a command; 'bird --version' names the version and
  the libraries that it runs on.

  """

private let helpForShow = """
  Shows birds.

  usage: bird show BIRD... [OPTIONS]

    BIRD...                    A bird.
    -g, --strength X           How strongly references are subtracted. Default: 0.6.
        --fit crop|squash|pad  How the picture meets the model. Default: crop.
    -a, --against TEXT         What it is compared with. May be repeated.
        --threads N            How many threads work.
        --json                 Prints one object per line.
    -h, --help                 Shows this help.

  """

@Test(arguments: [
  ([], helpForAll), (["--help"], helpForAll), (["help"], helpForAll), (["-h"], helpForAll),
  (["help", "show"], helpForShow), (["show", "--help"], helpForShow),
  (["show", "-h", "--nonsense"], helpForShow),
  (["nest"], helpForNests), (["nest", "--help"], helpForNests), (["help", "nest"], helpForNests),
])
func helpIsMadeFromTheDeclarations(words: [String], help: String) {
  #expect(program.transcript(words) == Transcript(results: help))
}

// MARK: What is refused

@Test(arguments: [
  (["shwo"], "bird: expected a command, found 'shwo'; did you mean 'show'?"),
  (["--versoin"], "bird: expected a command, found '--versoin'; did you mean '--version'?"),
  (["draw"], "bird: expected a command, found 'draw'; 'bird --help' lists them."),
  (["help", "draw"], "bird: expected a command, found 'draw'; 'bird --help' lists them."),
  (["nest", "biuld"], "bird nest: expected a command, found 'biuld'; did you mean 'build'?"),
  (["show"], "bird show: expected at least one BIRD, found none; see 'bird show --help'."),
  (
    ["show", "one", "a", "b"],
    "bird show one: expected one BIRD, found 2; see 'bird show one --help'."
  ),
  (["list", "x"], "bird list: expected options only, found 'x'; see 'bird list --help'."),
  (
    ["show", "a", "--strenght", "1"],
    "bird show: expected one of its options, found '--strenght'; did you mean '--strength'?"
  ),
  (
    ["show", "a", "-z"],
    "bird show: expected one of its options, found '-z'; 'bird show --help' lists them."
  ),
  (
    ["show", "a", "--colour"],
    "bird show: expected one of its options, found '--colour'; 'bird show --help' lists them."
  ),
  // A name of an earlier version is not read, and leads to the new one.
  (
    ["show", "a", "--workers", "3"],
    "bird show: expected one of its options, found '--workers'; did you mean '--threads'?"
  ),
  (
    ["show", "a", "--workres=3"],
    "bird show: expected one of its options, found '--workres'; did you mean '--threads'?"
  ),
  (["show", "a", "-g"], "option --strength: expected a value, found the end of the line."),
  (["show", "a", "-g", "much"], "option --strength: expected a number, found 'much'."),
  (["show", "a", "-g", "nan"], "option --strength: expected a number, found 'nan'."),
  (["show", "a", "--threads=1.5"], "option --threads: expected a whole number, found '1.5'."),
  (
    ["show", "a", "--threads", "99999999999999999999"],
    "option --threads: expected a whole number, found '99999999999999999999'."
  ),
  (
    ["show", "a", "--fit", "stretch"],
    "option --fit: expected one of crop, squash, pad, found 'stretch'."
  ),
  (
    ["show", "a", "--fit", "Sqaush"],
    "option --fit: expected one of crop, squash, pad, found 'Sqaush'; did you mean 'squash'?"
  ),
  (["show", "a", "--json=yes"], "option --json: expected no value, found 'yes'."),
  (["show", "a", "-g", "1", "-g", "2"], "option --strength: expected a single value, found two."),
  (
    ["show", "a", "--against", "--json"],
    "option --against: expected a value, found the option --json; write --against=--json if that is the value."
  ),
  (
    ["show", "a", "-a", "b\u{202e}\n", "-b\u{202e}"],
    "bird show: expected one of its options, found '-b\\u{202e}'; 'bird show --help' lists them."
  ),
])
func wrongWordsAreOneSentence(words: [String], sentence: String) {
  let expected = Transcript(notes: sentence + "\n", status: ExitStatus(code: 64))
  #expect(program.transcript(words) == expected)
}

/// Code that several commands share may ask for an option that one of them does not have. Users get its
/// default, and tests are told.
@Test func anOptionThatACommandDoesNotHaveIsItsDefault() {
  let told = Told()
  var program = Program(
    name: "bird", summary: "Looks at birds.", version: { "bird 1.0" },
    commands: [
      Command("count", "Counts birds.") { input, output in
        try output.print(
          "\(input[Options.strength]) \(input[Options.against]) \(input[Options.json])")
        return .done
      }
    ])
  program.undeclared = { told.add("\($0) \($1.flag)") }
  let transcript = program.transcript(["count"], isStrict: false)
  #expect(transcript == Transcript(results: "0.6 [] false\n"))
  #expect(told.lines == ["count --strength", "count --against", "count --json"])
}

private final class Told: Sendable {
  private let all = Mutex<[String]>([])
  var lines: [String] { all.withLock { $0 } }
  func add(_ line: String) { all.withLock { $0.append(line) } }
}

@Test func wordsThatAreNotUTF8AreRefusedWhereTextIsMeant() {
  let words: [Word] = [Word("show".utf8), [0x61, 0xff]]
  #expect(
    program.transcript(words: words)
      == Transcript(
        notes: "bird show: expected UTF-8 text, found 'a\\xff'.\n", status: ExitStatus(code: 64)))
}

/// The library knows no options; the command line adds those that the command has.
@Test func anErrorOfTheLibraryGetsTheNamesOfTheOptionsThatHelp() {
  #expect(
    program.transcript(["feed"])
      == Transcript(
        notes: "crumbs: expected at most 3, found 4; fewer cores need less (--threads).\n",
        status: ExitStatus(code: 65)))
}

@Test func aStatusSaysWhoseFaultItWas() {
  #expect(
    program.transcript(["read"])
      == Transcript(
        notes: "owl.jpg: expected a picture, found an empty file.\n", status: ExitStatus(code: 65)))
  #expect(
    program.transcript(["list"])
      == Transcript(
        notes: "bird: an internal error: Flight(). Please report it.\n", status: .ownFault))
}

@Test func resultsThatCannotBeWrittenEndWith73() {
  let full = Output(
    print: { _ in
      throw InputError("standard output", expected: "room", found: "none", kind: .output)
    }, note: { _ in })
  #expect(program.run([Word("--version".utf8)], output: full) == ExitStatus(code: 73))
}
