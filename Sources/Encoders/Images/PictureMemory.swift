import Ground
import Models
import Synchronization

/// A cache on disk for numbers that a model computes for pictures, such as embeddings and features.
///
/// ```swift
/// let memory = try PictureMemory(model, encoder, folder: .pictureMemory(.process))
/// let key = memory.key(["features", "11"], bytes)
/// memory.known(key, count: 768)      // nil until it was kept
/// ```
///
/// An entry is valid only for the exact weights, preprocessing, pool, precision and bytes of the
/// picture that it came from, and for the rest of its key; if any of these differs, the numbers are
/// computed again. The cache may be deleted at any time, damaged entries count as missing, and if
/// the folder cannot be written, nothing is kept. Only the numbers of a picture are kept, so ten
/// thousand pictures take thirty megabytes. A file that has become too large loses half of its entries.
package struct PictureMemory: Sendable {
  private let file: Tables?
  /// The settings besides the weights that all numbers depend on.
  private let settings: [String]

  /// The bytes that the entries of a model may fill: embeddings of some 300,000 pictures.
  package static let most = 1 << 30

  /// `precision` must be the one that the encoder was made with. Without a folder nothing is kept.
  package init(
    _ model: Model, _ encoder: ImageEncoder, precision: Precision = .fp32, folder: Path?,
    most: Int = PictureMemory.most
  ) throws {
    let preprocessing = encoder.preprocessing
    settings = [
      "1", preprocessing.json.written(), "\(preprocessing.fit) \(preprocessing.rounding)",
      encoder.pool.rawValue, precision.rawValue, encoder.positions.name,
    ]
    file = try folder.flatMap { folder in
      let fingerprint = try TowerFingerprint(of: model, .pictures, remembering: folder)
      try? folder.createFolder()
      return PictureMemory.opened(
        folder / Path("\(fingerprint.hexadecimal).embeddings"), most: most)
    }
  }

  /// Returns nil if the file cannot be written; then the numbers of every picture are computed.
  private static func opened(_ path: Path, most: Int) -> Tables? {
    guard let file = try? Tables(path, .write) else { return nil }
    do {
      try file.run(
        "CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
      // Keys are digests, so this forgets a random half. Its pages are used again.
      if try used(file) > most { try file.run("DELETE FROM rows WHERE key < x'80'") }
    } catch { return nil }
    return file
  }

  /// The bytes of the pages that hold entries.
  private static func used(_ file: Tables) throws -> Int {
    func number(_ name: String) throws -> Int {
      guard case .integer(let number)? = try file.rows("PRAGMA \(name)").first?.first else {
        return 0
      }
      return number
    }
    return try (number("page_count") - number("freelist_count")) * number("page_size")
  }

  /// Returns the digest of everything that a picture's numbers depend on besides the weights.
  package func key(_ question: [String], _ picture: [UInt8]) -> [UInt8] {
    var digest = Digest.sha256(of: settings + question)
    digest.add(picture)
    return digest.bytes
  }

  /// Returns `count` numbers, or nil if they are not known. Each value has its own checksum, so
  /// what a broken disk left is not taken for numbers.
  package func known(_ key: [UInt8], count: Int) -> [Float]? {
    guard
      let row = try? file?.rows("SELECT value FROM rows WHERE key = ?", [.bytes(key)]).first,
      case .bytes(let bytes) = row[0], bytes.count == 4 * count + MemoryFile.checkSize
    else { return nil }
    let content = Array(bytes.prefix(4 * count))
    guard MemoryFile.check(key + content).elementsEqual(bytes.suffix(MemoryFile.checkSize)) else {
      return nil
    }
    return content.numbers(Float.self)
  }

  /// A picture's numbers under its key, and whether they were computed now.
  package struct Found: Sendable {
    package let key: [UInt8]
    package let values: [Float]
    package let isNew: Bool

    package init(key: [UInt8], _ values: [Float], isNew: Bool) {
      (self.key, self.values, self.isNew) = (key, values, isNew)
    }
  }

  /// Finds the numbers of many pictures, each on its own core, and writes the new ones to disk 256
  /// or more at a time. An error that concerns one picture is delivered as that picture's failure.
  /// `delivering` returns whether to go on.
  package func each(
    _ count: Int, _ find: @escaping @Sendable (Int) throws -> Found,
    delivering: @escaping @Sendable (Int, Result<Found, InputError>) -> Bool
  ) throws {
    let new = Mutex<[Found]>([])
    @Sendable func keep(atLeast least: Int) {
      let some = new.withLock { new -> [Found] in
        guard new.count >= least else { return [] }
        defer { new = [] }
        return new
      }
      add(some)
    }
    defer { keep(atLeast: 1) }
    try concurrently(count, find) { place, result in
      do {
        let found = try result.get()
        if found.isNew, file != nil { new.withLock { $0.append(found) } }
        keep(atLeast: 256)
        return delivering(place, .success(found))
      } catch let error as InputError where error.kind == .input {
        return delivering(place, .failure(error))
      }
    }
  }

  private func add(_ some: [Found]) {
    guard let file, !some.isEmpty else { return }
    try? file.together {
      for found in some {
        let content = Array(bytesOf: found.values)
        try file.add(
          "INSERT OR REPLACE INTO rows VALUES (?, ?)",
          [.bytes(found.key), .bytes(content + MemoryFile.check(found.key + content))])
      }
    }
  }
}
