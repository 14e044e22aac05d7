import Glibc

extension Path {
  /// Reads a small regular file, such as settings, an index or a list, into memory.
  ///
  /// ```swift
  /// let config = try Path("config.json").read(limit: 1 << 20)
  /// ```
  ///
  /// The limit holds for the bytes that are really read, whatever size the file claims to have.
  public func read(limit: Int) throws -> [UInt8] {
    let (descriptor, status) = try openForReading(self)
    defer { close(descriptor) }
    let size = min(limit, max(0, Int(status.st_size)))
    // While an array grows, the old and the new storage take memory at the same time.
    try MemoryCheck.check(2 * size, for: description)
    var content: [UInt8] = []
    content.reserveCapacity(size)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        throw InputError.system(self, expected: "a file to read", code: errno, kind: .input)
      }
      if count == 0 { return content }
      guard content.count + count <= limit else {
        throw InputError(
          description, expected: "at most \(limit) bytes", found: "a file with more")
      }
      content += chunk[..<count]
    }
  }
}
