import Ground

extension Dataset {
  /// The SHA-256 of everything but the pictures' bytes that results depend on: names, classes, uses
  /// and boxes, in order. Datasets with equal counts are not necessarily the same, so counts would
  /// not do.
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
