import Ground

/// The folders where other programs keep the models that they have downloaded.
///
/// ```swift
/// Caches(.process).hub      // /home/ada/.cache/huggingface/hub
/// ```
public struct Caches: Equatable, Sendable {
  /// huggingface_hub's cache, with a folder for each repository.
  public let hub: Path?
  /// The cache of OpenAI's clip package, which open_clip also uses for what it does not take from
  /// the hub.
  public let clip: Path?
  /// torch.hub's cache, which has DINOv2.
  public let torch: Path?

  /// Finds the folders as huggingface_hub 2.4 (`constants.py`), clip (`clip.load`), open_clip 3.3
  /// (`pretrained.py`) and torch (`hub.get_dir`) do. A folder is nil if no variable tells where it
  /// is.
  public init(_ environment: Environment) {
    let home = environment.path("HOME")
    let cache = environment.caches
    hub =
      environment.path("HF_HUB_CACHE") ?? environment.path("HUGGINGFACE_HUB_CACHE")
      ?? environment.path("HF_HOME").map { $0 / "hub" } ?? cache.map { $0 / "huggingface/hub" }
    clip = home.map { $0 / ".cache/clip" }
    torch = (environment.path("TORCH_HOME") ?? cache.map { $0 / "torch" }).map {
      $0 / "hub/checkpoints"
    }
  }

  /// All of these folders, in the order in which a name is looked up.
  public var folders: [Path] { [hub, clip, torch].compactMap { $0 } }
}
