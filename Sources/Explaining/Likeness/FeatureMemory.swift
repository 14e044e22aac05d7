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
/// A picture that is new in a folder costs one pass. What is kept is a `PictureMemory`'s.
public struct FeatureMemory: Sendable {
  public let encoder: ImageEncoder
  /// The block whose activation's mean is taken; nil for the last.
  public let block: Int?
  /// Nil remembers nothing.
  public let folder: Path?
  private let memory: PictureMemory
  /// The block's number.
  private let place: Int

  /// The precision is the one that the encoder was made with.
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
        "\(path), its features", expected: "finite numbers from the model", found: "infinity or NaN"
      )
    }
    return .init(key: key(bytes), features, isNew: true)
  }

  /// What a picture's features depend on besides the weights, as one number.
  public func key(_ picture: [UInt8]) -> [UInt8] { memory.key(["features", "\(place)"], picture) }
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
