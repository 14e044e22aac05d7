import Encoders
import Explaining
import Ground
import Models
import Pictures

/// What a server knows while it runs: pictures, models, and what was computed of them. Any number of
/// threads may ask it.
///
/// ```swift
/// let session = Session(try CLIP("demo"))
/// session.pictures.all.count      // 8 birds that are built in
/// ```
public final class Session: Sendable {
  package let pictures: PictureShelf
  package let models: OpenedModels
  /// The classifier over the first model's embeddings, if there is one.
  package let classifier: Classifier?
  /// Options of the command line that every answer depends on, such as `--precision bf16`. They
  /// follow in the command lines that answers tell.
  package let options: [String]
  package let views: KeptViews

  /// - Parameter files: The pictures of the command line.
  /// - Parameter caches: Where further models are looked for; nil for none.
  public init(
    _ clip: CLIP, files: [Path] = [], classifier: Classifier? = nil, in caches: Caches? = nil,
    options: [String] = [], _ limits: SessionLimits = SessionLimits()
  ) {
    pictures = PictureShelf(files: files, limits)
    models = OpenedModels(clip, in: caches, limits)
    self.classifier = classifier
    self.options = options
    views = KeptViews(limits)
  }

  /// Looks at the first picture, so that the weights are read before anyone waits for an answer.
  public func warmUp() throws {
    let (model, picture) = (models.first, pictures.all[0])
    if model.model.architecture.text != nil { _ = try model.targets(of: ["bird"]) }
    try look(at: picture, model, block: model.clip.images.blocks - 1) {
      _ = $0.views.map(\.activation)
    }
  }

  /// Calls the body with a picture as a model sees it.
  func look<Value: Sendable>(
    at picture: ShelfPicture, _ model: OpenedModel, block: Int, fit: PictureFit? = nil,
    size: InputSize? = nil, goesOn: @escaping @Sendable () -> Bool = { true },
    _ body: (Tiles) throws -> Value
  ) throws -> Value {
    let key = KeptViews.Key(
      picture: picture.id, model: model.model.name, block: block, fit: fit, size: size)
    return try views.with(key, goesOn: goesOn) { passes in
      let encoder = try model.encoder(fit, size)
      // Maps are drawn on the picture that the model sees.
      let seen = encoder.preprocessing.converted(try pictures.pixels(of: picture))
      return fit == .tiles
        ? try Tiles(encoder, seen, block: block, passes: passes)
        : Tiles(View(encoder, seen, block: block, passes: passes))
    } _: {
      try body($0)
    }
  }

  /// Forgets an upload and everything that was computed of it.
  func forget(_ id: String) throws {
    try pictures.remove(id)
    views.forget(picture: id)
  }
}
