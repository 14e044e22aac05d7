import Datasets
import Encoders
import Explaining
import Ground
import Models
import Pictures
import Words

/// What every command that runs a model takes: which one, at what precision, on how many cores.
enum ModelOptions {
  static let model = Option<Path>(
    "model", short: "m", placeholder: "MODEL", default: "demo",
    "A file, a folder, or a name that 'fieldmark models' lists; demo is built in, and knows drawn birds."
  )
  static let config = Option<Path?>(
    "model-config", "A config of open_clip or transformers, for what shapes do not tell.")
  static let activation = Option<Activation?>(
    "activation", "What was applied between the products of a block in training.")
  static let normalizer = Option<Normalizer?>("normalizer", "How texts are cleaned.")
  static let precision = Option<Precision>(
    "precision", default: .fp32,
    "Of the numbers that are multiplied; bf16 is twice as fast, and off by about 1 %.")
  static let threads = Option<Int?>(
    "threads", "Cores to use; else what the machine, its control group or Slurm grants.")

  static let declarations = [
    model.declaration, config.declaration, activation.declaration, normalizer.declaration,
    precision.declaration, threads.declaration,
  ]

  /// Takes as many cores as are asked for, or else granted.
  static func takeCores(_ input: Input, _ environment: Environment) throws {
    if let threads = input[threads], !(1...1024).contains(threads) {
      throw InputError(
        "option --threads", expected: "1 to 1024 cores", found: "\(threads)", kind: .words)
    }
    let named = environment.text("FIELDMARK_THREADS").flatMap { Int($0) }
    Cores.allowed = input[threads] ?? named ?? Cores.granted(environment)
  }

  /// Opens the model that is named, and takes as many cores as are granted. Whether photographs are
  /// asked about is looked up only where that matters.
  static func open(
    _ input: Input, _ environment: Environment, _ output: Output,
    photographs: @autoclosure () -> Bool = false
  ) throws -> Model {
    try takeCores(input, environment)
    var model = try Model(
      input[model], in: Caches(environment),
      Model.Overrides(
        config: input[config], activation: input[activation], normalizer: input[normalizer]))
    if model.caution != nil, photographs() { model = model.askedAboutPhotographs }
    model.notes.forEach(output.note)
    return model
  }
}

/// What every command that looks at pictures takes besides.
enum PictureOptions {
  static let fit = Option<Fit?>(
    "fit", "How a picture that is not square meets the model; else as it was trained.")
  static let resolution = Option<Resolution?>(
    "resolution",
    "Runs the model at this size, its positions stretched: a finer grid. native is each picture's own, as "
      + "Finer-CAM's script has it: at most 1,000 pixels long, each side up to whole patches.")
  static let pool = Option<ImageEncoder.Pool>(
    "pool", default: .class, "Which embedding counts: the class token's, or the patches' mean.")
  static let positions = Option<PositionResizing?>(
    "positions", "How positions are stretched; else as the model's own code does it.")

  static let declarations = [
    fit.declaration, resolution.declaration, pool.declaration, positions.declaration,
  ]

  enum Fit: String, Choice { case crop, squash, pad, tiles }

  static func encoder(_ input: Input, _ model: Model) throws -> ImageEncoder {
    let encoder = try ImageEncoder(model, precision: input[ModelOptions.precision])
    var preprocessing = encoder.preprocessing
    switch input[resolution] {
    case .native:
      guard input[fit] == nil else {
        throw InputError(
          "option --fit", expected: "none beside --resolution native", found: "one",
          hint: "all of the picture is seen there, in its own shape", kind: .words)
      }
      return try encoder.with(pool: input[pool], positions: input[positions]).native()
    case .sides(let width, let height):
      preprocessing = try preprocessing.resized(width: width, height: height)
    case nil: break
    }
    switch input[fit] {
    case .crop where preprocessing.width == preprocessing.height,
      .tiles where preprocessing.width == preprocessing.height:
      preprocessing = try preprocessing.fitting(.crop(shortest: preprocessing.width))
    case .crop, .tiles: preprocessing = try preprocessing.fitting(.cover)
    case .squash: preprocessing = try preprocessing.fitting(.squash)
    case .pad: preprocessing = try preprocessing.fitting(.pad(.black))
    case nil: break
    }
    return try encoder.with(preprocessing, pool: input[pool], positions: input[positions])
  }

  /// What the encoder sees of a picture: tiles, or as ever one view.
  static func tiles(
    _ input: Input, _ encoder: ImageEncoder, _ picture: Picture, block: Int? = nil,
    _ passes: Passes = .silent
  ) throws -> Tiles {
    input[fit] == .tiles
      ? try Tiles(encoder, picture, block: block, passes: passes)
      : Tiles(View(encoder, picture, block: block, passes: passes))
  }

  /// For what holds the maps of several pictures against each other, place by place.
  static func refuseNative(_ input: Input) throws {
    guard case .native = input[resolution] else { return }
    throw InputError(
      "option --resolution", expected: "one size for all pictures", found: "native",
      hint: "an audit holds the maps of several pictures against each other", kind: .words)
  }

  /// For embeddings: a mean of several is none that the model would give.
  static func refuseTiles(_ input: Input) throws {
    guard input[fit] == .tiles else { return }
    throw InputError(
      "option --fit", expected: "crop, squash or pad for an embedding", found: "tiles",
      hint: "highlight, compare and classify look at tiles", kind: .words)
  }
}

/// A size in pixels: `336`, or `448x224`, width first; or each picture's own.
enum Resolution: OptionValue {
  case sides(width: Int, height: Int)
  case native

  static let placeholder = "N|WxH|native"
  static let expectation = "a number of pixels, two as 448x224, or native"

  init?(text: String) {
    guard text != "native" else {
      self = .native
      return
    }
    let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard sides.count <= 2, let width = sides[0], let height = sides[sides.count - 1] else {
      return nil
    }
    self = .sides(width: width, height: height)
  }
}

extension Precision: Choice {
  public var description: String { rawValue }
}

extension ImageEncoder.Pool: Choice {
  public var description: String { rawValue }
}

extension PositionResizing: OptionValue {
  package static var placeholder: String { all.map(\.name).joined(separator: "|") }
  package static var expectation: String { "one of \(all.map(\.name).joined(separator: ", "))" }
  package init?(text: String) {
    guard let way = PositionResizing.all.first(where: { $0.name == text }) else { return nil }
    self = way
  }
}
