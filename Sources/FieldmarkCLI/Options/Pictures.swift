import Encoders
import Glibc
import Synchronization

/// The pictures that a command was given, each looked at on its own core.
///
///     try Pictures(input, output).each(output) { encoder($1) } then: { path, embedding in ... }
struct Pictures: Sendable {
  let paths: [Path]

  /// Files, folders, and `-` for a list on standard input.
  init(_ input: Input, _ output: Output) throws {
    var named: [Path] = []
    for path in try input.pictures() {
      if path == "-" { named += try Pictures.listed() } else { named.append(path) }
    }
    let files = try PictureFiles(named)
    if let note = files.note { output.note(note) }
    paths = files.paths
  }

  /// A path on each line.
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

  /// Does something with every picture and takes the results in their order. One that fails is
  /// noted, and the others go on, unless the command line or the place to write to is at fault; an
  /// interrupt ends the work after those that are under way.
  func each<Value: Sendable>(
    _ output: Output, _ body: @escaping @Sendable (Path, Picture) throws -> Value,
    then take: @escaping @Sendable (Path, Value) throws -> Void
  ) throws -> ExitStatus {
    let watcher = Watcher.person(note: output.note, progress: output.progress)
    let failures = Mutex(0)
    let done = Mutex(0)
    let start = ContinuousClock.now
    let paths = paths
    try concurrently(paths.count) { index in
      try body(paths[index], Picture(paths[index]))
    } delivering: { index, result in
      do {
        try take(paths[index], result.get())
      } catch let error as InputError where error.kind == .input {
        failures.withLock { $0 += 1 }
        output.note(error.description)
      }
      done.withLock { $0 = index + 1 }
      report(index + 1, since: start, watcher)
      return watcher.goesOn()
    }
    if paths.count > 1, let progress = watcher.progress { progress("") }
    let (count, failed) = (done.withLock { $0 }, failures.withLock { $0 })
    if count < paths.count {
      output.note("Interrupted after \(count) of \(paths.count) pictures; what is done is kept.")
      return .interrupted
    }
    if failed == 0 { return .done }
    if paths.count > 1 { output.note("\(failed) of \(paths.count) pictures failed.") }
    return paths.count == 1 ? ExitStatus(.input) : .someFailed
  }

  private func report(
    _ count: Int, since start: ContinuousClock.Instant, _ watcher: Watcher
  ) {
    guard paths.count > 1 else { return }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let rate = Double(count) / max(seconds, 1e-9)
    let left = Int(Double(paths.count - count) / rate)
    let line = "\(count) of \(paths.count), \(rounded(rate)) a second, \(left) s left"
    if let progress = watcher.progress {
      progress(line)
    } else if count.isMultiple(of: 1000), count < paths.count {
      watcher.note(line)
    }
  }

  private func rounded(_ rate: Double) -> Double { (rate * 10).rounded() / 10 }
}

/// What is piped into the program, up to its end.
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
