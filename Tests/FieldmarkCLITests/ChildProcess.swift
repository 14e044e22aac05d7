import Foundation

/// The program as a process of its own, for what would end the tests too: limits, signals, traps.
enum ChildProcess {
  /// The program, which is built beside the tests; nil where only they are.
  static let program: URL? = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = tests.deletingLastPathComponent().appendingPathComponent("fieldmark")
    return FileManager.default.isExecutableFile(atPath: program.path) ? program : nil
  }()

  struct Ended {
    let results: String
    let notes: String
    let status: Int32
    let isKilled: Bool
  }

  /// Runs it to its end, with at most so many kilobytes of memory, and with more in its environment.
  static func run(
    _ words: [String], home: String, kilobytes: Int? = nil, environment: [String: String] = [:]
  ) throws -> Ended {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let limit = kilobytes.map { "ulimit -v \($0); " } ?? ""
    process.arguments = ["-c", limit + "exec \"$0\" \"$@\"", program?.path ?? ""] + words
    process.environment = ["HOME": home, "OMP_NUM_THREADS": "1"].merging(environment) { $1 }
    let (results, notes) = (Pipe(), Pipe())
    process.standardOutput = results
    process.standardError = notes
    try process.run()
    let said = notes.fileHandleForReading.readDataToEndOfFile()
    let printed = results.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ended(
      results: String(decoding: printed, as: UTF8.self),
      notes: String(decoding: said, as: UTF8.self), status: process.terminationStatus,
      isKilled: process.terminationReason == .uncaughtSignal)
  }
}
