import Encoders
import Ground
import Models

/// A way of turning a target into a map: a name, one line of help, the paper, and one function.
///
/// ```swift
/// let map = try Method.gradCAM(view, target)
/// let maps = try Method.gradCAM.maps(view, targets)      // what they share is worked out once
/// Method.all.map(\.name)      // what `fieldmark methods` lists
/// ```
///
/// A new method is a few lines in a file beside the others and an entry in `all`. It then shows up
/// in help, in every command and in every test.
public struct Method: Named {
  public static let kind = "a method"

  public let name: String
  public let summary: String
  /// The paper that introduced it.
  public let paper: String
  /// Whether its map is the same for every target, so that it cannot tell classes apart.
  public private(set) var ignoresTarget = false
  /// Whether the map of a sum of targets is the sum of their maps: map(a - s b) = map(a) - s map(b).
  /// The strength of a comparison can then be changed without asking the model again. This holds
  /// for logits; see `isLinear(_:)`.
  public private(set) var isLinear = false
  /// The settings that the method takes besides a picture and a target.
  package let takes: [SettingDeclaration]
  /// Whether it runs the model many times, which takes seconds or minutes.
  public var isSlow: Bool { scale != nil }
  /// The output of the model that the method reads by default; nil if it does not run the model
  /// many times.
  private let scale: Scorer.Scale?
  private let run: @Sendable (View, [Target], Settings) throws -> [Heatmap]

  /// The values that were set, of all settings that methods take. A setting without a value has
  /// each method's own default.
  ///
  /// ```swift
  /// try Method.rise(view, target, Method.Settings(seed: 7).with(Method.masks, 400))
  /// ```
  public struct Settings: Sendable {
    /// The seed of all random draws.
    public var seed: UInt64 = 0
    /// The output of the model that is read by methods that run it many times; nil for each
    /// method's own.
    public var score: Scorer.Scale?
    private var values: [String: any SettingValue] = [:]

    public init(seed: UInt64 = 0, score: Scorer.Scale? = nil) {
      (self.seed, self.score) = (seed, score)
    }

    /// The value of a setting; nil if it was not set.
    public subscript<Value>(setting: Setting<Value>) -> Value? {
      get { values[setting.name] as? Value }
      set { values[setting.name] = newValue }
    }

    public func with<Value>(_ setting: Setting<Value>, _ value: Value) -> Settings {
      var settings = self
      settings[setting] = value
      return settings
    }

    /// Sets a setting that is known only by its name, as on a command line.
    public mutating func set(_ setting: SettingDeclaration, to value: any SettingValue) {
      values[setting.name] = value
    }
  }

  /// Makes a method that answers each target independently of the others.
  public init(
    _ name: String, _ summary: String, paper: String,
    run: @escaping @Sendable (View, Target, Settings) throws -> Heatmap
  ) {
    self.init(name, summary, paper: paper, taking: [], run: run)
  }

  /// Makes such a method together with the settings that it takes and, if it runs the model many
  /// times, the output that it reads.
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

  /// Makes a method that gets all targets of a picture at once and returns a map for each.
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

  /// The same method, known for a map that is the same for every target.
  func ignoringTarget() -> Method {
    var method = self
    method.ignoresTarget = true
    return method
  }

  /// The same method, known for maps that are linear in the target.
  func linear() -> Method {
    var method = self
    method.isLinear = true
    return method
  }

  /// Whether maps are linear in the target with these settings. They are not where probabilities
  /// are read: that of a contrast is no difference of two others.
  public func isLinear(_ settings: Settings) -> Bool {
    isLinear && (scale == nil || settings.score ?? scale == .logit)
  }

  public func callAsFunction(
    _ view: View, _ target: Target, _ settings: Settings = Settings()
  ) throws -> Heatmap {
    try maps(view, [target], settings)[0]
  }

  /// Returns the maps of several targets on one picture. What they share is computed once.
  public func maps(
    _ view: View, _ targets: [Target], _ settings: Settings = Settings()
  ) throws -> [Heatmap] {
    if targets.isEmpty { return [] }
    try view.passes.check()
    var used = settings
    used.score = settings.score ?? scale
    return try run(view, targets, used)
  }

  /// Returns what a reader of a target's map should know, as sentences without their periods.
  package func notes(_ target: Target, _ settings: Settings) -> [String] {
    guard lacksProbability(target, settings) else { return [] }
    return [
      "\(name) read the logit: '\(printable(target.name.utf8))' has no probability without a "
        + "classifier or references"
    ]
  }

  /// Whether a probability was to be read but the target has none, so that its logit is read.
  private func lacksProbability(_ target: Target, _ settings: Settings) -> Bool {
    (settings.score ?? scale) == .probability && scale != nil && target.probability == nil
  }

  /// Returns the settings as they are used for one target, with the output that is really read.
  package func settings(
    _ settings: Settings, for target: Target, _ encoder: ImageEncoder, block: Int
  ) throws -> [JSON.Member] {
    var used = settings
    if lacksProbability(target, settings) { used.score = .logit }
    return try self.settings(used, encoder, block: block)
  }

  /// Returns the settings as they are used by an encoder at a block. A setting that is not set has
  /// its default.
  public func settings(
    _ settings: Settings, _ encoder: ImageEncoder, block: Int
  ) throws -> [JSON.Member] {
    try takes.map { try $0.member(settings, encoder, block) }
  }

  /// All methods, in the order in which they are listed.
  public static let all: [Method] =
    gradientMethods + attentionMethods + patchMethods + inputMethods + scoreMethods + maskMethods
}
