import Ground
import Models
import Synchronization

/// Numbers that a model has for pictures, worked out once and kept on disk: what embeddings and features
/// are remembered by.
///
/// ```swift
/// let memory = try PictureMemory(model, encoder, folder: .pictureMemory(.process))
/// let key = memory.key(["features", "11"], bytes)
/// memory.known(key, count: 768)      // nil until it was kept
/// ```
///
/// What is kept belongs to the very weights, preprocessing, pool, precision and bytes of a picture that
/// it came from, and to whatever else its key is made of: what differs in any of them is computed anew.
/// It is a cache: it may be deleted at any time, what is damaged in it counts as missing, and where it
/// cannot be written nothing is kept. Of a picture its numbers are kept and nothing else, so ten thousand
/// of them take thirty megabytes.
package struct PictureMemory: Sendable {
  private let file: Tables?
  /// What numbers depend on besides the weights, whatever is asked.
  private let settings: [String]

  /// The precision is the one that the encoder was made with. Without a folder nothing is remembered.
  package init(
    _ model: Model, _ encoder: ImageEncoder, precision: Precision = .fp32, folder: Path?
  ) throws {
    let preprocessing = encoder.preprocessing
    settings = [
      "1", preprocessing.json.written(), "\(preprocessing.fit) \(preprocessing.rounding)",
      encoder.pool.rawValue, precision.rawValue, encoder.positions.name,
    ]
    file = try folder.flatMap { folder in
      let fingerprint = try TowerFingerprint(of: model, .pictures, remembering: folder)
      try? folder.createFolder()
      return PictureMemory.opened(folder / Path("\(fingerprint.hexadecimal).embeddings"))
    }
  }

  /// Nil where there is no writing: then every picture is looked at.
  private static func opened(_ path: Path) -> Tables? {
    guard let file = try? Tables(path, .write) else { return nil }
    do {
      try file.run(
        "CREATE TABLE IF NOT EXISTS rows (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")
    } catch { return nil }
    return file
  }

  /// What a picture's numbers depend on besides the weights, as one number.
  package func key(_ question: [String], _ picture: [UInt8]) -> [UInt8] {
    var digest = Digest.sha256(of: settings + question)
    digest.add(picture)
    return digest.bytes
  }

  /// So many numbers; nil where they are not known. Each value has a check of its own: what a broken
  /// disk left is not taken for numbers.
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

  /// A picture's numbers under its key, and whether they were worked out now.
  package struct Found: Sendable {
    package let key: [UInt8]
    package let values: [Float]
    package let isNew: Bool

    package init(key: [UInt8], _ values: [Float], isNew: Bool) {
      (self.key, self.values, self.isNew) = (key, values, isNew)
    }
  }

  /// Finds the numbers of many pictures, each on its own core, and keeps new ones every few hundred. What
  /// fails for a picture alone is delivered as its failure. Delivering says whether to go on.
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
