import Encoders
import Ground
import Models

/// A way of asking where: a name, one line of help, the paper, and one function.
///
///     let map = try Method.gradCAM(view, target)
///     let maps = try Method.gradCAM.maps(view, targets)      // what they share is worked out once
///     Method.all.map(\.name)      // what `fieldmark methods` lists
///
/// A new method is a few lines in a file beside the others and a word in `all`; it then shows up in
/// help, in every command and in every test.
public struct Method: Named {
  public static let kind = "a method"

  public let name: String
  public let summary: String
  /// Who came up with it.
  public let paper: String
  private let settings: [Told]
  /// What it reads of the model where nobody says; nil of a method that does not look many times.
  private let scale: Judge.Scale?
  private let run: @Sendable (View, [Target], Settings) throws -> [Heatmap]

  /// What some methods take besides.
  public struct Settings: Sendable {
    /// Of every draw at random.
    public var seed: UInt64 = 0
    /// How many random masks `rise` and `lime` try; nil for their papers' 4000 and 1000.
    public var masks: Int?
    /// How many channels `gscore-cam` tries; nil for the paper's 300.
    public var channels: Int?
    /// The side of the square that `occlusion` hides, in pixels that the model sees; nil for a
    /// seventh of the shorter side.
    public var window: Int?
    /// By how many pixels it moves; nil for half of the window.
    public var step: Int?
    /// How many steps `mask` takes downhill; nil for the paper's 300.
    public var iterations: Int?
    /// How many points a side of GLAS's search grid has; nil for the paper's 15.
    public var points: Int?
    /// How wide GLAS's spots of light and shadow and its spots on the map are, in steps of that grid,
    /// where one of them has no width of its own; nil for the paper's 3.
    public var sigma: Float?
    public var sigmaLight: Float?
    public var sigmaShadow: Float?
    public var sigmaSpace: Float?
    /// What methods that look many times read of the model; nil for each method's own.
    public var score: Judge.Scale?

    public init(
      seed: UInt64 = 0, masks: Int? = nil, channels: Int? = nil, window: Int? = nil,
      step: Int? = nil, iterations: Int? = nil, points: Int? = nil, sigma: Float? = nil,
      sigmaLight: Float? = nil, sigmaShadow: Float? = nil, sigmaSpace: Float? = nil,
      score: Judge.Scale? = nil
    ) {
      self.seed = seed
      self.masks = masks
      self.channels = channels
      self.window = window
      self.step = step
      self.iterations = iterations
      self.points = points
      self.sigma = sigma
      (self.sigmaLight, self.sigmaShadow, self.sigmaSpace) = (sigmaLight, sigmaShadow, sigmaSpace)
      self.score = score
    }
  }

  /// A method for which one target has nothing to do with another.
  public init(
    _ name: String, _ summary: String, paper: String,
    run: @escaping @Sendable (View, Target, Settings) throws -> Heatmap
  ) {
    self.init(name, summary, paper: paper, taking: [], run: run)
  }

  /// The same with the settings that it takes, and what it reads of the model if it looks many times.
  init(
    _ name: String, _ summary: String, paper: String, reading scale: Judge.Scale? = nil,
    taking settings: [Told], run: @escaping @Sendable (View, Target, Settings) throws -> Heatmap
  ) {
    self.init(name: name, summary: summary, paper: paper, reading: scale, taking: settings) {
      view, targets, settings in
      try targets.map { target in
        try view.passes.check()
        return try run(view, target, settings)
      }
    }
  }

  /// A method that is given all targets of a picture, and answers each.
  public init(
    name: String, summary: String, paper: String,
    run: @escaping @Sendable (View, [Target], Settings) throws -> [Heatmap]
  ) {
    self.init(name: name, summary: summary, paper: paper, taking: [], run: run)
  }

  private init(
    name: String, summary: String, paper: String, reading scale: Judge.Scale? = nil,
    taking settings: [Told],
    run: @escaping @Sendable (View, [Target], Settings) throws -> [Heatmap]
  ) {
    self.settings = settings + (scale.map { [Method.score($0).told] } ?? [])
    self.scale = scale
    self.name = name
    self.summary = summary
    self.paper = paper
    self.run = run
  }

  public func callAsFunction(
    _ view: View, _ target: Target, _ settings: Settings = Settings()
  ) throws -> Heatmap {
    try maps(view, [target], settings)[0]
  }

  /// Of several targets on one picture: what their maps share is worked out once.
  public func maps(
    _ view: View, _ targets: [Target], _ settings: Settings = Settings()
  ) throws -> [Heatmap] {
    if targets.isEmpty { return [] }
    try view.passes.check()
    var used = settings
    used.score = settings.score ?? scale
    return try run(view, targets, used)
  }

  /// What whoever relies on a target's map should know, a sentence without its full stop each.
  package func notes(_ target: Target, _ settings: Settings) -> [String] {
    guard lacksProbability(target, settings) else { return [] }
    return [
      "\(name) read the logit: '\(printable(target.name.utf8))' has no probability without a "
        + "classifier or references"
    ]
  }

  /// Whether a probability was to be read of a target that has none, so that its logit is.
  private func lacksProbability(_ target: Target, _ settings: Settings) -> Bool {
    (settings.score ?? scale) == .probability && scale != nil && target.probability == nil
  }

  /// What it takes for one target, as it is used: `settings`, with what is really read of the model.
  package func settings(
    _ settings: Settings, for target: Target, _ encoder: ImageEncoder, block: Int
  ) throws -> [JSON.Member] {
    var used = settings
    if lacksProbability(target, settings) { used.score = .logit }
    return try self.settings(used, encoder, block: block)
  }

  /// What it takes besides a picture and a target, as it is used by an encoder at a block: whatever
  /// nobody set has its own default.
  public func settings(
    _ settings: Settings, _ encoder: ImageEncoder, block: Int
  ) throws -> [JSON.Member] {
    try self.settings.map { try $0.member(settings, encoder, block) }
  }

  /// Every method there is, in the order in which they are listed.
  public static let all: [Method] =
    gradientMethods + attentionMethods + patchMethods + inputMethods + scoreMethods + maskMethods
}
