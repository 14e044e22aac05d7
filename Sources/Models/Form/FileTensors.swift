/// The tensors of a file by the names that its layout gives them, without the prefixes that
/// training code puts before every name.
package struct FileTensors: Sendable {
  /// What messages call the file.
  package let place: String
  let tensors: [String: Tensor]
  /// The keys of the file's metadata.
  let metadata: Set<String>

  /// Prefixes that training code puts before every name.
  private static let prefixes = [
    "module.", "_orig_mod.", "model.", "clip.", "clip_model.", "backbone.", "dinov2.",
    "dinov2_with_registers.",
  ]

  package init(_ checkpoint: Checkpoint) {
    place = "'\(checkpoint.path.lastComponent)'"
    let length = Self.prefixLength(checkpoint.names)
    metadata = Set(checkpoint.metadata.keys)
    var tensors: [String: Tensor] = [:]
    for name in checkpoint.names {
      tensors[String(name.dropFirst(length))] = checkpoint[name]
    }
    self.tensors = tensors
  }

  /// The length of the meaningless prefixes that all names begin with.
  private static func prefixLength(_ names: [String]) -> Int {
    var length = 0
    while let prefix = prefixes.first(where: { prefix in
      !names.isEmpty && names.allSatisfy { $0.dropFirst(length).hasPrefix(prefix) }
    }) {
      length += prefix.count
    }
    return length
  }

  /// The patterns in which the marks of layouts are looked up: each name with `#` for numbers, and
  /// each of its beginnings with `*` for what follows.
  var patterns: Set<String> { Set(tensors.keys.flatMap(Self.patterns)) }

  private static func patterns(of name: String) -> [String] {
    let parts = name.split(separator: ".").map { part in
      part.allSatisfy(\.isNumber) ? "#" : String(part)
    }
    let beginnings = (1..<max(2, min(parts.count, 4))).map { count in
      parts.prefix(count).joined(separator: ".") + ".*"
    }
    return beginnings + [parts.joined(separator: ".")]
  }
}
