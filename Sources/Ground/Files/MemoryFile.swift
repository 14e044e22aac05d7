/// A file that stores values by key. Its records have one size and follow one another, each with
/// its own digest, so that what a full disk or a failing machine left behind is never taken for a
/// value.
///
/// ```swift
/// let file = MemoryFile(folder / "a.embeddings", valueSize: 4 * 512, mostRecords: 4096)
/// file.add([(key, value)])
/// file.read([key])
/// ```
package struct MemoryFile: Sendable {
  private let path: Path
  private let valueSize: Int
  /// The oldest records are dropped if there would be more than this.
  private let mostRecords: Int

  private static let keySize = 32
  /// How many bytes of its digest follow a record.
  package static let checkSize = 8

  package init(_ path: Path, valueSize: Int, mostRecords: Int) {
    self.path = path
    self.valueSize = valueSize
    self.mostRecords = mostRecords
  }

  private var recordSize: Int { MemoryFile.keySize + valueSize + MemoryFile.checkSize }

  /// Returns the values of those keys that the file has.
  package func read(_ keys: Set<[UInt8]>) -> [[UInt8]: [UInt8]] {
    guard let file = opened() else { return [:] }
    return file.withBytes { bytes in
      var known: [[UInt8]: [UInt8]] = [:]
      for start in starts(bytes.count) {
        let key = Array(bytes[start..<start + MemoryFile.keySize])
        guard keys.contains(key) else { continue }
        let content = UnsafeRawBufferPointer(
          rebasing: bytes[start..<start + MemoryFile.keySize + valueSize])
        let check = bytes[start + content.count..<start + recordSize]
        guard MemoryFile.check(content).elementsEqual(check) else { continue }
        known[key] = Array(content.dropFirst(MemoryFile.keySize))
      }
      return known
    }
  }

  /// Adds records, which then count as the latest. If they cannot be written, the file stays as it
  /// was.
  package func add(_ new: [(key: [UInt8], value: [UInt8])]) {
    guard !new.isEmpty else { return }
    try? path.folder.createFolder()
    path.folder.clearAbandoned()
    try? write(new.suffix(mostRecords))
  }

  private func write(_ new: ArraySlice<(key: [UInt8], value: [UInt8])>) throws {
    let keys = Set(new.map(\.key))
    var file = try AtomicFile(path)
    if let old = opened() {
      try old.withBytes { bytes in
        let kept = starts(bytes.count).filter {
          !keys.contains(Array(bytes[$0..<$0 + MemoryFile.keySize]))
        }
        for start in kept.suffix(mostRecords - new.count) {
          try file.append(UnsafeRawBufferPointer(rebasing: bytes[start..<start + recordSize]))
        }
      }
    }
    for (key, value) in new {
      precondition(
        key.count == MemoryFile.keySize && value.count == valueSize,
        "A record is a digest and a value of \(valueSize) bytes.")
      let content = key + value
      try file.append(content + MemoryFile.check(content))
    }
    try file.commit()
  }

  /// The file as it is. It is nil if the file is missing or its last record is cut off.
  private func opened() -> MappedFile? {
    guard let file = try? MappedFile(path), file.count.isMultiple(of: recordSize) else {
      return nil
    }
    return file
  }

  private func starts(_ count: Int) -> StrideTo<Int> { stride(from: 0, to: count, by: recordSize) }

  /// The digest of a key with its value, cut to `checkSize` bytes.
  package static func check(_ content: [UInt8]) -> [UInt8] { content.withUnsafeBytes(check) }

  private static func check(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    var digest = Digest.sha256
    digest.add(content)
    return Array(digest.bytes.prefix(checkSize))
  }
}

extension [UInt8] {
  /// Creates the bytes of numbers as they lie in memory. All machines that Fieldmark runs on are
  /// little-endian.
  package init<Number: BitwiseCopyable>(bytesOf numbers: [Number]) {
    self = numbers.withUnsafeBytes { Array($0) }
  }

  /// The numbers that these bytes are.
  package func numbers<Number: BitwiseCopyable>(_ type: Number.Type) -> [Number] {
    let size = MemoryLayout<Number>.stride
    return withUnsafeBytes { bytes in
      (0..<bytes.count / size).map { bytes.loadUnaligned(fromByteOffset: $0 * size, as: type) }
    }
  }
}

extension Path {
  /// The folder, among the caches of this user's programs, in which Fieldmark keeps one kind of
  /// results. It is nil if there is no place for caches.
  static func memory(_ kind: Path, _ environment: Environment) -> Path? {
    environment.caches.map { $0 / "fieldmark" / kind }
  }

  /// Where embeddings of texts are kept.
  public static func textMemory(_ environment: Environment) -> Path? {
    memory("texts", environment)
  }

  /// Where features of pictures are kept.
  public static func pictureMemory(_ environment: Environment) -> Path? {
    memory("pictures", environment)
  }
}
