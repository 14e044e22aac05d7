import Glibc
import Ground
import Synchronization

/// Where a command prints: only results go to standard output; notes, warnings and progress go to
/// standard error.
package struct Output: Sendable {
  /// Prints one line of results. Throws if standard output cannot be written, as on a full disk.
  package let print: @Sendable (String) throws -> Void
  /// Prints one line of notes for the user.
  package let note: @Sendable (String) -> Void
  /// Shows a line that is replaced by the next line of any kind. Nil unless standard error is a
  /// terminal.
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
    // A line that stays takes the place of the progress line instead of following it.
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

/// The control sequence that returns to the start of the terminal's line and clears it.
private let clearing = "\r\u{1b}[K"

/// Writes the whole text, in as many calls as needed.
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
