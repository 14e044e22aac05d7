import Ground

/// The built-in model, and every file of weights in the caches of other programs, whether Fieldmark
/// reads its layout or not, in the order of the caches and of names. What cannot be opened is left
/// out.
extension FoundModel {
  public static func all(in caches: Caches) -> [FoundModel] {
    let repositories = caches.hub.map { HubRepository.all(in: $0) } ?? []
    let hub = repositories.compactMap { repository -> FoundModel? in
      let revision = repository.snapshot("main") == nil ? onlyCommit(of: repository) : "main"
      return revision.flatMap { try? FoundModel.repository(repository, revision: $0) }
    }
    let clip = weights(in: caches.clip).map { path in
      let pretrained = Pretrained.all.first { $0.file.map { Path($0) } == path.lastComponent }
      return FoundModel(
        name: pretrained?.name ?? path.description, weights: path, pretrained: pretrained)
    }
    let torch = weights(in: caches.torch).map { path in
      FoundModel(name: torchName(path.lastComponent) ?? path.description, weights: path)
    }
    return [.demo] + hub + clip + torch
  }

  /// Returns a commit of a repository without `main`: the last one in alphabetical order.
  private static func onlyCommit(of repository: HubRepository) -> String? {
    (repository.folder / "snapshots").namesIfAny.map(\.description).last(
      where: HubRepository.isCommit)
  }

  private static func weights(in folder: Path?) -> [Path] {
    guard let folder else { return [] }
    return folder.namesIfAny.map { folder / $0 }.filter { path in
      [".pt", ".pth", ".bin", ".safetensors"].contains { path.hasSuffix($0) } && path.isFile
    }
  }

  /// Returns `dinov2_vitb14_reg` for `dinov2_vitb14_reg4_pretrain.pth`; nil for a file of another
  /// model.
  private static func torchName(_ file: Path) -> String? {
    let text = file.description
    guard text.hasPrefix("dinov2_"), text.hasSuffix("_pretrain.pth") else { return nil }
    let stem = String(text.dropLast("_pretrain.pth".count))
    return stem.hasSuffix("_reg4") ? String(stem.dropLast()) : stem
  }
}
