import Ground
import Models

/// The SHA-256 of everything from which one encoder of a model makes embeddings: its weights, their
/// names and shapes, and its architecture.
///
/// ```swift
/// let words = try TowerFingerprint(of: model, .texts, remembering: folder)
/// words.hexadecimal
/// ```
///
/// Reading a quarter of a gigabyte takes a while, so the fingerprint is cached for as long as the
/// files have the same device, inode number, size and times.
package struct TowerFingerprint: Equatable {
  package enum Tower { case texts, pictures }

  package let hexadecimal: String

  package init(of model: Model, _ tower: Tower, remembering folder: Path?) throws {
    precondition(
      model.isItsFiles, "What is kept of a model's files does not tell of weights drawn anew.")
    let weights = model.weights.filter { $0.name.hasPrefix("visual.") == (tower == .pictures) }
    let architecture = model.written(tower)
    var identity = Digest.sha256
    identity.add(Array("1 \(architecture)".utf8))
    var seen: Set<String> = []
    for part in weights.flatMap(\.parts) {
      let stamp = part.storage.identity
      if seen.insert(stamp).inserted { identity.add(Array(stamp.utf8)) }
    }
    let note = folder.map { $0 / Path("\(identity.hexadecimal).fingerprint") }
    if let note, let known = Self.remembered(note) {
      hexadecimal = known
      return
    }
    var digest = Digest.sha256
    digest.add(Array(architecture.utf8))
    for weight in weights {
      digest.add(Array("\(weight.name) \(weight.shape) \(weight.type?.name ?? "")\n".utf8))
      for part in weight.parts {
        try part.withBytes { digest.add($0) }
        part.forget()
      }
    }
    hexadecimal = digest.hexadecimal
    guard let note else { return }
    try? note.folder.createFolder()
    note.folder.clearAbandoned()
    try? write(Array(Self.written(hexadecimal, note).utf8), to: note)
  }

  /// Returns the fingerprint followed by a digest of it and of the file's name. If a byte changed
  /// on the disk, or the file was renamed to another's name, the digest does not fit and the
  /// fingerprint is computed again.
  private static func written(_ hexadecimal: String, _ note: Path) -> String {
    let name = String(decoding: note.lastComponent.bytes, as: UTF8.self)
    return hexadecimal + " " + Digest.sha256(of: [name, hexadecimal]).hexadecimal
  }

  private static func remembered(_ note: Path) -> String? {
    guard let bytes = try? note.read(limit: 1 << 10) else { return nil }
    let hexadecimal = String(decoding: bytes.prefix(64), as: UTF8.self)
    return bytes == Array(written(hexadecimal, note).utf8) ? hexadecimal : nil
  }
}

extension Model {
  /// Describes what an encoder's weights do not tell: its architecture.
  fileprivate func written(_ tower: TowerFingerprint.Tower) -> String {
    switch tower {
    case .texts:
      let text = architecture.text
      return (architectureJSON["text"]?.written() ?? "")
        + " \(text?.blocks.activation.rawValue ?? "") \(text?.pooling.description ?? "")"
    case .pictures:
      let image = architecture.image
      return (architectureJSON["image"]?.written() ?? "")
        + " \(architecture.kind) \(image.blocks.activation.rawValue) \(image.pooling.description)"
    }
  }
}
