import Fieldmark
import Foundation
import Testing

/// What a process wrote to standard error, and how it ended.
private struct Ended {
  let notes: String
  let status: Int32
  let isKilled: Bool
  /// From the interrupt to the end.
  let seconds: Double
}

/// Starts the program, waits until it watches for interrupts and is at work, and interrupts it so many
/// times.
private func interrupted(
  _ words: [String], home: String, times: Int = 1
) throws -> Ended {
  let process = Process()
  process.executableURL = ChildProcess.program
  process.arguments = words
  process.environment = ["HOME": home]
  let notes = Pipe()
  process.standardError = notes
  process.standardOutput = FileHandle.nullDevice
  try process.run()
  for _ in 0..<600 where process.isRunning && !watchesForInterrupts(process) {
    Thread.sleep(forTimeInterval: 0.1)
  }
  Thread.sleep(forTimeInterval: 1)
  let start = ContinuousClock.now
  for turn in 0..<times {
    if turn > 0 { Thread.sleep(forTimeInterval: 0.05) }
    process.interrupt()
  }
  let text = String(decoding: notes.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return Ended(
    notes: text, status: process.terminationStatus,
    isKilled: process.terminationReason == .uncaughtSignal,
    seconds: (ContinuousClock.now - start) / .seconds(1))
}

/// Whether a process has a handler for SIGINT, and does not block it.
private func watchesForInterrupts(_ process: Process) -> Bool {
  let status =
    (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8))
    ?? ""
  func mask(_ name: String) -> UInt64 {
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return UInt64(line.split(separator: "\t").last ?? "", radix: 16) ?? 0
  }
  let interrupt: UInt64 = 1 << (UInt64(SIGINT) - 1)
  return mask("SigCgt:") & interrupt != 0 && mask("SigBlk:") & interrupt == 0
}

private let stopping = "Stopping after the step that is under way; Ctrl-C again stops at once.\n"

@Suite(.enabled(if: ChildProcess.program != nil), .serialized)
struct InterruptTests {
  @Test func aSlowMapStopsWithinAPassAndKeepsNothing() throws {
    try inWorld { home, birds in
      let bird = try #require(
        FileManager.default.subpaths(atPath: birds)?.first { $0.hasSuffix("_0.png") })
      let ended = try interrupted(
        [
          "highlight", "\(birds)/\(bird)", "-c", "red epaulets", "--method", "rise", "--masks",
          "1000000", "-o", "\(home.home)/maps/",
        ], home: home.home)
      #expect(ended.status == 130 && ended.seconds < 20)
      #expect(ended.notes.contains(stopping + "Interrupted after "))
      #expect(
        ended.notes.hasSuffix(" of 1000000 passes through the model; nothing is kept.\n"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(home.home)/maps") == [])
    }
  }

  @Test(arguments: ["evaluate", "audit"])
  func aRunKeepsWhatItHasAndDropsThePictureThatWasInterrupted(_ command: String) throws {
    try inTrainedWorld { home, birds, probe in
      let run = "\(home.home)/a.run"
      func words(_ method: [String], _ count: Int) -> [String] {
        [command, birds, "--classifier", probe, "-n", "\(count)", "-o", run] + method
      }
      let option = command == "audit" ? "--method" : "--methods"
      let slow = [option, "rise", "--masks", "1000000"]
      let ended = try interrupted(words(slow, 3), home: home.home)
      #expect(ended.status == 130 && ended.seconds < 20)
      #expect(
        ended.notes.hasSuffix(
          stopping
            + "Interrupted after 0 of 3 pictures; what is done is kept, and the same command goes on "
            + "from there.\n"))
      // Nothing was recorded as failed.
      let tables = try Tables(Fieldmark.Path(run), .read)
      #expect(try tables.rows("SELECT number FROM pictures").isEmpty)
    }
  }

  @Test func theSecondInterruptEndsTheProgramAtOnce() throws {
    try inWorld { home, birds in
      let bird = try #require(
        FileManager.default.subpaths(atPath: birds)?.first { $0.hasSuffix("_0.png") })
      let ended = try interrupted(
        [
          "highlight", "\(birds)/\(bird)", "-c", "red epaulets", "--method", "rise", "--masks",
          "1000000", "--resolution", "1024", "--threads", "1", "-o", "\(home.home)/maps/",
        ], home: home.home, times: 2)
      #expect(ended.isKilled && ended.status == SIGINT && ended.seconds < 5)
      #expect(ended.notes.hasSuffix(stopping))
    }
  }
}
