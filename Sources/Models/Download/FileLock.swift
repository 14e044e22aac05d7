import Glibc
import Ground

/// Runs the body while no other program holds the lock. huggingface_hub takes the same locks.
///
/// ```swift
/// try locked("hub/.locks/models--org--name/abc.lock", goesOn: { true }) {
///   try write(bytes, to: "hub/models--org--name/blobs/abc")
/// }
/// ```
///
/// It waits for the lock and asks `goesOn` meanwhile. The lock is released at the latest when the
/// program ends. On a file system without locks the body runs at once.
package func locked<Result>(
  _ path: Path, goesOn: () -> Bool, _ body: () throws -> Result
) throws -> Result {
  try path.folder.createFolder()
  let file = path.withCString { open($0, O_RDWR | O_CREAT | O_CLOEXEC, 0o666) }
  guard file >= 0 else {
    throw InputError.system(path, expected: "a place to write to", code: errno, kind: .output)
  }
  defer { close(file) }
  while flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK {
    guard goesOn() else { throw Interrupted() }
    usleep(100_000)
  }
  return try body()
}
