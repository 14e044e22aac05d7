import Explaining
import Parsing

/// An option for each setting that some method declares. A new setting appears here without further
/// code.
struct MethodSettingOptions: OptionGroup {
  let all = MethodSettingOptions.all

  static let all: [MethodSettingOption] = Method.settings.compactMap {
    MethodSettingOption($0.setting, $0.takenBy)
  }
}

struct MethodSettingOption: DeclaringOptions, Sendable {
  let declarations: [Declaration]
  /// Copies the option's value into the settings.
  let put: @Sendable (Input, inout Method.Settings) -> Void

  /// Nil for a setting for which every command already has an option.
  init?(
    _ setting: Method.SettingDeclaration, _ uses: [(method: Method, own: Method.SettingDeclaration)]
  ) {
    let help = "\(setting.help) (\(MethodSettingOption.defaults(uses)))."
    switch setting.kind {
    case .whole: self.init(setting, Option<Int?>(setting.name, help))
    case .decimal: self.init(setting, Option<Float?>(setting.name, help))
    case .general: return nil
    }
  }

  private init<Value: SettingValue>(
    _ setting: Method.SettingDeclaration, _ option: Option<Value?>
  ) {
    declarations = [option.declaration]
    put = { input, settings in
      if let value = input[option] { settings.set(setting, to: value) }
    }
  }

  /// The defaults for the help, such as `rise: 4000, lime: 1000`. Methods with the same default are
  /// listed together.
  private static func defaults(
    _ uses: [(method: Method, own: Method.SettingDeclaration)]
  ) -> String {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for use in uses {
      if names[use.own.standard] == nil { order.append(use.own.standard) }
      let known = names[use.own.standard] ?? []
      if !known.contains(use.method.name) {
        names[use.own.standard] = known + [use.method.name]
      }
    }
    return order.map { "\((names[$0] ?? []).joined(separator: ", ")): \($0)" }
      .joined(separator: "; ")
  }
}
