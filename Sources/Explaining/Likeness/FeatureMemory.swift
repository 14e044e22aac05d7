import Encoders
import Ground
import Models
import Pictures
import Synchronization

/// The features of pictures, computed once and kept on disk.
///
///     let memory = try FeatureMemory(model, encoder, folder: .pictureMemory(.process))
///     let group = try memory.group(PictureFiles(["others"]).paths)
///     try DiffCAM(group.features)
///
/// What is kept belongs to the very weights, preprocessing, pool, block, precision and bytes of a
/// picture that it came from: whatever differs in any of them is computed anew, and a picture that
/// is new in a folder costs one pass. The memory is a cache, as that of texts is: it may be deleted
/// at any time, and what is damaged in it counts as missing. Of a picture its features are kept and
/// nothing else, so ten thousand of them take thirty megabytes.
public struct FeatureMemory: Sendable {
  public let encoder: ImageEncoder
  /// The block whose activation's mean is taken; nil for the last.
  public let block: Int?
  /// Nil remembers nothing.
  public let folder: Path?
  private let file: MemoryFile?
  /// What features depend on besides the weights.
  private let settings: [String]

  /// The precision is the one that the encoder was made with.
  public init(
    _ model: Model, _ encoder: ImageEncoder, block: Int? = nil, precision: Precision = .fp32,
    folder: Path?
  ) throws {
    self.encoder = encoder
    self.block = block
    self.folder = folder
    let place = block ?? encoder.blocks - 1
    let preprocessing = encoder.preprocessing
    settings = [
      "1", preprocessing.json.written(), "\(preprocessing.fit) \(preprocessing.rounding)",
      encoder.pool.rawValue, "\(place)", precision.rawValue, encoder.positions.name,
    ]
    file = try folder.map { folder in
      let fingerprint = try TowerFingerprint(of: model, .pictures, remembering: folder)
      let channels = encoder.channels(block: place)
      // 40,000 of a ViT-B/16's take 128 MB.
      return MemoryFile(
        folder / Path("\(fingerprint.hexadecimal)-\(channels).features"),
        valueSize: 4 * channels, mostRecords: max(1, (128 << 20) / (4 * channels)))
    }
  }

  /// What happened to one picture of a group.
  public struct Step: Sendable {
    public let path: Path
    /// How many are done, of how many that had to be looked at.
    public let done: Int
    public let count: Int
    /// Why it was left out.
    public let failure: InputError?
  }

  /// The features of all pictures that can be read. Those that are not known yet are looked at, each
  /// on its own core; the function is told of each of them and says whether to go on.
  public func group(
    _ pictures: [Path], after step: @escaping @Sendable (Step) -> Bool = { _ in true }
  ) throws -> PictureGroup {
    let keys = try concurrently(pictures.count) { index in
      Result { try key(pictures[index].pictureBytes()) }
    }
    let known = file?.read(Set(keys.compactMap { try? $0.get() })) ?? [:]
    var group = PictureGroup()
    let missing = pictures.indices.filter { index in
      (try? keys[index].get()).flatMap { known[$0] } == nil
    }
    let found = try look(at: missing.map { pictures[$0] }, step)
    for index in pictures.indices {
      let picture = pictures[index]
      if let key = try? keys[index].get(), let values = known[key] {
        group.add(picture, key, values.numbers(Float.self))
      } else if let found = found[picture] {
        group.add(picture, found.key, found.features)
      } else {
        group.leftOut.append(picture)
      }
    }
    return group
  }

  private struct Found: Sendable {
    let key: [UInt8]
    let features: [Float]
  }

  /// Looks at pictures, keeping what is found every few hundred.
  private func look(
    at pictures: [Path], _ step: @escaping @Sendable (Step) -> Bool
  ) throws -> [Path: Found] {
    let all = Mutex<[Path: Found]>([:])
    let new = Mutex<[Found]>([])
    @Sendable func keep(atLeast count: Int) {
      let some = new.withLock { new -> [Found] in
        guard new.count >= count else { return [] }
        defer { new = [] }
        return new
      }
      file?.add(some.map { ($0.key, Array(bytesOf: $0.features)) })
    }
    defer { keep(atLeast: 1) }
    try concurrently(pictures.count) { index in
      try look(at: pictures[index])
    } delivering: { index, result in
      var failure: InputError?
      do {
        let found = try result.get()
        all.withLock { $0[pictures[index]] = found }
        if file != nil { new.withLock { $0.append(found) } }
        keep(atLeast: 512)
      } catch let error as InputError where error.kind == .input {
        failure = error
      }
      return step(
        Step(path: pictures[index], done: index + 1, count: pictures.count, failure: failure))
    }
    return all.withLock { $0 }
  }

  private func look(at path: Path) throws -> Found {
    let bytes = try path.pictureBytes()
    let view = View(
      encoder, try Picture(bytes: bytes, name: path.description), block: block)
    let features = view.features
    guard features.allSatisfy(\.isFinite) else {
      throw InputError(
        "\(path), its features", expected: "finite numbers out of the model", found: "others")
    }
    return Found(key: key(bytes), features: features)
  }

  /// What a picture's features depend on besides the weights, as one number.
  public func key(_ picture: [UInt8]) -> [UInt8] {
    var digest = Digest.sha256(of: settings)
    digest.add(picture)
    return digest.bytes
  }
}

/// Pictures that stand together: a row of features for each.
public struct PictureGroup: Sendable {
  public private(set) var pictures: [Path] = []
  /// Those that could not be read, or were not reached.
  public internal(set) var leftOut: [Path] = []
  private var keys: Set<[UInt8]> = []
  private var rows: [Float] = []

  public var features: Matrix {
    Matrix(
      rows: pictures.count, columns: pictures.isEmpty ? 0 : rows.count / pictures.count, rows)
  }

  /// Whether a picture is among them, by whatever name: its key is its memory's.
  public func contains(_ key: [UInt8]) -> Bool { keys.contains(key) }

  fileprivate mutating func add(_ picture: Path, _ key: [UInt8], _ features: [Float]) {
    pictures.append(picture)
    keys.insert(key)
    rows += features
  }
}
