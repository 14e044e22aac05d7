import Encoders
import Ground
import Models

/// A way of asking where: a name, one line of help, the paper, and one function.
///
/// ```swift
/// let map = try Method.gradCAM(view, target)
/// let maps = try Method.gradCAM.maps(view, targets)      // what they share is worked out once
/// Method.all.map(\.name)      // what `fieldmark methods` lists
/// ```
///
/// A new method is a few lines in a file beside the others and a word in `all`; it then shows up in
/// help, in every command and in every test.
public struct Method: Named {
  public static let kind = "a method"

  public let name: String
  public let summary: String
  /// Who came up with it.
  public let paper: String
  /// What it takes besides a picture and a target.
  let takes: [SettingDeclaration]
  /// What it reads of the model where nobody says; nil of a method that does not look many times.
  private let scale: Scorer.Scale?
  private let run: @Sendable (View, [Target], Settings) throws -> [Heatmap]

  /// What was asked for of all that methods take besides a picture and a target. What nobody sets has
  /// each method's own default.
  ///
  /// ```swift
  /// try Method.rise(view, target, Method.Settings(seed: 7).with(Method.masks, 400))
  /// ```
  public struct Settings: Sendable {
    /// Of every draw at random.
    public var seed: UInt64 = 0
    /// What methods that run the model many times read of it; nil for each method's own.
    public var score: Scorer.Scale?
    private var values: [String: any SettingValue] = [:]

    public init(seed: UInt64 = 0, score: Scorer.Scale? = nil) {
      (self.seed, self.score) = (seed, score)
    }

    /// What a setting was set to; nil where nobody set it.
    public subscript<Value>(setting: Setting<Value>) -> Value? {
      get { values[setting.name] as? Value }
      set { values[setting.name] = newValue }
    }

    public func with<Value>(_ setting: Setting<Value>, _ value: Value) -> Settings {
      var settings = self
      settings[setting] = value
      return settings
    }

    /// Sets what is known by its name only, as a command line knows it.
    public mutating func set(_ setting: SettingDeclaration, to value: any SettingValue) {
      values[setting.name] = value
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
  public init(
    _ name: String, _ summary: String, paper: String, reading scale: Scorer.Scale? = nil,
    taking settings: [SettingDeclaration],
    run: @escaping @Sendable (View, Target, Settings) throws -> Heatmap
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
    name: String, summary: String, paper: String, reading scale: Scorer.Scale? = nil,
    taking settings: [SettingDeclaration],
    run: @escaping @Sendable (View, [Target], Settings) throws -> [Heatmap]
  ) {
    takes = settings + (scale.map { [Method.score($0)] } ?? [])
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
    try takes.map { try $0.member(settings, encoder, block) }
  }

  /// Every method there is, in the order in which they are listed.
  public static let all: [Method] =
    gradientMethods + attentionMethods + patchMethods + inputMethods + scoreMethods + maskMethods
}
