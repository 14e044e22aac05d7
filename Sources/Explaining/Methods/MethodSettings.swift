import Encoders
import Ground
import Models

/// What some method takes besides a picture and a target: its name, and what it is where nobody sets
/// it. A method uses it and tells of it by this one value, so that both are the same.
///
///     private static let masks = Method.Setting.masks(4000)
///     ...
///     let count = try masks(settings, view.encoder, view.block)      // 4000, or what was asked for
extension Method {
  struct Setting<Value: Sendable>: Sendable {
    let name: String
    let used: @Sendable (Settings, ImageEncoder, _ block: Int) throws -> Value
    let written: @Sendable (Value) -> JSON

    func callAsFunction(_ settings: Settings, _ view: View) throws -> Value {
      try used(settings, view.encoder, view.block)
    }

    /// The same for those who only tell of it.
    var told: Told {
      Told { settings, encoder, block in
        JSON.Member(name, written(try used(settings, encoder, block)))
      }
    }
  }

  struct Told: Sendable {
    let member: @Sendable (Settings, ImageEncoder, _ block: Int) throws -> JSON.Member
  }

  /// Of every draw at random.
  static let seed = Setting<UInt64>(
    name: "seed", used: { settings, _, _ in settings.seed }, written: { JSON(seed: $0) })

  static func masks(_ standard: Int) -> Setting<Int> {
    count("masks", atMost: 1_000_000, \.masks) { _, _, _ in standard }
  }

  /// No more than there are.
  static func channels(_ standard: Int) -> Setting<Int> {
    let asked = count("channels", atMost: .max, \.channels) { _, _, _ in standard }
    return Setting(
      name: asked.name,
      used: { min(try asked.used($0, $1, $2), $1.channels(block: $2)) }, written: asked.written)
  }

  static func iterations(_ standard: Int) -> Setting<Int> {
    count("iterations", atMost: 1_000_000, \.iterations) { _, _, _ in standard }
  }

  static func points(_ standard: Int) -> Setting<Int> {
    count("points", atMost: 256, \.points) { _, _, _ in standard }
  }

  /// A share of the shorter side of what the model sees.
  static func window(part: Int) -> Setting<Int> {
    count("window", atMost: .max, \.window) { _, encoder, _ in
      max(1, min(encoder.preprocessing.width, encoder.preprocessing.height) / part)
    }
  }

  /// Half of a window.
  static func step(of window: Setting<Int>) -> Setting<Int> {
    count("step", atMost: .max, \.step) { max(1, try window.used($0, $1, $2) / 2) }
  }

  /// What is read of the model.
  static func score(_ standard: Judge.Scale) -> Setting<Judge.Scale> {
    Setting(
      name: "score", used: { settings, _, _ in settings.score ?? standard },
      written: { .string($0.rawValue) })
  }

  /// One of GLAS's widths: its own, or the one of all.
  static func sigma(
    _ name: String, _ own: KeyPath<Settings, Float?> & Sendable, else standard: Float
  ) -> Setting<Float> {
    Setting(
      name: name,
      used: { settings, _, _ in
        let asked = settings[keyPath: own]
        guard let sigma = asked ?? settings.sigma else { return standard }
        if sigma > 0, sigma <= 1000 { return sigma }
        let place = asked == nil ? "sigma" : name
        throw InputError(place, expected: "above 0, up to 1000", found: "\(sigma)", kind: .words)
      }, written: { JSON($0) })
  }

  private static func count(
    _ name: String, atMost most: Int, _ asked: KeyPath<Settings, Int?> & Sendable,
    else standard: @escaping @Sendable (Settings, ImageEncoder, Int) throws -> Int
  ) -> Setting<Int> {
    Setting(
      name: name,
      used: { settings, encoder, block in
        guard let number = settings[keyPath: asked] else {
          return try standard(settings, encoder, block)
        }
        if (1...most).contains(number) { return number }
        let range = most == .max ? "at least 1" : "1 to \(most)"
        throw InputError(name, expected: range, found: "\(number)", kind: .words)
      }, written: JSON.integer)
  }
}

extension JSON {
  /// As the command line takes it: a whole number, which may be below 0.
  package init(seed: UInt64) { self = .integer(Int(Int64(bitPattern: seed))) }
}
