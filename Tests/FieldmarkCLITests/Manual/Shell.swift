import FieldmarkCLI
import Foundation
import Parsing

/// Other programs, for what only they can tell: shells that complete, and readers of man pages.
enum Shell {
  /// Where a program is; nil on machines without it.
  static func find(_ name: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What a program prints of both kinds, run in a folder.
  static func output(
    of program: String, _ arguments: [String], in folder: URL, _ environment: [String: String] = [:]
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path, "TERM": "dumb"]
      .merging(environment) { $1 }
    let printed = Pipe()
    (process.standardOutput, process.standardError) = (printed, printed)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let all = printed.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: all, as: UTF8.self)
  }

  /// A folder of its own with what the manual has in a form, in a file called `manual`, and two pictures.
  static func withManual(_ form: String, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fieldmark-manual-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = Program.fieldmark.transcript(["manual", "--form", form]).results
    try text.write(to: folder.appendingPathComponent("manual"), atomically: true, encoding: .utf8)
    for name in ["wren one.jpg", "wren.png"] {
      try "".write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    try body(folder)
  }
}
