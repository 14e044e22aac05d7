/// A file of embeddings by key: records of one size, one after the other, each with a digest of its
/// own, so that what a full disk or a broken machine left behind is never taken for a number.
struct TextMemoryFile {
  private let path: Path
  private let width: Int

  /// The oldest go when there are more: 8 MB of a ViT-B/16's.
  static let mostRecords = 4096
  private static let keySize = 32
  private static let checkSize = 8

  init(_ path: Path, width: Int) {
    self.path = path
    self.width = width
  }

  private var recordSize: Int { Self.keySize + 4 * width + Self.checkSize }

  /// What is known of these keys.
  func read(_ keys: Set<[UInt8]>) -> [[UInt8]: [Float]] {
    var known: [[UInt8]: [Float]] = [:]
    for record in records() {
      let key = Array(record.prefix(Self.keySize))
      guard keys.contains(key), let values = values(of: record) else { continue }
      known[key] = values
    }
    return known
  }

  /// Keeps more, as the latest. Where that cannot be written, nothing is kept.
  func add(_ new: [(key: [UInt8], values: [Float])]) {
    let keys = Set(new.map(\.key))
    let old = records().filter { !keys.contains(Array($0.prefix(Self.keySize))) }
    let added = new.map { record($0.key, $0.values) }
    let kept = (old + added).suffix(Self.mostRecords)
    try? path.folder.createFolder()
    try? write(kept.joined(), to: path)
  }

  private func records() -> [[UInt8]] {
    guard let file = try? MappedFile(path), file.count.isMultiple(of: recordSize) else { return [] }
    return file.withBytes { bytes in
      stride(from: 0, to: bytes.count, by: recordSize).map {
        Array(bytes[$0..<$0 + recordSize])
      }
    }
  }

  private func record(_ key: [UInt8], _ values: [Float]) -> [UInt8] {
    let content =
      key
      + values.flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt32($0))) }
      }
    return content + check(content)
  }

  private func values(of record: [UInt8]) -> [Float]? {
    let content = record.dropLast(Self.checkSize)
    guard check(Array(content)) == Array(record.suffix(Self.checkSize)) else { return nil }
    return (0..<width).map { index in
      let start = Self.keySize + 4 * index
      return Float(
        bitPattern: (0..<4).reduce(0) { $0 | UInt32(record[start + $1]) << (8 * UInt32($1)) })
    }
  }

  private func check(_ content: [UInt8]) -> [UInt8] {
    var digest = Digest.sha256
    digest.add(content)
    return Array(digest.bytes.prefix(Self.checkSize))
  }
}
