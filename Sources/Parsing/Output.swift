import Glibc
import Ground
import Synchronization

/// Where a command's words go: results to standard output and nothing else there; notes, warnings
/// and progress to standard error.
package struct Output: Sendable {
  /// One line of results. Throws where standard output takes no more (a full disk).
  package let print: @Sendable (String) throws -> Void
  /// One line for whoever watches.
  package let note: @Sendable (String) -> Void
  /// A line that the next one of its kind replaces, and any other; only on a terminal.
  package let progress: (@Sendable (String) -> Void)?

  package init(
    print: @escaping @Sendable (String) throws -> Void, note: @escaping @Sendable (String) -> Void,
    progress: (@Sendable (String) -> Void)? = nil
  ) {
    self.print = print
    self.note = note
    self.progress = progress
  }
}

extension Output {
  /// The terminal, pipes or files that the program was started with.
  package static var standard: Output {
    let hasTerminal = isatty(STDERR_FILENO) == 1
    let showsResults = isatty(STDOUT_FILENO) == 1
    let isShown = Mutex(false)
    // What stays must not stand behind a line of progress, but in its place.
    @Sendable func clear() {
      let wasShown = isShown.withLock { shown in
        defer { shown = false }
        return shown
      }
      if wasShown { _ = send(clearing, to: STDERR_FILENO) }
    }
    let show: @Sendable (String) -> Void = { line in
      isShown.withLock { $0 = !line.isEmpty }
      _ = send(clearing + line, to: STDERR_FILENO)
    }
    return Output(
      print: { line in
        if showsResults { clear() }
        if send(line + "\n", to: STDOUT_FILENO) { return }
        throw InputError(
          "standard output", expected: "room for the results",
          found: String(cString: strerror(errno)), kind: .output)
      },
      note: { line in
        clear()
        _ = send(line + "\n", to: STDERR_FILENO)
      },
      progress: hasTerminal ? show : nil)
  }
}

/// The beginning of an empty line of a terminal.
private let clearing = "\r\u{1b}[K"

/// Writes all of a text, however many calls that takes.
private func send(_ text: String, to file: Int32) -> Bool {
  var text = text
  return text.withUTF8 { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = write(
        file, UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: rest)).baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
