@testable import Datasets
@testable import Encoders
@testable import Ground
@testable import Models
@testable import Pictures
@testable import Studies
@testable import Words

/// One parser under test: a name, and a function that feeds it any bytes. If nothing is wrong, the
/// function returns; a trap, a hang or a report of the sanitizer is a finding.
package struct FuzzTarget: Sendable {
  package let name: String
  package let run: @Sendable (UnsafeRawBufferPointer) -> Void

  package init(name: String, run: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) {
    (self.name, self.run) = (name, run)
  }
}

extension FuzzTarget {
  /// All parsers in the targets below `Datasets` that read bytes from outside. A new parser is
  /// added here.
  package static let encoders = [
    FuzzTarget(name: "json") { bytes in
      guard let json = try? JSON(parsing: bytes, place: "fuzz") else { return }
      let again = try? JSON(parsing: Array(json.written().utf8), place: "again")
      precondition(again == json, "What was written is not what was read.")
    },
    FuzzTarget(name: "npy") { bytes in
      let file = MappedFile(Array(bytes), named: "fuzz")
      guard let tensor = try? Tensor(npy: file, 0..<file.count, named: "fuzz") else { return }
      if tensor.count <= 1 << 20 { _ = try? tensor.finiteFloats() }
    },
    FuzzTarget(name: "pickle") { bytes in
      for isScript in [false, true] {
        _ = try? PickleMachine.read(Array(bytes), place: "fuzz", isScript: isScript)
      }
    },
    FuzzTarget(name: "pictures") { bytes in
      _ = try? Picture.decoded(
        bytes.bindMemory(to: UInt8.self), name: "fuzz", Reading(maxPixels: 1 << 18))
    },
    FuzzTarget(name: "safetensors") { bytes in
      readAll(try? Checkpoint(safetensors: MappedFile(Array(bytes), named: "fuzz")))
    },
    FuzzTarget(name: "words") { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      for normalizer in Normalizer.all {
        var tokenizer = Tokenizer(normalizer: normalizer)
        let ids = try? tokenizer.ids(of: text)
        // The fast path for many texts has to make a cache first, which takes longer than all the
        // rest, so only some inputs check it.
        if bytes.count % 16 == 0 {
          let again = try? tokenizer.ids(of: [text]).first
          precondition(ids == again, "The faster way reads otherwise.")
        }
        tokenizer.allowsSpecials = true
        _ = try? tokenizer.prompt(text, truncating: true, allowingEmpty: true)
        if let ids { _ = tokenizer.pieces(of: ids) }
      }
    },
    FuzzTarget(name: "zip") { bytes in
      let file = MappedFile(Array(bytes), named: "fuzz")
      guard let archive = try? ZipArchive(file) else { return }
      for entry in archive.entries { _ = try? archive.contents(of: entry, limit: 1 << 20) }
      readAll(try? Checkpoint(pytorch: archive))
      readAll(try? Checkpoint(numpy: archive))
    },
  ]
}

/// Reads every tensor that is not larger than what any input could hold.
private func readAll(_ checkpoint: Checkpoint?) {
  guard let checkpoint else { return }
  for name in checkpoint.names.prefix(64) {
    guard let tensor = checkpoint[name], tensor.count <= 1 << 20 else { continue }
    _ = try? tensor.finiteFloats()
    _ = try? tensor.integers()
  }
}
