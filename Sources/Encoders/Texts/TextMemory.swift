import Ground
import Models

/// A cache on disk for embeddings of texts.
///
/// ```swift
/// let texts = TextMemory(model, folder: .textMemory(.process))
/// try texts.raw(["red epaulets", "bird"])                    // 2 x 512
/// try texts.ensembles(["bird"], Prompts.templates)           // 1 x 512, of unit length
/// ```
///
/// An entry is valid only for the exact weights, cleaning of texts, precision, sentences and text
/// that it came from; if any of these differs, the embedding is computed again. If all texts are
/// known, the weights of the text encoder are not even read. The cache may be deleted at any time,
/// damaged entries count as missing, and if the folder cannot be written, work goes on without it.
public struct TextMemory: Sendable {
  public let model: Model
  public let precision: Precision
  /// The folder of the cache; nil keeps nothing.
  public let folder: Path?
  /// The text encoder, opened when a text is not in the cache.
  private let encoder: Once<TextEncoder>

  public init(_ model: Model, precision: Precision = .fp32, folder: Path?) {
    self.model = model
    self.precision = precision
    self.folder = folder
    encoder = Once { try TextEncoder(model, precision: precision) }
  }

  /// Returns the raw embedding of each text.
  public func raw(_ texts: [String], truncating: Bool = false) throws -> Matrix {
    try remembered(texts, []) { encoder, texts in
      try encoder(encoder.prompts(texts, truncating: truncating).map(\.ids))
    }
  }

  /// Returns the ensemble of each text over many sentences.
  public func ensembles(
    _ texts: [String], _ templates: [String], truncating: Bool = false
  ) throws -> Matrix {
    try remembered(texts, templates) { encoder, texts in
      .stacked(try texts.map { try encoder.ensemble($0, templates, truncating: truncating) })
    }
  }

  private func remembered(
    _ texts: [String], _ templates: [String],
    _ compute: (TextEncoder, [String]) throws -> Matrix
  ) throws -> Matrix {
    guard let folder else { return try compute(encoder.value(), texts) }
    let fingerprint = try TowerFingerprint(of: model, .texts, remembering: folder)
    // 4096 records of ViT-B/16 embeddings take 8 MB.
    let file = MemoryFile(
      folder / Path("\(fingerprint.hexadecimal).embeddings"),
      valueSize: 4 * model.architecture.embedding, mostRecords: 4096)
    let keys = texts.map { key($0, templates) }
    var known = file.read(Set(keys)).mapValues { $0.numbers(Float.self) }
    let missing = texts.indices.filter { known[keys[$0]] == nil }
    if !missing.isEmpty {
      let found = try compute(encoder.value(), missing.map { texts[$0] })
      var new: [(key: [UInt8], value: [UInt8])] = []
      for (row, index) in missing.enumerated() where known[keys[index]] == nil {
        known[keys[index]] = Array(found[row: row])
        new.append((keys[index], Array(bytesOf: Array(found[row: row]))))
      }
      file.add(new)
    }
    return Matrix(
      rows: texts.count, columns: model.architecture.embedding,
      keys.flatMap { known[$0] ?? [] })
  }

  /// Returns the digest of everything that a text's embedding depends on besides the weights.
  private func key(_ text: String, _ templates: [String]) -> [UInt8] {
    let settings = [model.normalizer?.name ?? "", precision.rawValue, "\(templates.count)"]
    return Digest.sha256(of: settings + templates + [text]).bytes
  }
}
