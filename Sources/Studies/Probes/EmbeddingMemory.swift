import Datasets
import Encoders
import Ground
import Models
import Pictures
import Synchronization

/// The embeddings of a dataset's pictures, computed once and kept on disk by content and model.
///
/// ```swift
/// let memory = try EmbeddingMemory(model, encoder, folder: .pictureMemory(.process))
/// let found = try memory.embeddings(of: dataset.examples)
/// found.rows                       // a row for each picture that could be read
/// found.failures                   // why the others could not
/// ```
///
/// The embeddings are stored in a `PictureMemory`. The change of a picture belongs to their key.
public struct EmbeddingMemory: Sendable {
  public let encoder: ImageEncoder
  private let memory: PictureMemory

  public init(
    _ model: Model, _ encoder: ImageEncoder, precision: Precision = .fp32, folder: Path?
  ) throws {
    self.encoder = encoder
    memory = try PictureMemory(model, encoder, precision: precision, folder: folder)
  }

  /// A change of the picture before the model sees it.
  public enum Change: Equatable, Sendable {
    case none
    /// A random part with 60 to 100 % of each side, mirrored in half of the cases. It is different
    /// for each pass and picture.
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
    /// The index of each row's picture among the examples.
    public var places: [Int] = []
    /// The errors of pictures without a row, with their indices.
    public var failures: [(place: Int, error: InputError)] = []
    /// The number of embeddings that were already stored.
    public var known = 0
    /// Whether all pictures were processed, without an interruption.
    public var isWhole = true
  }

  /// Called after each picture with the number of those that are done. Returns whether to go on.
  public typealias Step = @Sendable (_ done: Int, _ of: Int) -> Bool

  /// A row for each picture that can be read. Embeddings that are not stored yet are computed on
  /// all cores, one picture on each, and stored every few hundred pictures.
  public func embeddings(
    of examples: some RandomAccessCollection<Example> & Sendable, _ change: Change = .none,
    after step: @escaping Step = { _, _ in true }
  ) throws -> Found {
    let width = encoder.architecture.embedding
    let count = examples.count
    let found = Mutex(Found())
    let elements = Mutex<[Float]>([])
    let reached = Mutex(0)
    try memory.each(count) { place in
      let example = examples[examples.index(examples.startIndex, offsetBy: place)]
      let key = try key(example, change)
      if let known = memory.known(key, count: width) { return .init(key: key, known, isNew: false) }
      return .init(key: key, try look(at: example, change), isNew: true)
    } delivering: { place, result in
      reached.withLock { $0 = place + 1 }
      switch result {
      case .success(let embedding):
        elements.withLock { $0 += embedding.values }
        found.withLock {
          $0.places.append(place)
          if !embedding.isNew { $0.known += 1 }
        }
      case .failure(let error): found.withLock { $0.failures.append((place, error)) }
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
        "\(example), its embedding", expected: "finite numbers from the model",
        found: "infinity or NaN")
    }
    return embedding
  }

  private func key(_ example: Example, _ change: Change) throws -> [UInt8] {
    var draws = ""
    if case .drawn = change { draws = "\(example.number)" }
    return memory.key([change.name, draws, "\(example.banner)"], try example.bytes())
  }
}

extension Picture {
  /// A random part of the picture, which may be mirrored.
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
