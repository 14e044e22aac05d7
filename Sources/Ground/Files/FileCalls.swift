import Glibc

/// The failure of a system call, with its `errno`.
package struct SystemError: Error, Equatable {
  package let code: Int32

  package init(code: Int32) { self.code = code }
}

/// The file system calls that writing makes, as functions, so that a test can let the n-th of them
/// fail and look at what is left behind.
///
/// ```swift
/// var full = FileCalls.system
/// full.write = { _, _ in throw SystemError(code: ENOSPC) }
/// ```
package struct FileCalls: Sendable {
  /// Creates a file, which must not exist yet, and opens it for writing.
  package var create: @Sendable (Path) throws -> Int32
  /// Writes some of the bytes, at least one, and returns how many.
  package var write: @Sendable (Int32, UnsafeRawBufferPointer) throws -> Int
  /// Waits until what was written is on the disk.
  package var sync: @Sendable (Int32) throws -> Void
  package var close: @Sendable (Int32) throws -> Void
  package var rename: @Sendable (Path, Path) throws -> Void
  package var remove: @Sendable (Path) throws -> Void
  package var openFolder: @Sendable (Path) throws -> Int32

  package static let system = FileCalls(
    create: { path in
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC
      let file = try checked { path.withCString { open($0, flags, 0o666) } }
      // The lock tells every process on every machine that the open file is in use. Not all file
      // systems support it.
      _ = flock(file, LOCK_EX | LOCK_NB)
      return file
    },
    write: { file, bytes in try checked { Glibc.write(file, bytes.baseAddress, bytes.count) } },
    sync: { file in _ = try checked { fsync(file) } },
    // The call is not repeated on EINTR: on Linux the descriptor is closed all the same.
    close: { file in if Glibc.close(file) != 0, errno != EINTR { throw SystemError(code: errno) } },
    rename: { from, to in
      _ = try checked { from.withCString { from in to.withCString { Glibc.rename(from, $0) } } }
    },
    remove: { path in _ = try checked { path.withCString { unlink($0) } } },
    openFolder: { path in
      try checked { path.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) } }
    })
}

/// Repeats a call until no signal interrupts it. A result of -1 becomes an error.
private func checked<Value: SignedInteger>(_ call: () -> Value) throws -> Value {
  while true {
    let value = call()
    if value >= 0 { return value }
    if errno != EINTR { throw SystemError(code: errno) }
  }
}
