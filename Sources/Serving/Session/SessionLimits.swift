/// How much a session keeps in memory.
///
/// ```swift
/// var limits = SessionLimits()
/// limits.views = 1 << 28      // a quarter of a gibibyte for pictures as models see them
/// ```
public struct SessionLimits: Equatable, Sendable {
  /// The bytes of all uploaded files together. The oldest uploads are forgotten first.
  public var uploads = 1 << 30
  /// The pixels of one picture.
  public var pixels = 50_000_000
  /// The bytes of decoded pictures.
  public var decoded = 1 << 28
  /// The bytes of pictures that were encoded again to be shown.
  public var encoded = 1 << 26
  /// The bytes of pictures as models see them, with what their maps share.
  public var views = 1 << 29
  /// The models that are open besides the one that the session began with.
  public var models = 1
  /// The texts of each model of which the embedding is kept.
  public var texts = 4096

  public init() {}
}
