import Glibc
import Ground
import Parsing
import Pictures
import Synchronization

/// The pictures that a command was given. They are processed concurrently, each on one core.
///
///     try PictureInputs(input, output).each(output) { encoder($1) } then: { path, embedding in ... }
struct PictureInputs: Sendable {
  let paths: [Path]

  /// Collects files, folders, and `-` for a list on standard input.
  init(_ input: Input, _ output: Output) throws {
    var named: [Path] = []
    for path in try input.pictures() {
      if path == "-" { named += try PictureInputs.listed() } else { named.append(path) }
    }
    let files = try PictureFiles(named)
    if let note = files.note { output.note(note) }
    paths = files.paths
  }

  /// Whether any picture was not drawn by Fieldmark.
  var havePhotographs: Bool { paths.contains { !$0.isDrawnBird } }

  /// Reads a path from each line of standard input.
  private static func listed() throws -> [Path] {
    let paths = allOfStandardInput().split(separator: UInt8(ascii: "\n")).map {
      Path(bytes: Array($0))
    }
    guard !paths.isEmpty else {
      throw InputError(
        "standard input", expected: "the path of a picture on each line", found: "nothing")
    }
    return paths
  }

  /// Calls `body` with every picture and `take` with the results in order. If a picture fails, this
  /// is noted and the others continue, unless the command line or the output is at fault. An
  /// interrupt ends the work after the passes through the model that are under way, and drops a
  /// picture that is unfinished.
  func each<Value: Sendable>(
    _ output: Output, _ body: @escaping @Sendable (Path, Picture, Passes) throws -> Value,
    then take: @escaping @Sendable (Path, Value) throws -> Void
  ) throws -> ExitStatus {
    let work = LongWork(output)
    let failures = Mutex(0)
    let taken = Mutex(0)
    let paths = paths
    work.begin(
      of: paths.count, paths.count == 1 ? "Ctrl-C ends it" : "Ctrl-C keeps what is done")
    defer { work.end() }
    try concurrently(paths.count) { index in
      try work.passes.check()
      return try body(paths[index], Picture(paths[index]), work.passes)
    } delivering: { index, result in
      do {
        try take(paths[index], result.get())
      } catch is Interrupted {
        // Pictures after this one that are already done are still taken.
        return true
      } catch let error as InputError where error.kind == .input {
        failures.withLock { $0 += 1 }
        output.note(error.description)
      }
      taken.withLock { $0 += 1 }
      work.step()
      return true
    }
    let (count, failed) = (taken.withLock { $0 }, failures.withLock { $0 })
    if count < paths.count {
      output.note("Interrupted after \(work.reached); \(kept(count)).")
      return .interrupted
    }
    if failed == 0 { return .done }
    if paths.count > 1 { output.note("\(failed) of \(paths.count) pictures failed.") }
    return paths.count == 1 ? ExitStatus(.input) : .someFailed
  }

  /// Like the other `each`, for work that does not loop over passes through the model.
  func each<Value: Sendable>(
    _ output: Output, _ body: @escaping @Sendable (Path, Picture) throws -> Value,
    then take: @escaping @Sendable (Path, Value) throws -> Void
  ) throws -> ExitStatus {
    try each(output, { path, picture, _ in try body(path, picture) }, then: take)
  }

  /// Prints the notes on what reading a picture changed or left out.
  static func note(_ notes: [String], of path: Path, _ output: Output) {
    for note in notes { output.note("\(path): \(note).") }
  }

  private func kept(_ count: Int) -> String {
    count == 0 ? "nothing is kept" : "what is done is kept"
  }
}

/// Everything that is piped into the program.
private func allOfStandardInput() -> [UInt8] {
  var all: [UInt8] = []
  var part = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = read(STDIN_FILENO, &part, part.count)
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { return all }
    all += part[..<count]
  }
}
