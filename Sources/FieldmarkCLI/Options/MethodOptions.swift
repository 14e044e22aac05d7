import Explaining
import Models
import Parsing

/// The methods that are asked.
struct MethodOptions: OptionGroup {
  let method = Option<Method>(
    "method", default: .gradCAM, role: .spelled,
    "The explanation method; 'fieldmark methods' lists them.")
  let settings = Settings()

  /// What some methods take besides.
  struct Settings: OptionGroup {
    let own = OwnSettings()
    let score = Option<Judge.Scale?>(
      "score",
      "Which output of the model is read by methods that change the picture and run the model again. The "
        + "probability is that of a class among the classifier's classes, or of a concept among it and its "
        + "references. Without it, glas reads the probability and the other methods the logit.")
  }

  /// The same for a command whose own --score speaks for methods, too.
  struct OwnSettings: OptionGroup {
    let seed = Option<Int>("seed", default: 0, "The seed of all random draws.")
    let masks = Option<Int?>(
      "masks",
      "How many masks rise and lime draw. Without it, rise draws 4000 and lime draws 1000.")
    let channels = Option<Int?>(
      "channels", "How many channels gscore-cam tries. Without it, gscore-cam tries 300.")
    let window = Option<Int?>(
      "window",
      "The side of occlusion's square, in pixels of the model's input. Without it, the side is a seventh "
        + "of the input's.")
    let step = Option<Int?>(
      "step",
      "How many pixels occlusion's square moves at a time. Without it, the square moves by half its side."
    )
    let iterations = Option<Int?>(
      "iterations", "How many steps of optimization mask takes. Without it, mask takes 300.")
    let points = Option<Int?>(
      "points", "How many points a side of GLAS's search grid has. Without it, a side has 15.")
    let sigma = Option<Float?>(
      "sigma",
      "How wide GLAS's spots are, in steps of its search grid. Without it, they are 3 wide.")
    let sigmaLight = Option<Float?>(
      "sigma-light", "How wide GLAS's spots of light are, where that differs from --sigma.")
    let sigmaShadow = Option<Float?>(
      "sigma-shadow", "How wide GLAS's spots of shadow are, where that differs from --sigma.")
    let sigmaSpace = Option<Float?>(
      "sigma-space",
      "How wide each of GLAS's spots is on the map, where that differs from --sigma; D in the paper's "
        + "eq. 3 is the squared distance.")
  }

  static func settings(_ input: Input) -> Method.Settings {
    Method.Settings(
      seed: UInt64(bitPattern: Int64(input[OwnSettings.seed])), masks: input[OwnSettings.masks],
      channels: input[OwnSettings.channels], window: input[OwnSettings.window],
      step: input[OwnSettings.step],
      iterations: input[OwnSettings.iterations], points: input[OwnSettings.points],
      sigma: input[OwnSettings.sigma],
      sigmaLight: input[OwnSettings.sigmaLight], sigmaShadow: input[OwnSettings.sigmaShadow],
      sigmaSpace: input[OwnSettings.sigmaSpace], score: input[Settings.score])
  }
}

extension Method: OptionValue {
  package static var command: String? { "methods" }
}

extension Judge.Scale: OptionValue {}

/// Several values with commas between.
struct Listed<Value: OptionValue & CustomStringConvertible>: OptionValue, CustomStringConvertible {
  let values: [Value]

  init(_ values: [Value]) { self.values = values }

  init?(text: String) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let values = parts.compactMap { Value(text: $0) }
    guard values.count == parts.count else { return nil }
    self.values = values
  }

  var description: String { values.map(\.description).joined(separator: ",") }
  static var placeholder: String { "\(Value.placeholder),..." }
  static var completion: Completion {
    if case .words(let words) = Value.completion { .list(words) } else { .none }
  }
  static var expectation: String { "\(Value.expectation), or several with commas between" }
  static func hint(for text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.first { Value(text: $0) == nil }.flatMap { Value.hint(for: $0) }
  }
}
