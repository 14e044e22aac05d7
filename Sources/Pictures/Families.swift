/// The preprocessing of families of models, as their authors evaluate them. (open_clip
/// `model_configs` and `pretrained.py`, the `preprocessor_config.json` files on the hub, DINOv2's
/// `data/transforms.py`.)
extension Preprocessing {
  /// The preprocessing of OpenAI's CLIP, of most of open_clip, and of BioCLIP. (pybioclip's
  /// classifiers over the tree of life differ: they squash the picture, bilinearly and in floating
  /// point.)
  public static func openAI(_ size: Int) -> Preprocessing {
    Preprocessing(size, .crop(shortest: size), .bicubic, .openAI)
  }

  /// DINOv2's preprocessing as evaluated by its authors: the shortest side becomes 256 pixels, of
  /// which the middle 224 are cut out.
  public static func dinoV2(_ size: Int = 224, shortest: Int = 256) -> Preprocessing {
    Preprocessing(size, .crop(shortest: shortest), .bicubic, .imageNet).converting(.first)
  }

  private init(_ size: Int, _ fit: Fit, _ filter: Filter, _ statistics: ChannelStatistics) {
    precondition(Preprocessing.sides.contains(size), "Models take pictures of sensible sizes.")
    self.init(
      known: size, size, fit: fit, filter: filter, mean: statistics.mean,
      deviation: statistics.deviation)
  }
}

/// Mean and deviation of red, green and blue over the pictures that a model was trained on.
public struct ChannelStatistics: Equatable, Sendable {
  public let mean: SIMD3<Float>
  public let deviation: SIMD3<Float>

  public static let openAI = ChannelStatistics(
    mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711])
  public static let imageNet = ChannelStatistics(
    mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
  public static let half = ChannelStatistics(mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
}
