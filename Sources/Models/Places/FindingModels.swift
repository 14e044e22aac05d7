import Ground

/// What `--model` may be, and where it is looked for.
///
///     demo                                           the model that is built in
///     ViT-B-16.pt, photos/model.safetensors          a file
///     folder, local-dir:folder                       a folder in the layout of a repository
///     hf-hub:org/name, org/name, org/name@revision   a repository in huggingface_hub's cache
///     ViT-B-16:openai, ViT-B/16, ViT-B-16-quickgelu  open_clip's and OpenAI's names
///     dinov2_vitb14, dinov2_vitb14_reg               torch.hub's names
extension FoundModel {
  public init(_ name: Path, in caches: Caches) throws {
    let text = String(decoding: name.bytes, as: UTF8.self)
    if text == FoundModel.demo.name {
      self = .demo
    } else if let folder = text.dropping(prefix: "local-dir:") {
      self = try .folder(Path(folder), name: text)
    } else if let repository = text.dropping(prefix: "hf-hub:") {
      self = try .inHub(repository, caches)
    } else if name.isFolder {
      self = try .lyingIn(name)
    } else if name.isFile {
      self = .file(name, name: name.description)
    } else if let kind = name.kind {
      throw InputError(
        "model '\(name)'", expected: "a file, a folder or a name", found: kind.description)
    } else if let found = try Self.byTag(text, caches) ?? Self.inTorchHub(text, caches) {
      self = found
    } else if text.contains("/"), let root = caches.hub,
      HubRepository(String(text.prefix { $0 != "@" }), in: root) != nil
    {
      self = try .inHub(text, caches)
    } else {
      throw Self.unknown(text, caches)
    }
  }

  /// Returns the model in a folder, which is either a repository of the hub's cache or a folder of
  /// files like one snapshot.
  private static func lyingIn(_ folder: Path) throws -> FoundModel {
    let isRepository = (folder / "snapshots").isFolder && (folder / "refs").isFolder
    if isRepository, let resolved = folder.resolved,
      let repository = HubRepository.all(in: resolved.folder).first(where: {
        $0.folder == resolved
      }), let found = try FoundModel.repository(repository, revision: "main")
    {
      return found
    }
    return try .folder(folder, name: folder.description)
  }

  private static func inHub(_ text: String, _ caches: Caches) throws -> FoundModel {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let revision = parts.count > 1 ? parts[1] : "main"
    guard let root = caches.hub, let repository = HubRepository(parts[0], in: root) else {
      throw InputError(
        "model '\(printable(text.utf8))'", expected: "hf-hub:ORG/NAME",
        found: "'\(printable(parts[0].utf8))'", kind: .words)
    }
    if let found = try FoundModel.repository(repository, revision: revision) { return found }
    throw unknown(text, caches, download: repository.name + (parts.count > 1 ? "@" + revision : ""))
  }

  /// Returns the model of a name that open_clip or OpenAI use. Without a tag the name means
  /// OpenAI's weights if they are found, and otherwise the only weights that are found.
  private static func byTag(_ text: String, _ caches: Caches) throws -> FoundModel? {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let model = parts.first else { return nil }
    let candidates =
      parts.count > 1
      ? [Pretrained(model, tag: parts[1])].compactMap { $0 }
      : Pretrained.all.filter { $0.model == Pretrained.architecture(model) }
    guard let first = candidates.first else { return nil }
    let found = try candidates.compactMap { pretrained in
      try inCaches(
        pretrained, caches, asksForQuickGELU: model.hasSuffix(Pretrained.quickGELUSuffix))
    }
    if found.isEmpty { throw unknown(text, caches, download: first.repository) }
    if let best = found.first(where: { $0.pretrained?.tag == "openai" }) { return best }
    guard found.count == 1 else {
      throw InputError(
        "model '\(printable(text.utf8))'", expected: "a tag, as there are several",
        found: found.map { "'\($0.name)'" }.joined(separator: ", "), kind: .words)
    }
    return found[0]
  }

  private static func inCaches(
    _ pretrained: Pretrained, _ caches: Caches, asksForQuickGELU: Bool
  ) throws -> FoundModel? {
    var found: FoundModel?
    if let root = caches.hub, let repository = HubRepository(pretrained.repository, in: root) {
      found = try .repository(repository, revision: "main")
    }
    if found == nil, let file = pretrained.file, let path = caches.clip.map({ $0 / Path(file) }),
      path.isFile
    {
      found = .file(path, name: pretrained.name)
    }
    return found.map {
      FoundModel(
        name: pretrained.name, weights: $0.weights, settings: $0.settings,
        pretrained: pretrained, asksForQuickGELU: asksForQuickGELU)
    }
  }

  /// Returns the DINOv2 model of a name that torch.hub has. The file of `..._reg` says `reg4`.
  private static func inTorchHub(_ text: String, _ caches: Caches) -> FoundModel? {
    guard text.hasPrefix("dinov2_"), HubRepository.isPlainName(text) else { return nil }
    let stem = text.hasSuffix("_reg") ? text + "4" : text
    guard let path = caches.torch.map({ $0 / Path(stem + "_pretrain.pth") }), path.isFile else {
      return nil
    }
    return .file(path, name: text)
  }

  private static func unknown(
    _ text: String, _ caches: Caches, download repository: String? = nil
  ) -> InputError {
    let names = all(in: caches).flatMap { [$0.name, $0.pretrained?.name ?? $0.name] }
    let suggestion = nearest(to: text, among: names)
    let get = "'fieldmark models get hf-hub:\(repository ?? "ORG/NAME")' downloads"
    let hint =
      repository == nil
      ? suggestion.map { "did you mean '\($0)'?" } ?? "\(get) from the hub" : "\(get) it"
    let folders = caches.folders.map { "'\($0)'" }.joined(separator: ", ")
    return InputError(
      "model '\(printable(text.utf8))'",
      expected: "a file, a folder or a model in \(folders.isEmpty ? "a cache" : folders)",
      found: "none of that name", hint: hint)
  }
}

extension String {
  /// Returns what follows a prefix; nil if the text does not begin with it.
  func dropping(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
