import Encoders
import Ground
import Models

/// A setting of a method, declared once: its name, one line of help, its default, and the allowed
/// values. The option of the command line, the JSON of a map, the settings of a run and the check
/// of a value follow from this declaration.
///
/// ```swift
/// let tried = Method.Setting(
///   "masks", "How many random masks are tried", 4000, .upTo(1_000_000))
/// let count = try tried(settings, encoder, block: 11)      // 4000, or what was asked for
/// ```
extension Method {
  public struct Setting<Value: SettingValue>: Sendable {
    /// The name in JSON and of the option of the command line.
    public let name: String
    /// The line of help, without a period.
    public let help: String
    /// The default in words: `4000`, `a seventh of the shorter side`.
    public let standard: String
    let allowed: SettingRange<Value>
    /// Settings whose value is used if this one is not set.
    let common: [SettingDeclaration]
    private let used: @Sendable (Value?, Settings, ImageEncoder, _ block: Int) throws -> Value

    /// Makes a setting whose default is the same for every encoder.
    public init(_ name: String, _ help: String, _ standard: Value, _ allowed: SettingRange<Value>) {
      self.init(name, help, default: standard.settingText, allowed) { asked, _, _, _ in
        asked ?? standard
      }
    }

    /// Makes a setting whose default depends on the encoder or on other settings. `used` turns the
    /// value that was asked for, or nil, into the value that the method runs with.
    public init(
      _ name: String, _ help: String, default standard: String, _ allowed: SettingRange<Value>,
      used: @escaping @Sendable (Value?, Settings, ImageEncoder, _ block: Int) throws -> Value
    ) {
      self.init(name, help, standard, allowed, common: [], used)
    }

    private init(
      _ name: String, _ help: String, _ standard: String, _ allowed: SettingRange<Value>,
      common: [SettingDeclaration],
      _ used: @escaping @Sendable (Value?, Settings, ImageEncoder, _ block: Int) throws -> Value
    ) {
      self.name = name
      self.help = help
      self.standard = standard
      self.allowed = allowed
      self.common = common
      self.used = used
    }

    /// Returns the same setting, but with the value of another setting if this one is not set.
    public func orElse(_ other: Setting<Value>) -> Setting<Value> {
      Setting(
        name, help, "as \(other.name)", allowed, common: common + [other.declaration]
      ) { [used] asked, settings, encoder, block in
        try used(asked ?? other.asked(of: settings), settings, encoder, block)
      }
    }

    /// Returns the value for an encoder at a block: what was asked for, or else the default.
    public func callAsFunction(
      _ settings: Settings, _ encoder: ImageEncoder, block: Int
    ) throws -> Value {
      try used(asked(of: settings), settings, encoder, block)
    }

    func callAsFunction(_ settings: Settings, _ view: View) throws -> Value {
      try self(settings, view.encoder, block: view.block)
    }

    private func asked(of settings: Settings) throws -> Value? {
      guard let value = settings[self], !allowed.contains(value) else { return settings[self] }
      throw InputError(name, expected: allowed.description, found: "\(value)", kind: .words)
    }

    /// The setting as a method lists it among those that it takes.
    public var declaration: SettingDeclaration {
      SettingDeclaration(
        name: name, help: help, standard: standard, kind: Value.kind, common: common,
        least: allowed.least?.settingJSON, most: allowed.most?.settingJSON
      ) { settings, encoder, block in
        JSON.Member(name, try self(settings, encoder, block: block).settingJSON)
      }
    }
  }

  /// A setting without the type of its value: what help tells about it, and its value in given
  /// settings.
  public struct SettingDeclaration: Sendable {
    public let name: String
    public let help: String
    public let standard: String
    public let kind: SettingKind
    /// Settings whose value is used if this one is not set.
    public let common: [SettingDeclaration]
    /// The least and the largest value that are allowed; nil where there is no such bound. A value
    /// that must be above 0 has the bound 0.
    public var least: JSON?
    public var most: JSON?
    let member: @Sendable (Settings, ImageEncoder, _ block: Int) throws -> JSON.Member
  }

  /// The seed, as it is listed by methods that draw at random.
  static let seed = SettingDeclaration(
    name: "seed", help: "The seed of all random draws", standard: "0", kind: .general, common: []
  ) { settings, _, _ in JSON.Member("seed", JSON(seed: settings.seed)) }

  /// The output of the model that is read.
  static func score(_ standard: Scorer.Scale) -> SettingDeclaration {
    SettingDeclaration(
      name: "score", help: "Which output of the model is read", standard: standard.rawValue,
      kind: .general, common: []
    ) { settings, _, _ in
      JSON.Member("score", .string((settings.score ?? standard).rawValue))
    }
  }

  /// Every setting that some method takes, with the methods that take it, in the methods' order.
  public static let settings:
    [(setting: SettingDeclaration, takenBy: [(Method, SettingDeclaration)])] =
      {
        var names: [String] = []
        var taken: [String: [(Method, SettingDeclaration)]] = [:]
        for method in all {
          for setting in method.takes.flatMap({ $0.common + [$0] }) {
            if taken[setting.name] == nil { names.append(setting.name) }
            taken[setting.name, default: []].append((method, setting))
          }
        }
        return names.compactMap { name in
          taken[name].flatMap { uses in uses.first.map { ($0.1, uses) } }
        }
      }()
}

extension JSON {
  /// The seed as the command line takes it: a whole number, which may be negative.
  package init(seed: UInt64) { self = .integer(Int(Int64(bitPattern: seed))) }
}
