/// A part of a run's pictures: `3/8` is the third of eight parts.
///
/// ```swift
/// RunPart("3/8")?.contains(10)      // true, of 0, 1, 2 ... every eighth from the third on
/// ```
public struct RunPart: Equatable, Sendable {
  public let index: Int
  public let of: Int

  /// The part that contains all pictures.
  public static let whole = RunPart(index: 1, of: 1)
  /// Larger numbers of parts are refused as mistakes.
  private static let most = 1 << 20
  package static let expectation = "a part such as 3/8, the third of eight"

  public init(index: Int, of: Int) {
    precondition((1...max(1, of)).contains(index), "A part is one of several.")
    (self.index, self.of) = (index, of)
  }

  /// Nil if the text is not a part.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let of = parts[1], of > 0, of <= RunPart.most,
      (1...of).contains(index)
    else { return nil }
    self.init(index: index, of: of)
  }

  package func contains(_ number: Int) -> Bool { number % of == index - 1 }

  package static let setting = RunSetting<RunPart>(
    "shard", expectation, written: { .string($0.description) },
    read: { $0.string.flatMap { RunPart($0) } })
}

extension RunPart: CustomStringConvertible {
  public var description: String { "\(index)/\(of)" }
}

extension RunSettings {
  /// The same settings for another part of the pictures.
  func with(_ part: RunPart) -> RunSettings {
    RunSettings(
      members.map { $0.key == RunPart.setting.name ? RunPart.setting.member(part) : $0 })
  }
}
