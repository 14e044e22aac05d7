import Ground

/// What the hub says about a repository: its commit, its files and its license.
package struct HubListing: Equatable, Sendable {
  package struct File: Equatable, Sendable {
    package var name: String
    /// The size in bytes, if the hub says it.
    package var size: Int?
    /// The digest of a file that lies outside git, as all large ones do.
    package var sha256: String?
  }

  /// The commit that the revision stands for now.
  package let commit: String
  package let files: [File]
  package let license: String?

  /// Reads the answer to `GET /api/models/org/name/revision/main?blobs=true`. Names that would lead
  /// out of the repository's folder are refused, even if nobody wants those files.
  package init(parsing bytes: [UInt8], place: String) throws {
    let json = try JSON(parsing: bytes, place: place)
    commit = try json.get("sha", .string, in: place)
    guard HubRepository.isCommit(commit) else {
      throw InputError(
        "\(place) 'sha'", expected: "40 hexadecimal digits",
        found: "'\(printable(commit.utf8))'")
    }
    files = try json.get("siblings", .array, in: place).map { entry in
      let name = try entry.get("rfilename", .string, in: place)
      guard HubRepository.isPlainName(name) else {
        throw InputError(
          "\(place) 'rfilename'", expected: "a name within the repository",
          found: "'\(printable(name.utf8))'")
      }
      let large = entry["lfs"]
      let size = (large?["size"] ?? entry["size"])?.integer
      if let size, size < 0 {
        throw InputError(
          "\(place) '\(printable(name.utf8))'", expected: "a size of 0 bytes or more",
          found: "\(size)")
      }
      return File(
        name: name, size: size, sha256: large?["sha256"]?.string)
    }
    license = json["cardData"]?["license"]?.string.map { printable($0.utf8) }
  }

  /// Small files that are worth having beside weights: settings, and what tokenizers are made of.
  static let companions =
    FoundModel.settingNames + [
      "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json",
      "merges.txt",
    ]

  /// The files of settings and tokenizers that the repository has.
  package var settings: [File] { files.filter { Self.companions.contains($0.name) } }

  /// Returns the file of weights that loading would choose.
  package func weights(of repository: String) throws -> File {
    let known = FoundModel.weightNames.lazy.compactMap { name in
      files.first { $0.name == name }
    }
    if let first = known.first { return first }
    let others = files.filter { file in
      !file.name.contains("/")
        && [".safetensors", ".bin", ".pt", ".pth"].contains { file.name.hasSuffix($0) }
    }
    guard others.count == 1 else {
      let names = others.map { "'\(printable($0.name.utf8))'" }.joined(separator: ", ")
      throw InputError(
        "repository '\(repository)'", expected: "a file of weights, such as model.safetensors",
        found: others.isEmpty ? "none" : names)
    }
    return others[0]
  }

  /// Returns the shards that an index names.
  package func shards(inIndex bytes: [UInt8], place: String) throws -> [File] {
    let map = try JSON(parsing: bytes, place: place).get("weight_map", .object, in: place)
    let names = Set((map.members ?? []).compactMap(\.value.string))
    return try names.sorted().map { name in
      guard let file = files.first(where: { $0.name == name }), !name.contains("/") else {
        throw InputError(
          place, expected: "shards that the repository has", found: "'\(printable(name.utf8))'")
      }
      return file
    }
  }
}
