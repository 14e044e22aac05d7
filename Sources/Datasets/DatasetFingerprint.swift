import Ground

extension Dataset {
  /// What numbers about its pictures depend on besides their bytes: names, classes, uses and boxes, in
  /// their order, as one SHA-256. Two datasets with the same counts are not the same dataset.
  package var fingerprint: String {
    if let knownFingerprint { return knownFingerprint }
    var digest = Digest.sha256(of: classes)
    for example in examples {
      let box = example.box.map { "\($0.x) \($0.y) \($0.width) \($0.height)" } ?? ""
      let label = example.label.map { "\($0)" } ?? ""
      let text = "\(label) \(example.use?.rawValue ?? 0) \(box) \(example.name.bytes.count):"
      digest.add(Array(text.utf8) + example.name.bytes)
    }
    return digest.hexadecimal
  }
}
