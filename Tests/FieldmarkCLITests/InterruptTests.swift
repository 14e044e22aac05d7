import Aviary
import Dispatch
import Encoders
import Foundation
import Testing

/// The program, which is built beside the tests; nil where only they are.
private let program: URL? = {
  let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
  let program = tests.deletingLastPathComponent().appendingPathComponent("fieldmark")
  return FileManager.default.isExecutableFile(atPath: program.path) ? program : nil
}()

/// What a process wrote to standard error, and how it ended.
private struct Ended {
  let notes: String
  let status: Int32
  let isKilled: Bool
  /// From the interrupt to the end.
  let seconds: Double
}

/// Starts the program and interrupts it after so many seconds, so many times. What does not end by itself
/// is ended after a minute, so that a failure is no endless test.
private func interrupted(
  _ words: [String], home: String, after seconds: Double, times: Int = 1
) throws -> Ended {
  let process = Process()
  process.executableURL = program
  process.arguments = words
  process.environment = ["HOME": home]
  let notes = Pipe()
  process.standardError = notes
  process.standardOutput = FileHandle.nullDevice
  try process.run()
  Thread.sleep(forTimeInterval: seconds)
  let start = ContinuousClock.now
  for turn in 0..<times {
    if turn > 0 { Thread.sleep(forTimeInterval: 0.05) }
    process.interrupt()
  }
  let end = process.processIdentifier
  let timer = DispatchSource.makeTimerSource()
  timer.schedule(deadline: .now() + 60)
  timer.setEventHandler { kill(end, SIGKILL) }
  timer.resume()
  defer { timer.cancel() }
  let text = String(decoding: notes.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return Ended(
    notes: text, status: process.terminationStatus,
    isKilled: process.terminationReason == .uncaughtSignal,
    seconds: (ContinuousClock.now - start) / .seconds(1))
}

private let stopping = "Stopping after the step that is under way; Ctrl-C again stops at once.\n"

@Suite(.enabled(if: program != nil), .serialized)
struct InterruptTests {
  @Test func aSlowMapStopsWithinAPassAndKeepsNothing() throws {
    try inWorld { home, birds in
      let bird = try #require(
        FileManager.default.subpaths(atPath: birds)?.first { $0.hasSuffix("_0.png") })
      let ended = try interrupted(
        [
          "highlight", "\(birds)/\(bird)", "-c", "red epaulets", "--method", "rise", "--masks",
          "1000000", "-o", "\(home.home)/maps/",
        ], home: home.home, after: 4)
      #expect(ended.status == 130 && ended.seconds < 10)
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
      let ended = try interrupted(words(slow, 3), home: home.home, after: 4)
      #expect(ended.status == 130 && ended.seconds < 10)
      #expect(
        ended.notes.hasSuffix(
          stopping
            + "Interrupted after 0 of 3 pictures; what is done is kept, and the same command goes on "
            + "from there.\n"))
      // Nothing was recorded as failed.
      let tables = try Tables(Encoders.Path(run), .read)
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
        ], home: home.home, after: 4, times: 2)
      #expect(ended.isKilled && ended.status == SIGINT && ended.seconds < 2)
      #expect(ended.notes.hasSuffix(stopping))
    }
  }
}
