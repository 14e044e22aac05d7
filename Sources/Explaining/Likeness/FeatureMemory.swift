import Encoders
import Ground
import Models
import Pictures
import Synchronization

/// A cache on disk for the features of pictures.
///
/// ```swift
/// let memory = try FeatureMemory(model, encoder, folder: .pictureMemory(.process))
/// let group = try memory.group(PictureFiles(["others"]).paths)
/// try DiffCAM(group.features)
/// ```
///
/// A picture that is new in a folder costs one pass. The entries are those of a `PictureMemory`.
public struct FeatureMemory: Sendable {
  public let encoder: ImageEncoder
  /// The block whose activation is averaged over the places; nil for the last.
  public let block: Int?
  /// The folder of the cache; nil keeps nothing.
  public let folder: Path?
  private let memory: PictureMemory
  /// The number of the block.
  private let place: Int

  /// `precision` must be the one that the encoder was made with.
  public init(
    _ model: Model, _ encoder: ImageEncoder, block: Int? = nil, precision: Precision = .fp32,
    folder: Path?
  ) throws {
    self.encoder = encoder
    self.block = block
    self.folder = folder
    place = block ?? encoder.blocks - 1
    memory = try PictureMemory(model, encoder, precision: precision, folder: folder)
  }

  /// What happened to one picture of a group.
  public struct Step: Sendable {
    public let path: Path
    /// How many pictures are done, and how many had to go through the encoder.
    public let done: Int
    public let count: Int
    /// Why the picture was left out; nil if it was not.
    public let failure: InputError?
  }

  /// Returns the features of all pictures that can be read. Pictures that are not in the cache go
  /// through the encoder, each on its own core. After each of these `step` is called, and returns
  /// whether to go on.
  public func group(
    _ pictures: [Path], after step: @escaping @Sendable (Step) -> Bool = { _ in true }
  ) throws -> PictureGroup {
    let channels = encoder.channels(block: place)
    let known = try concurrently(pictures.count) { index -> PictureMemory.Found? in
      guard let bytes = try? pictures[index].pictureBytes() else { return nil }
      let key = key(bytes)
      return memory.known(key, count: channels).map { .init(key: key, $0, isNew: false) }
    }
    let missing = pictures.indices.filter { known[$0] == nil }
    let found = Mutex<[Int: PictureMemory.Found]>([:])
    try memory.each(missing.count) { index in
      try look(at: pictures[missing[index]])
    } delivering: { index, result in
      var failure: InputError?
      switch result {
      case .success(let features): found.withLock { $0[missing[index]] = features }
      case .failure(let error): failure = error
      }
      return step(
        Step(
          path: pictures[missing[index]], done: index + 1, count: missing.count, failure: failure))
    }
    var group = PictureGroup()
    let new = found.withLock { $0 }
    for index in pictures.indices {
      if let features = known[index] ?? new[index] {
        group.add(pictures[index], features.key, features.values)
      } else {
        group.leftOut.append(pictures[index])
      }
    }
    return group
  }

  private func look(at path: Path) throws -> PictureMemory.Found {
    let bytes = try path.pictureBytes()
    let view = View(
      encoder, try Picture(bytes: bytes, name: path.description), block: block)
    let features = view.features
    guard features.allSatisfy(\.isFinite) else {
      throw InputError(
        "\(path), its features", expected: "finite numbers out of the model", found: "others")
    }
    return .init(key: key(bytes), features, isNew: true)
  }

  /// Returns the digest of everything that a picture's features depend on besides the weights.
  public func key(_ picture: [UInt8]) -> [UInt8] { memory.key(["features", "\(place)"], picture) }
}

/// A group of pictures, with a row of features for each.
public struct PictureGroup: Sendable {
  public private(set) var pictures: [Path] = []
  /// The pictures that could not be read, or were not reached.
  public internal(set) var leftOut: [Path] = []
  private var keys: Set<[UInt8]> = []
  private var rows: [Float] = []

  public var features: Matrix {
    Matrix(
      rows: pictures.count, columns: pictures.isEmpty ? 0 : rows.count / pictures.count, rows)
  }

  /// Whether a picture is in the group under any name. `key` is the one that `FeatureMemory` gives
  /// it.
  public func contains(_ key: [UInt8]) -> Bool { keys.contains(key) }

  fileprivate mutating func add(_ picture: Path, _ key: [UInt8], _ features: [Float]) {
    pictures.append(picture)
    keys.insert(key)
    rows += features
  }
}
