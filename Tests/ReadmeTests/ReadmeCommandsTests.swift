import Fieldmark
import Foundation
import Loopback
import Testing

/// In order, in a fresh folder, as a new user types them. The hub is one of our own on this machine,
/// with a tiny model under the name that README downloads. The guide goes on where README ends.
@Test func everyCommandOfThePagesRunsAsItIsPrinted() throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-readme-\(UUID().uuidString)")
  for name in ["home", "work"] {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
  }
  defer { try? FileManager.default.removeItem(at: folder) }
  let examples = try Readme.pages.flatMap { try Readme(page: $0).examples }
  try #require(examples.count > 30)
  let hub = try tinyHub()
  try LoopbackServer.serving(hub.answer) { server in
    for example in examples {
      let (printed, status) = try run(example.command, in: folder, hub: server.address)
      #expect(example.isPrinted(in: printed), "\(example.command) printed:\n\(printed)")
      // What shows a mistake shows its sentence.
      let isMistake = example.output.contains { $0.contains(": expected ") }
      #expect((status == 0) != isMistake, "\(example.command) ended with \(status):\n\(printed)")
    }
    // The examples ask about what the commands drew and trained.
    for example in try Readme.programs() {
      let (printed, status) = try run(example, in: folder, hub: server.address)
      #expect(status == 0 && !printed.isEmpty, "\(example):\n\(printed)")
    }
  }
}

/// README begins it and the guide ends it; an article has all of it.
@Test(arguments: [Readme.pages, [Readme.articles[0]]])
func theProgramOfThePagesIsTheExampleThatRuns(_ pages: [String]) throws {
  let parts = try pages.map { try Readme(page: $0).program }
  let example = try Readme.text("Examples/first-steps/main.swift")
  #expect(parts.joined(separator: "\n\n") + "\n" == example)
}

@Test(arguments: Readme.articles)
func everyCommandOfAnArticleIsOneThatRuns(_ article: String) throws {
  let commands = try Readme.pages.flatMap { try Readme(page: $0).examples }.map(\.command)
  for example in try Readme(page: article).examples {
    #expect(commands.contains(example.command), "\(example.command)")
  }
}

@Test func theReadmeIsShort() throws {
  #expect(
    try Readme.text("README.md").split(separator: "\n", omittingEmptySubsequences: false).count
      <= 121)
}

/// README and the guide count what the program lists.
@Test func whatThePagesCountIsWhatTheProgramLists() throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-counts-\(UUID().uuidString)")
  try FileManager.default.createDirectory(
    at: folder.appendingPathComponent("work"), withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  /// How many names each list of a command has, list by list.
  func counts(_ command: String) throws -> [Int] {
    try run(command, in: folder, hub: "").printed.components(separatedBy: "\n\n").map { list in
      list.split(separator: "\n").filter { $0.hasPrefix("  ") }.count
    }.filter { $0 > 0 }
  }
  let readme = try Readme.text("README.md")
  let guide = try Readme.text("Docs/Guide.md")
  let (methods, measures) = (try counts("fieldmark methods"), try counts("fieldmark measures"))
  try #require(methods.count == 3 && measures.count == 2)
  #expect(readme.contains("\(methods[0]) methods"))
  for page in [readme, guide] {
    #expect(page.contains("\(measures[0]) measures"))
    #expect(page.contains("nine tables") == (measures[1] == 9))
  }
}

@Test(arguments: [
  "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Docs/Architecture.md", "Docs/Glossary.md",
  "Docs/Guide.md", "Docs/Results.md", "Docs/Runs.md", "Benchmarks/README.md", "Demo/README.md",
  "References/README.md",
])
func everyLinkOfAPageLeadsToAFile(_ page: String) throws {
  let folder = Readme.package.appendingPathComponent(page).deletingLastPathComponent()
  for link in try Readme.links(page) {
    let file = folder.appendingPathComponent(link).standardizedFileURL
    #expect(FileManager.default.fileExists(atPath: file.path), "\(page) links to \(link)")
  }
}

