import Ground

/// Where a model is stored: the file of its weights, what lies beside it, and what its name tells.
///
/// ```swift
/// let found = try FoundModel("ViT-B-16:openai", in: Caches(.process))
/// found.weights      // /home/ada/.cache/clip/ViT-B-16.pt
/// ```
public struct FoundModel: Equatable, Sendable {
  /// A name by which the model is found again.
  public let name: String
  /// The file to open: weights, or the index of several files of weights.
  public let weights: Path
  /// The files of settings that belong to the weights, for architecture and preprocessing.
  public let settings: [Path]
  /// What is known of the weights of this tag.
  public let pretrained: Pretrained?
  /// Whether the name asks for QuickGELU, as open_clip's `ViT-B-16-quickgelu` does.
  public let asksForQuickGELU: Bool
  /// Whether the model is part of the program. Its paths are then only names.
  public let isBuiltIn: Bool

  init(
    name: String, weights: Path, settings: [Path] = [], pretrained: Pretrained? = nil,
    asksForQuickGELU: Bool = false, isBuiltIn: Bool = false
  ) {
    self.name = name
    self.weights = weights
    self.settings = settings
    self.pretrained = pretrained
    self.asksForQuickGELU = asksForQuickGELU
    self.isBuiltIn = isBuiltIn
  }

  /// The names that files of weights have in repositories, the best first. This is open_clip's
  /// order (3.3, `factory.py`), with transformers' indexes of shards in between.
  public static let weightNames = [
    "open_clip_model.safetensors", "open_clip_pytorch_model.safetensors",
    "open_clip_pytorch_model.bin", "open_clip_pytorch_model.pth", "model.safetensors",
    "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json",
    "pytorch_model.pth", "model.pth",
  ]

  /// The files of settings that are read.
  public static let settingNames = [
    "open_clip_config.json", "config.json", "preprocessor_config.json",
  ]

  /// The size of the file of weights in bytes. For an index it is the size of all the files beside
  /// it that have the ending of its weights.
  public var bytes: Int {
    if isBuiltIn { return FoundModel.builtInBytes }
    guard weights.hasSuffix(".index.json") else { return weights.size ?? 0 }
    let ending = weights.lastComponent == "model.safetensors.index.json" ? ".safetensors" : ".bin"
    let shards = weights.folder.namesIfAny.filter { $0.hasSuffix(ending) }
    return shards.reduce(0) { $0 + ((weights.folder / $1).size ?? 0) }
  }

  /// Returns the model in a file of weights. Settings beside the file count only if it has a name
  /// that repositories use; in a folder of downloads they would belong to another model.
  static func file(_ weights: Path, name: String) -> FoundModel {
    let isInRepository = weightNames.contains { weights.lastComponent == Path($0) }
    let beside = isInRepository ? settingNames.map { weights.folder / Path($0) } : []
    return FoundModel(name: name, weights: weights, settings: beside.filter(\.isFile))
  }

  /// Returns the model in a folder that has the layout of a repository.
  static func folder(_ folder: Path, name: String) throws -> FoundModel {
    if let known = weightNames.first(where: { (folder / Path($0)).isFile }) {
      return file(folder / Path(known), name: name)
    }
    let others = folder.namesIfAny.filter { entry in
      [".safetensors", ".bin", ".pt", ".pth"].contains { entry.hasSuffix($0) }
        && (folder / entry).isFile
    }
    guard others.count <= 1 else {
      throw InputError(
        "folder '\(folder)'", expected: "one file of weights",
        found: others.map { "'\($0)'" }.joined(separator: ", "), hint: "name one of them")
    }
    guard let only = others.first else {
      throw InputError(
        "folder '\(folder)'", expected: "a file of weights, such as model.safetensors",
        found: "none")
    }
    let settings = settingNames.map { folder / Path($0) }.filter(\.isFile)
    return FoundModel(name: name, weights: folder / only, settings: settings)
  }

  /// Returns the model that a repository of the hub has at a revision; nil if it has no weights.
  static func repository(_ repository: HubRepository, revision: String) throws -> FoundModel? {
    guard let snapshot = repository.snapshot(revision) else { return nil }
    let suffix = revision == "main" ? "" : "@" + revision
    // Every file that might be opened is checked, so that no link leads out of the cache.
    var names = Set<Path>()
    for entry in snapshot.namesIfAny {
      if try repository.file(entry, in: snapshot) != nil { names.insert(entry) }
    }
    guard let weights = weightNames.first(where: { names.contains(Path($0)) }) else { return nil }
    return FoundModel(
      name: "hf-hub:\(repository.name)\(suffix)", weights: snapshot / Path(weights),
      settings: settingNames.map { Path($0) }.filter(names.contains).map { snapshot / $0 },
      pretrained: Pretrained.all.first { $0.repository == repository.name })
  }
}
