import Explaining
import Ground

/// Reads the settings of a method: `"settings": {"masks": 400}, "seed": 7`.
enum SettingsRequest {
  typealias Asked = [(name: String, value: String)]

  static func read(_ asked: AskedObject, _ method: Method) throws -> (Method.Settings, Asked) {
    var settings = Method.Settings()
    var words: Asked = []
    if let seed = try asked.whole("seed"), seed != 0 {
      settings.seed = UInt64(bitPattern: Int64(seed))
      words.append(("seed", "\(seed)"))
    }
    guard let found = asked.value("settings") else { return (settings, words) }
    let taken = declarations(of: method)
    let names = Array(taken.keys).sorted()
    let own = try AskedObject(found, in: "'settings' of \(method.name)", names)
    for name in names where own.value(name) != nil {
      guard let setting = taken[name] else { continue }
      words.append((name, try set(setting, own, &settings)))
    }
    return (settings, words)
  }

  /// The settings of a method by their names, with those whose values they take over. The seed is a
  /// member of its own.
  static func declarations(of method: Method) -> [String: Method.SettingDeclaration] {
    Dictionary(
      method.takes.flatMap { $0.common + [$0] }.filter { $0.name != "seed" }.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  private static func set(
    _ setting: Method.SettingDeclaration, _ own: AskedObject, _ settings: inout Method.Settings
  ) throws -> String {
    switch setting.kind {
    case .whole:
      guard let value = try own.whole(setting.name) else { return "" }
      settings.set(setting, to: value)
      return value.settingText
    case .decimal:
      guard let value = try own.number(setting.name) else { return "" }
      settings.set(setting, to: value)
      return value.settingText
    case .general:
      settings.score = try own.named(setting.name, Scorer.Scale.self)
      return settings.score?.name ?? ""
    }
  }
}
