import Ground

/// The kind of option that a setting becomes.
public enum SettingKind: Sendable {
  case whole, decimal
  /// A setting of every command that runs a method: the seed, and the output of the model that is
  /// read.
  case general
}

/// A number that a method can take.
public protocol SettingValue: Comparable, Sendable {
  static var kind: SettingKind { get }
  var settingText: String { get }
  var settingJSON: JSON { get }
}

extension Int: SettingValue {
  public static var kind: SettingKind { .whole }
  public var settingText: String { "\(self)" }
  public var settingJSON: JSON { .integer(self) }
}

extension Float: SettingValue {
  public static var kind: SettingKind { .decimal }
  public var settingText: String {
    self == rounded() && abs(self) < 1e6 ? "\(Int(self))" : "\(self)"
  }
  public var settingJSON: JSON { JSON(self) }
}

/// The values that a setting may have, and their description in messages.
public struct SettingRange<Value: SettingValue>: Sendable, CustomStringConvertible {
  public let description: String
  var least: Value?
  var most: Value?
  let contains: @Sendable (Value) -> Bool
}

extension SettingRange<Int> {
  public static var atLeast1: SettingRange {
    SettingRange(description: "at least 1", least: 1) { $0 >= 1 }
  }

  public static func upTo(_ most: Int) -> SettingRange {
    SettingRange(description: "1 to \(most)", least: 1, most: most) { (1...most).contains($0) }
  }
}

extension SettingRange<Float> {
  public static func above0(upTo most: Float) -> SettingRange {
    SettingRange(description: "above 0, up to \(most.settingText)", least: 0, most: most) {
      $0 > 0 && $0 <= most
    }
  }
}
