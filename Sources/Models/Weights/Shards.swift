import Ground

/// Weights in several files, with an index that says which file has which tensor:
///
///     model.safetensors.index.json
///     {"metadata": {}, "weight_map": {"visual.proj": "model-00001-of-00002.safetensors", ...}}
extension Checkpoint {
  package init(index path: Path) throws {
    let place = path.lastComponent.description
    let index = try JSON(file: path, limit: 1 << 26)
    let map = try index.get("weight_map", .object, in: place).members ?? []
    var wanted: [(name: String, file: String)] = []
    for member in map {
      var location: String { "\(place) '\(printable(member.key.utf8.prefix(100)))'" }
      guard let file = member.value.string else {
        throw InputError(location, expected: "the name of a file", found: member.value.summary)
      }
      guard Checkpoint.isPlainName(file) else {
        throw InputError(
          location, expected: "a file of the same folder",
          found: "'\(printable(file.utf8.prefix(100)))'")
      }
      wanted.append((member.key, file))
    }
    var shards: [String: Checkpoint] = [:]
    var owners: [String: String] = [:]
    for file in Set(wanted.map(\.file)).sorted() {
      let shard = try Checkpoint(file: MappedFile(path.folder / Path(file)))
      for name in shard.names {
        if let other = owners.updateValue(file, forKey: name) {
          throw InputError(
            "tensor '\(printable(name.utf8))'", expected: "a single file that holds it",
            found: "it in both '\(printable(other.utf8))' and '\(printable(file.utf8))'")
        }
      }
      shards[file] = shard
    }
    let tensors = try wanted.map { name, file in
      guard let tensor = shards[file]?[name] else {
        throw InputError(
          "tensor '\(printable(name.utf8))'", expected: "its numbers in '\(printable(file.utf8))'",
          found: owners[name].map { "them in '\(printable($0.utf8))'" } ?? "no such tensor there")
      }
      return tensor
    }
    let metadata = (index["metadata"]?.members ?? []).map { member in
      (member.key, member.value.string ?? member.value.summary)
    }
    try self.init(
      path: path, format: .shards, tensors: tensors,
      metadata: Dictionary(uniqueKeysWithValues: metadata))
  }

  /// Whether a name stays in its folder, since an index can be made to say anything.
  private static func isPlainName(_ name: String) -> Bool {
    !["", ".", ".."].contains(name) && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
  }
}
