import Fieldmark
import FieldmarkCLI
import Foundation
import Loopback
import Parsing
import Serving
import Synchronization
import Testing

/// The program `fieldmark serve` as a process of its own, with the address that it printed.
private struct Served {
  let process: Process
  let address: String
  let notes: Pipe

  init(_ words: [String]) throws {
    let process = Process()
    process.executableURL = ChildProcess.program
    process.arguments = ["serve"] + words
    process.environment = ["HOME": "/nonexistent"]
    let (results, notes) = (Pipe(), Pipe())
    process.standardOutput = results
    process.standardError = notes
    try process.run()
    var line: [UInt8] = []
    while let byte = try results.fileHandleForReading.read(upToCount: 1)?.first, byte != 10 {
      line.append(byte)
    }
    (self.process, self.notes) = (process, notes)
    address = String(decoding: line, as: UTF8.self)
  }

  var port: Int { URL(string: address)?.port ?? 0 }

  func get(_ target: String, _ lines: String = "") throws -> RawClient.Answer? {
    let client = try RawClient(port: port)
    client.send("GET \(target) HTTP/1.1\r\nHost: localhost:\(port)\r\n\(lines)\r\n")
    return client.answer()
  }

  /// Ends it by a signal and returns its notes.
  func ended(by signal: Int32) -> String {
    kill(process.processIdentifier, signal)
    let text = String(decoding: notes.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}

@Suite(.enabled(if: ChildProcess.program != nil))
struct ServeTests {
  @Test(arguments: [SIGINT, SIGTERM])
  func thePageIsServedUntilItIsInterrupted(_ signal: Int32) throws {
    let served = try Served(["--port", "0"])
    #expect(served.address.wholeMatch(of: /http:\/\/127\.0\.0\.1:\d+\//) != nil)
    #expect(try served.get("/api/health")?.text == #"{"status":"ok","version":"0.2.0"}"#)
    #expect(try served.get("/")?.headers["content-type"] == "text/html; charset=utf-8")
    // A connection that is open does not keep it.
    let idle = try RawClient(port: served.port)
    #expect(
      served.ended(by: signal) == """
        The page answers with the model demo until Ctrl-C.
        Stopping after the step that is under way; Ctrl-C again stops at once.

        """)
    #expect(served.process.terminationReason == .exit && served.process.terminationStatus == 130)
    #expect(idle.isClosed())
    #expect(throws: (any Error).self) { try RawClient(port: served.port) }
  }

  @Test func withATokenTheAddressHasItAndNothingIsServedWithoutIt() throws {
    let served = try Served(["--port", "0", "--token", "birds-of-2026"])
    #expect(served.address == "http://127.0.0.1:\(served.port)/?token=birds-of-2026")
    #expect(try served.get("/api/health")?.status == 401)
    #expect(try served.get("/?token=birds-of-2026")?.status == 200)
    #expect(try served.get("/api/health", "Authorization: Bearer birds-of-2026\r\n")?.status == 200)
    _ = served.ended(by: SIGTERM)
  }

  @Test func otherMachinesNeedATokenThatIsMadeUp() throws {
    let served = try Served(["--port", "0", "--host", "0.0.0.0"])
    let token = try #require(served.address.firstMatch(of: /\?token=([a-z2-9]{26})$/))
    #expect(try served.get("/")?.status == 401)
    #expect(try served.get("/?token=\(token.1)")?.status == 200)
    #expect(
      served.ended(by: SIGINT).hasPrefix(
        "Other machines can reach this page: whoever has its address can ask the model and see the "
          + "pictures, and the connection is not encrypted.\n"))
  }
}

/// Runs the command inside the tests, with an interrupt as soon as the address is printed.
private func transcript(_ words: [String]) -> (
  status: Parsing.ExitStatus, results: [String], notes: [String]
) {
  let isNoted = Mutex(false)
  let lines = Mutex((results: [String](), notes: [String]()))
  let output = Output(
    print: { line in
      lines.withLock { $0.results.append(line) }
      isNoted.withLock { $0 = true }
    }, note: { line in lines.withLock { $0.notes.append(line) } })
  let interrupts = Interrupts(watch: {}, isNoted: { isNoted.withLock { $0 } }, obey: {})
  let program = Program(
    name: "fieldmark", summary: "", version: { "" },
    commands: [.serve(Environment([:]), interrupts: interrupts)])
  let status = program.run((["serve"] + words).map { Word($0.utf8) }, output: output)
  return (status, lines.withLock { $0.results }, lines.withLock { $0.notes })
}

@Test func aPortThatIsTakenIsAnErrorIfItWasAskedFor() throws {
  let other = try Server(handler: { _ in .json(.null) })
  defer { other.stop() }
  let asked = transcript(["--port", "\(other.port)"])
  #expect(asked.status == Parsing.ExitStatus(.input) && asked.results == [])
  #expect(
    asked.notes == [
      "port \(other.port): expected a port that is free, found one that another program uses; "
        + "without a number, a free one is chosen (--port)."
    ])
}

@Test func theUsualPortGivesWayToAFreeOneWithANote() throws {
  // Another test, or somebody on this machine, may serve there already.
  let other = try? Server(port: 7777) { _ in .json(.null) }
  defer { other?.stop() }
  let (status, results, notes) = transcript([])
  #expect(status == .interrupted)
  let match = results.first?.firstMatch(of: /^http:\/\/127\.0\.0\.1:(\d+)\/$/)
  let port = try #require(match).1
  #expect(port != "7777")
  #expect(
    notes == [
      "Port 7777 is not free, so the page is at port \(port).",
      "The page answers with the model demo until Ctrl-C.",
    ])
}

@Test(arguments: [
  (["--port", "70000"], "option --port: expected 0 to 65535, found 70000."),
  (["--port", "-1"], "option --port: expected 0 to 65535, found -1."),
  (
    ["--token", "short"],
    "option --token: expected at least 8 letters of the English alphabet, digits, '-', '_', '.' or "
      + "'~', found 'short'."
  ),
  (
    ["--token", "birds of 2026"],
    "option --token: expected at least 8 letters of the English alphabet, digits, '-', '_', '.' or "
      + "'~', found 'birds of 2026'."
  ),
  (
    ["--host", "somewhere"],
    "address: expected an address of this machine in numbers, such as 127.0.0.1, found 'somewhere'."
  ),
])
func aWrongOptionIsRefusedWithASentence(_ words: [String], _ sentence: String) {
  let (status, results, notes) = transcript(words)
  #expect(status.code == (words[0] == "--host" ? 65 : 64) && results == [] && notes == [sentence])
}
