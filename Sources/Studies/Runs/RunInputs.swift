import Encoders
import Ground

/// What every run depends on, whichever command made it: a model, a dataset and a classifier.
///
/// Each property is nil if the run does not say.
public struct RunInputs: Equatable, Sendable {
  /// The name by which the model was given.
  public var model: String?
  /// The fingerprint of the image encoder's weights.
  public var weights: String?
  public var pool: ImageEncoder.Pool?
  /// The index of the block that is explained.
  public var layer: Int?
  /// How pictures are preprocessed, in the form of `Preprocessing.json`.
  public var preprocessing: JSON?
  /// How position embeddings are interpolated.
  public var positions: PositionResizing?
  public var precision: Precision?
  /// The numbers of pictures, classes and so on of the dataset, in words.
  public var dataset: String?
  /// The dataset's fingerprint.
  public var pictures: String?
  public var split: RunSplit?
  /// The fingerprint of the classifier's files.
  public var classifier: String?

  public init() {}

  private static let model = RunSetting<String>.text("model")
  private static let weights = RunSetting<String>.text("weights")
  private static let pool = RunSetting<ImageEncoder.Pool>.choice("pool")
  private static let layer = RunSetting<Int>.integer("layer")
  private static let preprocessing = RunSetting<JSON>.object("preprocessing")
  private static let positions = RunSetting<PositionResizing>.word(
    "positions", "one of \(PositionResizing.all.map(\.name).joined(separator: ", "))", \.name
  ) { name in PositionResizing.all.first { $0.name == name } }
  private static let precision = RunSetting<Precision>.choice("precision")
  private static let dataset = RunSetting<String>.text("dataset")
  private static let pictures = RunSetting<String>.text("pictures")
  private static let split = RunSetting<RunSplit>.choice("split")
  private static let classifier = RunSetting<String>.text("classifier")

  package init(_ settings: RunSettings, of path: Path) throws {
    model = try RunInputs.model.read(settings, of: path)
    weights = try RunInputs.weights.read(settings, of: path)
    pool = try RunInputs.pool.read(settings, of: path)
    layer = try RunInputs.layer.read(settings, of: path)
    preprocessing = try RunInputs.preprocessing.read(settings, of: path)
    positions = try RunInputs.positions.read(settings, of: path)
    precision = try RunInputs.precision.read(settings, of: path)
    dataset = try RunInputs.dataset.read(settings, of: path)
    pictures = try RunInputs.pictures.read(settings, of: path)
    split = try RunInputs.split.read(settings, of: path)
    classifier = try RunInputs.classifier.read(settings, of: path)
  }

  /// The settings in the order in which a reader wants them.
  package var members: [JSON.Member] {
    [
      model.map(RunInputs.model.member), weights.map(RunInputs.weights.member),
      pool.map(RunInputs.pool.member), layer.map(RunInputs.layer.member),
      preprocessing.map(RunInputs.preprocessing.member),
      positions.map(RunInputs.positions.member), precision.map(RunInputs.precision.member),
      dataset.map(RunInputs.dataset.member), pictures.map(RunInputs.pictures.member),
      split.map(RunInputs.split.member), classifier.map(RunInputs.classifier.member),
    ].compactMap { $0 }
  }

  public static func == (a: RunInputs, b: RunInputs) -> Bool {
    RunSettings(a.members) == RunSettings(b.members)
  }
}

/// The pictures of a dataset that a run uses.
public enum RunSplit: String, CaseIterable, Named {
  public static let kind = "a split"

  /// The test pictures, or all pictures if the dataset has none for test.
  case test
  case training
  case all
}
