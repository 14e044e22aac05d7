import Glibc

/// A check that the system has memory to give, made before much of it is taken. An array for which
/// there is none ends the program with a trap, and a sentence is better.
///
/// ```swift
/// try MemoryCheck.check(
///   3 * width * height, for: "huge.png", hint: "a smaller copy of it would do")
/// // huge.png: expected memory for 300.0 MB, found less; a smaller copy of it would do.
/// ```
///
/// The memory is requested and released at once, so that a limit (`ulimit -v`, or a machine that
/// promises no more than it has) is met here. If the system promises more than it has, and ends
/// programs when they use it, no program can tell beforehand.
package enum MemoryCheck {
  /// Smaller amounts are not checked: if so little were missing, nothing else would work.
  private static let least = 1 << 20
  /// This much is requested in addition, for whatever else is taken meanwhile.
  private static let spare = 16 << 20

  /// Makes the same check where there is no way to throw, deep among matrices. Without memory the
  /// program ends here, with a sentence instead of a trap. Outputs are complete or not there
  /// whenever a program ends.
  package static func checkOrEnd(_ bytes: Int) {
    do { try check(bytes, for: "fieldmark") } catch { end(without: bytes) }
  }

  /// Ends the program with the message that memory is lacking.
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
