import Ground
import Models

/// A model that looks at pictures and reads texts, ready to use.
///
/// ```swift
/// let clip = try CLIP("ViT-B-16.safetensors")
/// let contrast = try clip.target("red epaulets") - 0.6 * clip.target("bird")
/// let map = try Method.gradCAM(clip, bird, contrast)
/// ```
///
/// Opening reads names, shapes and settings. Each of the two encoders is opened when it is first needed,
/// and embeddings of texts are remembered on disk, so that words that were asked about before do not
/// need the text encoder at all.
public struct CLIP: Sendable {
  public let model: Model
  public let precision: Precision
  /// The embeddings of texts.
  public let texts: TextMemory
  private let opened: Once<ImageEncoder>

  /// The model of a name, a file or a folder, as `fieldmark models` lists them; `demo` is built in and
  /// knows drawn birds.
  public init(
    _ name: Path = "demo", precision: Precision = .fp32, isRemembering: Bool = true,
    in environment: Environment = .process
  ) throws {
    self.init(
      try Model(name, in: Caches(environment)), precision: precision,
      remembering: isRemembering ? .textMemory(environment) : nil)
  }

  /// A model that is open already. Texts are remembered in a folder; nil remembers none. Another image
  /// encoder than the model's usual one sees pictures at another size, for example.
  public init(
    _ model: Model, precision: Precision = .fp32, images: ImageEncoder? = nil,
    remembering folder: Path?
  ) {
    self.model = model
    self.precision = precision
    texts = TextMemory(model, precision: precision, folder: folder)
    opened = Once { try images ?? ImageEncoder(model, precision: precision) }
  }

  /// What makes embeddings of pictures.
  public var images: ImageEncoder { get throws { try opened.value() } }

  /// The embedding of each text, raw; or, where there are sentences with `{}` for the text, the mean of
  /// its embeddings in them, of unit length. (Radford et al. 2021, section 3.1.4.)
  public func embeddings(
    of texts: [String], in sentences: [String] = [], truncating: Bool = false
  ) throws -> Matrix {
    sentences.isEmpty
      ? try self.texts.raw(texts, truncating: truncating)
      : try self.texts.ensembles(texts, sentences, truncating: truncating)
  }
}
