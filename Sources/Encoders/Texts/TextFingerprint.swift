/// The SHA-256 of all that a text's embedding comes from: the weights of the tower for texts, their
/// names and shapes, and its architecture.
///
/// Reading a quarter of a gigabyte takes a while, so the fingerprint is remembered for as long as
/// the files are the same by device, number, size and times.
struct TextFingerprint: Equatable {
  let hexadecimal: String

  init(of model: Model, remembering folder: Path) throws {
    let weights = model.weights.filter { !$0.name.hasPrefix("visual.") }
    let text = model.architecture.text
    let architecture =
      (model.architecture.json["text"]?.written() ?? "")
      + " \(text?.blocks.activation.rawValue ?? "") \(text?.pooling.description ?? "")"
    var identity = Digest.sha256
    identity.add(Array("1 \(architecture)".utf8))
    var seen: Set<String> = []
    for part in weights.flatMap(\.parts) {
      let stamp = part.storage.identity
      if seen.insert(stamp).inserted { identity.add(Array(stamp.utf8)) }
    }
    let note = folder / Path("\(identity.hexadecimal).fingerprint")
    if let known = Self.remembered(note) {
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
    try? folder.createFolder()
    try? write(Array(hexadecimal.utf8), to: note)
  }

  private static func remembered(_ note: Path) -> String? {
    guard let file = try? MappedFile(note), file.count == 64 else { return nil }
    let text = file.withBytes { String(decoding: $0, as: UTF8.self) }
    return text.allSatisfy(\.isHexDigit) ? text : nil
  }
}
