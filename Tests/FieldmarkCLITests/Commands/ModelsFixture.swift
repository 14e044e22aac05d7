import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing

/// The commands about models, with a home of their own in a folder that is gone afterwards.
struct ModelsFixture {
  let home: String

  static func run(_ body: (ModelsFixture) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fieldmark-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(ModelsFixture(home: folder.resolvingSymlinksInPath().path))
  }

  /// A folder or file of Tests/References/models.
  static func reference(_ name: String) -> String { shipped("models/" + name) }

  /// A folder or file of Tests/References.
  static func shipped(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("References/" + name).path
  }

  /// Puts a reference into huggingface_hub's cache, as a repository with one snapshot.
  func install(_ name: String, as repository: String) throws {
    let folder =
      "\(home)/.cache/huggingface/hub/models--"
      + repository.replacing("/", with: "--")
    let commit = String(repeating: "a", count: 40)
    try copy(ModelsFixture.reference(name), to: "\(folder)/snapshots/\(commit)")
    try write("\(folder)/refs/main", commit)
  }

  func copy(_ source: String, to target: String) throws {
    let target = URL(fileURLWithPath: target)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(fileURLWithPath: source), to: target)
  }

  func write(_ path: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  /// What a command line prints, with `HOME` for the folder.
  func transcript(_ words: [String], _ settings: [String: String] = [:]) -> Transcript {
    let environment = Environment(settings.merging(["HOME": home]) { first, _ in first })
    let program = Program(
      name: "fieldmark", summary: "", version: { "" },
      commands: [
        .models(environment), .modelsGet(environment), .modelsShow(environment),
        .embed(environment), .classify(environment), .highlight(environment), .compare(environment),
        .methods, .demo(environment), .aviary(environment), .train(environment),
        .evaluate(environment), .audit(environment), .merge, .report, .check,
        .benchEncoders(environment), .benchTexts(environment),
      ])
    var transcript = program.transcript(words.map { $0.replacing("HOME", with: home) })
    transcript.results = transcript.results.replacing(home, with: "HOME")
    transcript.notes = transcript.notes.replacing(home, with: "HOME")
    return transcript
  }
}