/// Types and files that are renamed are renamed on the pages, too.
@Test(arguments: ["Docs/Architecture.md", "Docs/Glossary.md"])
func everyTypeAndFileThatAPageNamesIsThere(_ page: String) throws {
  let files = ["Package.swift"] + Readme.swiftFiles("Sources") + Readme.swiftFiles("Tests")
  // Beside types, folders of the package and targets have names.
  var declared: Set<String> = []
  for folder in [Readme.package, Readme.package.appendingPathComponent("Sources")] {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      declared.insert(String(name.prefix { $0 != "." }))
    }
  }
  for file in files where file.hasPrefix("Sources/") {
    let words = try Readme.text(file).split { !($0.isLetter || $0.isNumber) }
    let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "typealias"]
    for (kind, name) in zip(words, words.dropFirst()) where kinds.contains(kind) {
      declared.insert(String(name))
    }
  }
  for word in try Readme.code(page) {
    if word.hasSuffix(".swift") {
      #expect(files.contains { $0.hasSuffix("/" + word) || $0 == word }, "no file \(word)")
    } else if word.first?.isUppercase == true, word.allSatisfy({ $0.isLetter || $0 == "." }) {
      let type = word.split(separator: ".").last { $0.first?.isUppercase == true } ?? ""
      #expect(declared.contains(String(type)), "no type \(word)")
    }
  }
}

/// What a test expects names the script that made it, and that script is there.
@Test func everyScriptThatATestNamesIsThere() throws {
  var named: Set<String> = []
  for file in Readme.swiftFiles("Tests") {
    for rest in try Readme.text(file).components(separatedBy: "References/make_").dropFirst() {
      named.insert("References/make_" + rest.prefix { $0.isLetter || $0 == "_" } + ".py")
    }
  }
  named.remove("References/make_.py")  // of this test
  #expect(named.count > 10)
  for script in named {
    let path = Readme.package.appendingPathComponent(script).path
    #expect(FileManager.default.fileExists(atPath: path), "\(script) is not there")
  }
}

@Test func whatIsExpectedBelowACommandIsHeldAgainstWhatItPrints() {
  func example(_ lines: String...) -> Readme.Example { .init(command: "", output: lines) }
  #expect(example("a b", "c").isPrinted(in: "a  b c\n"))
  #expect(example("a", "...", "c...").isPrinted(in: "a\nb\ncde f\n"))
  #expect(example().isPrinted(in: "anything"))
  #expect(!example("a", "c").isPrinted(in: "a\nb\nc\n"))
  #expect(!example("a", "...", "c").isPrinted(in: "c\na\n"))
}

/// A hub with a tiny CLIP under the name of the one that `fieldmark demo` proposes.
private func tinyHub() throws -> FakeHub {
  let model = Readme.package.appendingPathComponent("Tests/References/encoders/vit")
  func content(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: model.appendingPathComponent(name)))
  }
  var hub = FakeHub()
  hub.repository = "laion/CLIP-ViT-B-16-laion2B-s34B-b88K"
  hub.large = ["open_clip_model.safetensors": try content("open_clip_model.safetensors")]
  hub.small = ["open_clip_config.json": try content("open_clip_config.json")]
  return hub
}

/// Everything that a command line prints, and its exit status.
private func run(
  _ command: String, in folder: URL, hub: String
) throws -> (printed: String, status: Int32) {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", "exec 2>&1; " + command]
  process.currentDirectoryURL = folder.appendingPathComponent("work")
  // The program lies beside the tests.
  let programs = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().path
  process.environment = [
    "PATH": programs + ":/usr/local/bin:/usr/bin:/bin",
    "HOME": folder.appendingPathComponent("home").path, "HF_ENDPOINT": hub, "LC_ALL": "C.UTF-8",
  ]
  let output = Pipe()
  process.standardOutput = output
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let printed = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (String(decoding: printed, as: UTF8.self), process.terminationStatus)
}
