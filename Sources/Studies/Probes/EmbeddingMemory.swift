import Datasets
import Encoders
import Ground
import Models
import Pictures
import Synchronization

/// The embeddings of a dataset's pictures, computed once and kept on disk by content and model.
///
///     let memory = try EmbeddingMemory(model, encoder, folder: .pictureMemory(.process))
///     let found = try memory.embeddings(of: dataset.examples)
///     found.rows                       // a row for each picture that could be read
///     found.failures                   // why the others could not
///
/// What is kept belongs to the very weights, preprocessing, pool, precision, change and bytes that it
/// came from: whatever differs in any of them is computed anew. It is a cache: it may be deleted at any
/// time, what is damaged in it counts as missing, and where it cannot be written nothing is kept.
public struct EmbeddingMemory: Sendable {
  public let encoder: ImageEncoder
  private let file: Tables?
  private let settings: [String]

  public init(
    _ model: Model, _ encoder: ImageEncoder, precision: Precision = .fp32, folder: Path?
  ) throws {
    self.encoder = encoder
    let preprocessing = encoder.preprocessing
    settings = [
      "1", preprocessing.json.written(), "\(preprocessing.fit) \(preprocessing.rounding)",
      encoder.pool.rawValue, precision.rawValue, encoder.positions.name,
    ]
    file = try folder.flatMap { folder in
      let fingerprint = try TowerFingerprint(of: model, .pictures, remembering: folder)
      try? folder.createFolder()
      return EmbeddingMemory.opened(folder / Path("\(fingerprint.hexadecimal).embeddings"))
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

  /// What is done to a picture before the model sees it.
  public enum Change: Equatable, Sendable {
    case none
    /// A part of 60 to 100 % of each side, and in half of the draws its mirror image; another for each
    /// pass and picture.
    case drawn(pass: Int, seed: UInt64)

    var name: String {
      switch self {
      case .none: "as it is"
      case .drawn(let pass, let seed): "drawn \(pass) \(seed)"
      }
    }
  }

  public struct Found: Sendable {
    public var rows = Matrix(rows: 0, columns: 0)
    /// The place of each row's picture among those asked for.
    public var places: [Int] = []
    /// Why a picture has no row, by its place.
    public var failures: [(place: Int, error: InputError)] = []
    /// How many were known already.
    public var known = 0
    /// Whether somebody stopped it.
    public var isWhole = true
  }

  /// Told after each picture that had to be looked at of how many are done; says whether to go on.
  public typealias Step = @Sendable (_ done: Int, _ of: Int) -> Bool

  /// A row for each picture that can be read. Those that are not known yet are looked at, each on its
  /// own core, and kept every few hundred.
  public func embeddings(
    of examples: some RandomAccessCollection<Example> & Sendable, _ change: Change = .none,
    after step: @escaping Step = { _, _ in true }
  ) throws -> Found {
    let width = encoder.architecture.embedding
    let count = examples.count
    let new = Mutex<[(key: [UInt8], value: [Float])]>([])
    let found = Mutex(Found())
    let elements = Mutex<[Float]>([])
    @Sendable func keep(atLeast least: Int) {
      let some = new.withLock { new -> [(key: [UInt8], value: [Float])] in
        guard new.count >= least else { return [] }
        defer { new = [] }
        return new
      }
      add(some)
    }
    defer { keep(atLeast: 1) }
    let reached = Mutex(0)
    try concurrently(count) { place -> (values: [Float], key: [UInt8]?) in
      let example = examples[examples.index(examples.startIndex, offsetBy: place)]
      let key = try key(example, change)
      if let known = known(key, width) { return (known, nil) }
      return (try look(at: example, change), key)
    } delivering: { place, result in
      reached.withLock { $0 = place + 1 }
      do {
        let (values, key) = try result.get()
        elements.withLock { $0 += values }
        found.withLock {
          $0.places.append(place)
          if key == nil { $0.known += 1 }
        }
        if let key, file != nil { new.withLock { $0.append((key, values)) } }
        keep(atLeast: 256)
      } catch let error as InputError where error.kind == .input {
        found.withLock { $0.failures.append((place, error)) }
      }
      return step(place + 1, count)
    }
    var answer = found.withLock { $0 }
    answer.isWhole = reached.withLock { $0 } == count
    answer.rows = Matrix(
      rows: answer.places.count, columns: width, elements.withLock { $0 })
    return answer
  }

  private func look(at example: Example, _ change: Change) throws -> [Float] {
    var picture = encoder.preprocessing.converted(try example.picture())
    if case .drawn(let pass, let seed) = change {
      var draws = SplitMix(seed: seed &+ UInt64(pass) &* 0x9e37_79b9, example.number)
      picture = picture.drawnPart(&draws)
    }
    let embedding = encoder(picture).elements
    guard embedding.allSatisfy(\.isFinite) else {
      throw InputError(
        "\(example), its embedding", expected: "finite numbers out of the model", found: "others")
    }
    return embedding
  }

  private func key(_ example: Example, _ change: Change) throws -> [UInt8] {
    var draws = ""
    if case .drawn = change { draws = "\(example.number)" }
    var digest = Digest.sha256(of: settings + [change.name, draws, "\(example.banner)"])
    digest.add(try example.bytes())
    return digest.bytes
  }

  /// Each value has a check of its own: what a broken disk left is not taken for an embedding.
  private func known(_ key: [UInt8], _ width: Int) -> [Float]? {
    guard
      let row = try? file?.rows("SELECT value FROM rows WHERE key = ?", [.bytes(key)]).first,
      case .bytes(let bytes) = row[0], bytes.count == 4 * width + 8
    else { return nil }
    let (content, check) = (Array(bytes.prefix(4 * width)), bytes.suffix(8))
    guard EmbeddingMemory.check(key, content) == Array(check) else { return nil }
    return content.numbers(Float.self)
  }

  private func add(_ rows: [(key: [UInt8], value: [Float])]) {
    guard let file, !rows.isEmpty else { return }
    try? file.together {
      for row in rows {
        let content = Array(bytesOf: row.value)
        try file.add(
          "INSERT OR REPLACE INTO rows VALUES (?, ?)",
          [.bytes(row.key), .bytes(content + EmbeddingMemory.check(row.key, content))])
      }
    }
  }

  private static func check(_ key: [UInt8], _ content: [UInt8]) -> [UInt8] {
    var digest = Digest.sha256
    digest.add(key)
    digest.add(content)
    return Array(digest.bytes.prefix(8))
  }
}

extension Picture {
  /// A part of the picture, and perhaps its mirror image.
  func drawnPart(_ draws: inout SplitMix) -> Picture {
    func side(_ length: Int) -> (from: Int, count: Int) {
      let count = max(1, Int((Float(length) * (0.6 + 0.4 * draws.unit())).rounded()))
      return (draws.below(length - count + 1), count)
    }
    let (across, down) = (side(width), side(height))
    let isMirrored = draws.unit() < 0.5
    var part: [UInt8] = []
    part.reserveCapacity(across.count * down.count * 3)
    for row in down.from..<down.from + down.count {
      for step in 0..<across.count {
        let column = across.from + (isMirrored ? across.count - 1 - step : step)
        let start = 3 * (row * width + column)
        part += pixels[start..<start + 3]
      }
    }
    return Picture(width: across.count, height: down.count, pixels: part)
  }
}
