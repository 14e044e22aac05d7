import Explaining
import Ground

/// The methods that are asked.
enum MethodOptions {
  static let method = Option<Method>(
    "method", placeholder: "NAME", default: .gradCAM,
    "How relevance is spread over the picture; 'fieldmark methods' lists them.")
  static let methods = Option<Listed<Method>>(
    "methods", default: Listed([.gradCAM]), "Ways of asking, with commas between.")

  private static let seed = Option<Int>("seed", default: 0, "Of every draw at random.")
  private static let masks = Option<Int?>(
    "masks", "How many masks rise and lime try; else 4000 and 1000.")
  private static let channels = Option<Int?>(
    "channels", "How many channels gscore-cam tries; else 300.")
  private static let window = Option<Int?>(
    "window", "The side of occlusion's square in pixels that the model sees; else a seventh.")
  private static let step = Option<Int?>("step", "By how much it moves; else half of itself.")
  private static let iterations = Option<Int?>(
    "iterations", "How many steps mask takes; else 300.")
  private static let points = Option<Int?>(
    "points", "How many points a side of GLAS's search grid has; else 15.")
  private static let sigma = Option<Float?>(
    "sigma", "How wide GLAS's spots are, in steps of that grid; else 3.")
  private static let sigmaLight = Option<Float?>(
    "sigma-light", "How wide its spots of light are; else as --sigma says.")
  private static let sigmaShadow = Option<Float?>(
    "sigma-shadow", "How wide its spots of shadow are; else as --sigma says.")
  private static let sigmaSpace = Option<Float?>(
    "sigma-space",
    "How wide each spot is on the map, D in GLAS's eq. 3 being the squared distance; else as --sigma "
      + "says.")
  private static let score = Option<Judge.Scale?>(
    "score",
    "Which number of the model a method reads that changes the picture and looks again. The "
      + "probability is of a class among the classifier's, or of a concept among it and its references. "
      + "Else the probability for glas, and the logit for the others.")

  /// What some methods take besides.
  static let settings = settingsBesideScore + [score.declaration]

  /// The same for a command whose own --score speaks for methods, too.
  static let settingsBesideScore = [
    seed.declaration, masks.declaration, channels.declaration, window.declaration,
    step.declaration, iterations.declaration, points.declaration, sigma.declaration,
    sigmaLight.declaration, sigmaShadow.declaration, sigmaSpace.declaration,
  ]

  static func settings(_ input: Input) -> Method.Settings {
    Method.Settings(
      seed: UInt64(bitPattern: Int64(input[seed])), masks: input[masks],
      channels: input[channels], window: input[window], step: input[step],
      iterations: input[iterations], points: input[points], sigma: input[sigma],
      sigmaLight: input[sigmaLight], sigmaShadow: input[sigmaShadow],
      sigmaSpace: input[sigmaSpace], score: input[score])
  }
}

extension Method: OptionValue, CustomStringConvertible {
  public var description: String { name }
  package static var placeholder: String { "NAME" }
  package static var expectation: String { "a method" }
  package init?(text: String) { self.init(named: text) }
  package static func hint(for text: String) -> String? {
    nearest(to: text, among: all.map(\.name)).map { "did you mean '\($0)'?" }
      ?? "'fieldmark methods' lists them"
  }
}

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
  static var expectation: String { "\(Value.expectation), or several with commas between" }
  static func hint(for text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.first { Value(text: $0) == nil }.flatMap { Value.hint(for: $0) }
  }
}
