import Encoders
import Explaining
import Ground
import Models
import Parsing
import Pictures
import Words

/// The options of every command that runs a model: which model, at what precision, and on how many
/// cores.
struct ModelOptions: OptionGroup {
  let model = Option<Path>(
    "model", short: "m", placeholder: "MODEL", default: "demo", role: .spelled,
    "The model: a checkpoint file, a folder, or a name that 'fieldmark models' lists. demo is built in; it "
      + "knows drawn birds and no photographs.")
  let config = Option<Path?>(
    "model-config", setting: "config",
    "A config file of open_clip or transformers, for a checkpoint whose shapes do not tell everything."
  )
  let activation = Option<Activation?>(
    "activation",
    "The activation function inside the blocks, if the checkpoint does not tell which one the model was "
      + "trained with.")
  let normalizer = Option<Normalizer?>(
    "normalizer", "How texts are cleaned before they are cut into tokens.")
  let precision = Option<Precision>(
    "precision", default: .fp32,
    "The precision of matrix products. bf16 is about twice as fast, and its embeddings deviate by about "
      + "1 %.")
  let threads = Option<Int?>(
    "threads", role: .silent,
    "How many processor cores are used. Without it, all cores are used that the machine, its control group "
      + "or Slurm grants.")

  /// Uses as many cores as `--threads` or FIELDMARK_THREADS asks for, or else as many as are
  /// granted.
  static func takeCores(_ input: Input, _ environment: Environment) throws {
    if let threads = input[ModelOptions.threads], !(1...1024).contains(threads) {
      throw InputError(
        "option --threads", expected: "1 to 1024 cores", found: "\(threads)", kind: .words)
    }
    let named = environment.text("FIELDMARK_THREADS").flatMap { Int($0) }
    Cores.allowed = input[ModelOptions.threads] ?? named ?? Cores.granted(environment)
  }

  /// Opens the model of `--model` and sets the number of cores. Whether there are photographs is
  /// looked up only if the model has a caution about them.
  static func open(
    _ input: Input, _ environment: Environment, _ output: Output,
    photographs: @autoclosure () -> Bool = false
  ) throws -> Model {
    try takeCores(input, environment)
    var model = try Model(
      input[ModelOptions.model], in: Caches(environment),
      Model.Overrides(
        config: input[ModelOptions.config], activation: input[ModelOptions.activation],
        normalizer: input[ModelOptions.normalizer]))
    if model.caution != nil, photographs() { model = model.askedAboutPhotographs }
    model.notes.forEach(output.note)
    return model
  }
}

/// The further options of commands that run a model on pictures.
struct PictureOptions: OptionGroup {
  let fit = Option<Fit?>(
    "fit",
    "How a picture that is not square is fitted to the model's input: its middle is cropped, the picture "
      + "is squashed or padded, or the model is run on overlapping tiles. Without it, the model's own "
      + "preprocessing decides.")
  let resolution = Option<Resolution?>(
    "resolution",
    "The size of the model's input in pixels; position embeddings are interpolated, and a larger size gives "
      + "a finer map. native takes each picture's own size, as Finer-CAM's script does: at most 1,000 pixels "
      + "on the longer side, each side rounded up to whole patches.")
  let pool = Option<ImageEncoder.Pool>(
    "pool", default: .class,
    "Which embedding is scored: that of the class token, or the mean of the patches.")
  let positions = Option<PositionResizing?>(
    "positions",
    "How position embeddings are interpolated. Without it, they are interpolated as the model's own code "
      + "does it.")

  typealias Fit = PictureFit

  static func encoder(_ input: Input, _ model: Model) throws -> ImageEncoder {
    let encoder = try ImageEncoder(model, precision: input[ModelOptions.precision])
    let (fit, size) = (input[PictureOptions.fit], input[PictureOptions.resolution])
    if case .native = size, fit != nil {
      throw InputError(
        "option --fit", expected: "to be used without --resolution native", found: "both",
        hint: "at its native size the whole picture is seen, in its own shape", kind: .words)
    }
    return try encoder.with(
      pool: input[PictureOptions.pool], positions: input[PictureOptions.positions]
    ).seeing(fit, size)
  }

  /// What the encoder sees of a picture: one view, or several tiles with `--fit tiles`.
  static func tiles(
    _ input: Input, _ encoder: ImageEncoder, _ picture: Picture, block: Int? = nil,
    _ passes: Passes = .silent
  ) throws -> Tiles {
    input[PictureOptions.fit] == .tiles
      ? try Tiles(encoder, picture, block: block, passes: passes)
      : Tiles(View(encoder, picture, block: block, passes: passes))
  }

  /// Refuses `--resolution native` for commands that compare the maps of several pictures place by
  /// place.
  static func refuseNative(_ input: Input) throws {
    guard case .native = input[PictureOptions.resolution] else { return }
    throw InputError(
      "option --resolution", expected: "one size for all pictures", found: "native",
      hint: "an audit compares the maps of several pictures with each other", kind: .words)
  }

  /// Refuses tiles for embeddings: the mean of several embeddings is not one that the model would
  /// give.
  static func refuseTiles(_ input: Input) throws {
    guard input[PictureOptions.fit] == .tiles else { return }
    throw InputError(
      "option --fit", expected: "crop, squash or pad for an embedding", found: "tiles",
      hint: "only highlight, compare and classify look at tiles", kind: .words)
  }
}

typealias Resolution = InputSize

extension InputSize: OptionValue {
  package static let placeholder = "N|WxH|native"
  package static let completion = Completion.words(["native"])
  package static func hint(for text: String) -> String? {
    nearest(to: text, among: ["native"]).map { "did you mean '\($0)'?" }
  }
}

extension PictureFit: OptionValue {}
extension Precision: OptionValue {}
extension ImageEncoder.Pool: OptionValue {}
extension PositionResizing: OptionValue {}
extension Activation: OptionValue {}
extension Normalizer: OptionValue {}
