import Encoders

/// A way of asking where: a name, one line of help, the paper, and one function.
///
///     let map = try Method.gradCAM(view, target)
///     let maps = try Method.gradCAM.maps(view, targets)      // what they share is worked out once
///     Method.all.map(\.name)      // what `fieldmark methods` lists
///
/// A new method is a few lines in a file beside the others and a word in `all`; it then shows up in
/// help, in every command and in every test.
public struct Method: Sendable {
  public let name: String
  public let summary: String
  /// Who came up with it.
  public let paper: String
  private let settings: [Told]
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
    /// How wide GLAS's spots are, in steps of that grid; nil for the paper's 3.
    public var sigma: Float?

    public init(
      seed: UInt64 = 0, masks: Int? = nil, channels: Int? = nil, window: Int? = nil,
      step: Int? = nil, iterations: Int? = nil, points: Int? = nil, sigma: Float? = nil
    ) {
      self.seed = seed
      self.masks = masks
      self.channels = channels
      self.window = window
      self.step = step
      self.iterations = iterations
      self.points = points
      self.sigma = sigma
    }
  }

  /// A method for which one target has nothing to do with another.
  public init(
    _ name: String, _ summary: String, paper: String,
    run: @escaping @Sendable (View, Target, Settings) throws -> Heatmap
  ) {
    self.init(name, summary, paper: paper, taking: [], run: run)
  }

  /// The same with the settings that it takes.
  init(
    _ name: String, _ summary: String, paper: String, taking settings: [Told],
    run: @escaping @Sendable (View, Target, Settings) throws -> Heatmap
  ) {
    self.init(name: name, summary: summary, paper: paper, taking: settings) {
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
    name: String, summary: String, paper: String, taking settings: [Told],
    run: @escaping @Sendable (View, [Target], Settings) throws -> [Heatmap]
  ) {
    self.settings = settings
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
    return try run(view, targets, settings)
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

  public init?(named name: String) {
    guard let method = Method.all.first(where: { $0.name == name }) else { return nil }
    self = method
  }
}
