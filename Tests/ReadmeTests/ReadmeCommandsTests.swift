import Fieldmark
import Foundation
import Loopback
import Testing

/// In order, in a fresh folder, as a new user types them. The hub is one of our own on this machine,
/// with a tiny model under the name that README downloads.
@Test func everyCommandOfTheReadmeRunsAsItIsPrinted() throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark-readme-\(UUID().uuidString)")
  for name in ["home", "work"] {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
  }
  defer { try? FileManager.default.removeItem(at: folder) }
  let examples = try Readme().examples
  try #require(examples.count > 20)
  let hub = try tinyHub()
  try LoopbackServer.serving(hub.answer) { server in
    for example in examples {
      let (printed, status) = try run(example.command, in: folder, hub: server.address)
      #expect(example.isPrinted(in: printed), "\(example.command) printed:\n\(printed)")
      // What shows a mistake shows its sentence.
      let isMistake = example.output.contains { $0.contains(": expected ") }
      #expect((status == 0) != isMistake, "\(example.command) ended with \(status):\n\(printed)")
    }
    // The program asks about the picture that the first command drew.
    let (printed, status) = try run("first-steps", in: folder, hub: server.address)
    #expect(status == 0, "\(printed)")
  }
}

@Test func theProgramOfTheReadmeIsTheExampleThatRuns() throws {
  let example = try String(
    contentsOf: Readme.package.appendingPathComponent("Examples/first-steps/main.swift"),
    encoding: .utf8)
  let program = try #require(try Readme().program)
  #expect(program.joined(separator: "\n") + "\n" == example)
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
