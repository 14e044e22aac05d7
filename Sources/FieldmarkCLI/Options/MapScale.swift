import Explaining
import Ground
import Parsing

/// What the colors of several maps of a picture are scaled by.
package enum MapScale: String, CaseIterable, Named, OptionValue {
  package static let kind = "a scale"

  /// Each map by its own highest value.
  case each
  /// All maps by the highest value of any.
  case shared

  /// This option stands apart from those of files, because the names of files depend on it.
  static let option = Option<MapScale>(
    "scale", default: .each,
    "What has the strongest color: the highest value of each map (each), or of all maps of the picture "
      + "(shared), so that maps can be compared by their colors. Masks follow it.")
}

extension Threshold: OptionValue {
  package static let placeholder = "NUMBER|otsu"
}
