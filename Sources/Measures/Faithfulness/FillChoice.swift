import Ground
import Pictures

/// A fill that is chosen by a word.
///
/// ```swift
/// FillChoice.noise.fill(seed: 3, preprocessing).name      // noise, seed 3
/// ```
public enum FillChoice: String, CaseIterable, Named {
  public static let kind = "a fill"

  case zero, mean, blur, noise, black

  public func fill(seed: UInt64, _ preprocessing: Preprocessing) -> Fill {
    switch self {
    case .zero: .zero
    case .mean: .mean
    case .blur: .blur
    case .noise: .noise(seed: seed)
    case .black: .black(preprocessing)
    }
  }

  /// The fill's name as it is written on cards and in runs.
  package func name(seed: UInt64) -> String {
    self == .noise ? rawValue + Fill.seeded + "\(seed)" : rawValue
  }

  /// Parses a fill's name; nil if it is not one.
  package init?(written name: String) {
    let word = name.firstRange(of: Fill.seeded).map { name[..<$0.lowerBound] } ?? name[...]
    self.init(rawValue: String(word))
    if name.count != word.count, self != .noise { return nil }
  }
}
