import Explaining
import Ground
import Parsing

/// What the colors of several maps of a picture are scaled by.
enum MapScale: String, CaseIterable, Named, OptionValue {
  static let kind = "a scale"

  /// Each map by its own highest value.
  case each
  /// All maps by the highest value of any.
  case shared
}

extension Threshold: OptionValue {
  package static let placeholder = "NUMBER|otsu"
}
