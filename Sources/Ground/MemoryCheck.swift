import Glibc

/// Whether the system has memory to give, asked before much of it is taken: an array for which there is
/// none ends the program, and a sentence is better.
///
/// ```swift
/// try MemoryCheck.check(
///   3 * width * height, for: "huge.png", hint: "a smaller copy of it would do")
/// // huge.png: expected memory for 300.0 MB, found less; a smaller copy of it would do.
/// ```
///
/// The memory is asked for and given back at once, so that a limit (`ulimit -v`, or a machine that
/// promises no more than it has) is met here. Where the system promises more than it has, and ends
/// programs when that is used, no program can tell.
package enum MemoryCheck {
  /// What is less than this is there, or nothing works.
  private static let least = 1 << 20
  /// For what else is taken meanwhile.
  private static let spare = 16 << 20

  /// The same where there is no way to throw, deep among matrices: without memory the program ends here,
  /// with a sentence in place of a trap. Outputs are whole or not there whenever a program ends.
  package static func checkOrEnd(_ bytes: Int) {
    do { try check(bytes, for: "fieldmark") } catch { end(without: bytes) }
  }

  /// Ends the program for want of memory.
  package static func end(without bytes: Int) -> Never {
    let error = InputError(
      "fieldmark", expected: "memory for \(megabytes(bytes))", found: "less",
      hint: "a smaller picture, a lower resolution or fewer things at a time need less")
    let text = Array("\(error)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, text, text.count)
    _exit(InputError.Kind.input.rawValue)
  }

  package static func check(
    _ bytes: Int, for place: String, hint: String? = nil, settings: [String] = []
  ) throws {
    guard bytes >= least else { return }
    let (count, overflow) = bytes.addingReportingOverflow(spare)
    let start = mmap(
      nil, overflow ? .max : count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let start, start != MAP_FAILED else {
      throw InputError(
        place, expected: "memory for \(megabytes(bytes))", found: "less", hint: hint,
        settings: settings)
    }
    munmap(start, count)
  }
}
