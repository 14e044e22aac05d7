import Ground
import Models

/// A vision-language model with an encoder for pictures and one for texts, ready to use.
///
/// ```swift
/// let clip = try CLIP("ViT-B-16.safetensors")
/// let contrast = try clip.target("red epaulets") - 0.6 * clip.target("bird")
/// let map = try Method.gradCAM(clip, bird, contrast)
/// ```
///
/// Opening a model reads only names, shapes and settings. Each of the two encoders is loaded when
/// it is first needed. Embeddings of texts are cached on disk, so texts that were embedded before
/// do not need the text encoder at all.
public struct CLIP: Sendable {
  public let model: Model
  public let precision: Precision
  /// The embeddings of texts.
  public let texts: TextMemory
  private let opened: Once<ImageEncoder>

  /// Opens the model that a name, a file or a folder stands for, as `fieldmark models` lists them.
  /// `demo` is built in and knows drawn birds.
  public init(
    _ name: Path = "demo", precision: Precision = .fp32, isRemembering: Bool = true,
    in environment: Environment = .process
  ) throws {
    self.init(
      try Model(name, in: Caches(environment)), precision: precision,
      remembering: isRemembering ? .textMemory(environment) : nil)
  }

  /// Uses a model that is already open. Embeddings of texts are cached in `folder`; nil caches
  /// none. `images` replaces the model's usual image encoder, for example by one for pictures of
  /// another size.
  public init(
    _ model: Model, precision: Precision = .fp32, images: ImageEncoder? = nil,
    remembering folder: Path?
  ) {
    self.model = model
    self.precision = precision
    texts = TextMemory(model, precision: precision, folder: folder)
    opened = Once { try images ?? ImageEncoder(model, precision: precision) }
  }

  /// The image encoder, loaded when it is first needed.
  public var images: ImageEncoder { get throws { try opened.value() } }

  /// Returns the raw embedding of each text. If there are `sentences` with `{}` for the text,
  /// returns instead the mean of each text's embeddings in them, scaled to unit length. (Radford
  /// et al. 2021, section 3.1.4.)
  public func embeddings(
    of texts: [String], in sentences: [String] = [], truncating: Bool = false
  ) throws -> Matrix {
    sentences.isEmpty
      ? try self.texts.raw(texts, truncating: truncating)
      : try self.texts.ensembles(texts, sentences, truncating: truncating)
  }
}
