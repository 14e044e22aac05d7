import Encoders
import Ground
import Models

/// The origin of the embeddings that a linear head was trained on. The head says something only
/// about embeddings of the same origin.
///
/// ```swift
/// let now = try HeadOrigin(model, encoder, remembering: .pictureMemory(.process))
/// now.members                                      // what `train` writes beside the weights
/// ```
public struct HeadOrigin: Equatable, Sendable {
  /// The name by which the model was asked for.
  public var model: String?
  /// The fingerprint of the image encoder: its weights and its architecture.
  public var fingerprint: String?
  public var pool: String?
  /// The number of the block whose output became the embedding.
  public var layer: Int?
  public var preprocessing: JSON?

  /// The origin of what an encoder makes now.
  public init(_ model: Model, _ encoder: ImageEncoder, remembering folder: Path?) throws {
    self.model = model.name
    fingerprint = try TowerFingerprint(of: model, .pictures, remembering: folder).hexadecimal
    pool = encoder.pool.rawValue
    layer = encoder.blocks - 1
    preprocessing = encoder.preprocessing.json
  }

  /// The origin that a head records; nil for a head that another program made and that records
  /// nothing.
  init?(_ json: JSON) {
    model = json["model"]?.string
    fingerprint = json["fingerprint"]?.string
    pool = json["pool"]?.string
    layer = json["layer"]?.integer
    preprocessing = json["preprocessing"].flatMap { $0.members == nil ? nil : $0 }
    if model == nil, fingerprint == nil, pool == nil, layer == nil { return nil }
  }

  public var members: [JSON.Member] {
    let all: [(String, JSON?)] = [
      ("model", model.map(JSON.string)), ("fingerprint", fingerprint.map(JSON.string)),
      ("pool", pool.map(JSON.string)), ("layer", layer.map(JSON.integer)),
      ("preprocessing", preprocessing),
    ]
    return all.compactMap { name, value in value.map { JSON.Member(name, $0) } }
  }
}

extension HeadOrigin {
  /// Refuses embeddings of another origin than the head's own, unless `isForced`. Returns what a
  /// user should know in any case, as sentences without their periods: that the head was forced,
  /// and how the preprocessing of pictures differs. Other preprocessing is not refused, since a
  /// finer grid is often wanted.
  func differences(
    from now: HeadOrigin, of place: String, isForced: Bool = false
  ) throws -> [String] {
    var notes: [String] = []
    for mismatch in [model(now), pool(now), layer(now)].compactMap({ $0 }) {
      guard isForced else {
        throw InputError(
          place, expected: "\(mismatch.trained), which it was trained on", found: mismatch.used,
          hint: mismatch.hint, settings: mismatch.settings, kind: .words)
      }
      notes.append(
        "it was trained on \(mismatch.trained), and is forced to be used with \(mismatch.used)"
      )
    }
    if fingerprint == nil, let model, let other = now.model, model != other {
      notes.append(
        "the head was trained on a model that was called '\(printable(model.utf8))', and this one is "
          + "'\(printable(other.utf8))'")
    }
    return notes + preparation(now)
  }

  private struct Mismatch {
    let trained: String
    let used: String
    let hint: String
    /// The settings that would have to be changed.
    let settings: [String]
  }

  private static let forcing = "force the head to be used all the same"

  private func model(_ now: HeadOrigin) -> Mismatch? {
    guard let fingerprint, let other = now.fingerprint, fingerprint != other else { return nil }
    let (name, found) = (printable((model ?? "").utf8), printable((now.model ?? "").utf8))
    guard name != found, !name.isEmpty else {
      return Mismatch(
        trained: "the weights that '\(found)' had then", used: "others",
        hint:
          "the file may have changed, or the activation, or the config; or \(HeadOrigin.forcing)",
        settings: ["activation", "config", "force"])
    }
    return Mismatch(
      trained: "the model '\(name)'", used: "'\(found)'",
      hint: "take the model '\(name)', or \(HeadOrigin.forcing)", settings: ["model", "force"])
  }

  private func pool(_ now: HeadOrigin) -> Mismatch? {
    guard let pool, let other = now.pool, pool != other else { return nil }
    let name = printable(pool.utf8)
    return Mismatch(
      trained: "embeddings of the pool '\(name)'",
      used: "those of the pool '\(printable(other.utf8))'",
      hint: "take the pool '\(name)', or \(HeadOrigin.forcing)", settings: ["pool", "force"])
  }

  private func layer(_ now: HeadOrigin) -> Mismatch? {
    guard let layer, let other = now.layer, layer != other else { return nil }
    return Mismatch(
      trained: "embeddings of block \(layer)", used: "those of block \(other), the last",
      hint: HeadOrigin.forcing, settings: ["force"])
  }

  private func preparation(_ now: HeadOrigin) -> [String] {
    guard let then = preprocessing, let now = now.preprocessing else { return [] }
    let hasOtherSize = then["size"] != now["size"]
    let hasOtherFit = then["fit"] != now["fit"]
    let names = ["size", "fit", "shortest", "filter", "transparency", "mean", "deviation"]
    let differing = names.filter { name in
      // The side before the crop follows from size and fit, so it is told only if neither changed.
      if name == "shortest", hasOtherSize || hasOtherFit { return false }
      guard let then = then[name], let now = now[name] else { return false }
      return then.written() != now.written()
    }
    guard !differing.isEmpty else { return [] }
    let changes = differing.map { name in
      "\(name) \(HeadOrigin.text(now[name], name)) instead of \(HeadOrigin.text(then[name], name))"
    }
    return [
      "pictures are prepared in another way than when the head was trained: "
        + changes.joined(separator: ", ")
    ]
  }

  /// `224 x 224`, `crop`, `0.48145466, 0.4578275, 0.40821073`.
  private static func text(_ value: JSON?, _ name: String) -> String {
    let parts = value?.array ?? [value ?? .null]
    return parts.map { $0.string.map { printable($0.utf8) } ?? $0.written() }
      .joined(separator: name == "size" ? " x " : ", ")
  }
}
