import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

/// Splits a command line as a POSIX shell does, by a shell.
private func words(_ command: String) throws -> [String] {
  let shell = Process()
  shell.executableURL = URL(fileURLWithPath: "/bin/sh")
  shell.arguments = ["-c", "printf '%s\\0' \(command)"]
  let pipe = Pipe()
  shell.standardOutput = pipe
  try shell.run()
  let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
  shell.waitUntilExit()
  return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
}

@Test(arguments: [
  "\"concepts\": [\"red epaulets\"], \"against\": [\"bird\"]",
  "\"concepts\": [\"bird's bill\"], \"against\": [\"bird\", \"-v\"], \"strength\": 1.25",
  "\"concepts\": [\"$HOME `ls` \\\"x\\\"\"], \"method\": \"layer-cam\", \"layer\": 2, \"fit\": \"squash\"",
  "\"concepts\": [\"wing\"], \"method\": \"rise\", \"settings\": {\"masks\": 30}, \"seed\": -3",
  "\"concepts\": [\"wing\"], \"against\": [\"bird\"], \"weighting\": \"max\", \"resolution\": \"112x224\"",
])
func aSavedFileIsThatOfItsCommand(_ members: String) throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldmark it's \(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let picture = Fieldmark.Path(folder.appendingPathComponent("a bird.png").path)
  let pixels = (0..<3 * 40 * 30).map { UInt8(($0 * 7919) % 251) }
  try Picture(width: 40, height: 30, pixels: pixels).write(to: picture)

  let clip = try CLIP("demo", isRemembering: false, in: Environment([:]))
  let router = Router(Answers(Session(clip, files: [picture])).routes)
  let body = Array("{\"picture\": \"f1\", \(members)}".utf8)
  let answer = router.answer(Request("POST", "/api/files/npy", body: body))
  try #require(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
  let command = try #require(answer.headers["X-Fieldmark-Command"]?.removingPercentEncoding)
  let out = folder.appendingPathComponent("out").path + "/"
  let typed = try words(command)
  #expect(typed.first == "fieldmark")
  let run = Program.fieldmark.transcript(Array(typed.dropFirst()) + ["--no-cache", "-o", out])
  #expect(run.status == .done, "\(run.notes)")
  let file = Fieldmark.Path(run.results.split(separator: "\n").map(String.init).first ?? "")
  #expect(try file.read(limit: 1 << 20) == answer.body, "\(command)")
  let name = answer.headers["Content-Disposition"] ?? ""
  #expect(name.hasPrefix("attachment; filename=\"a bird-"))
}
