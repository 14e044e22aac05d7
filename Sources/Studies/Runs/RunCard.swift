import Ground
import Measures

extension Measure {
  /// The card of a run's numbers.
  package func card(in run: RunSettings) -> Card {
    var asked: [String: JSON] = [:]
    for setting in taken {
      if let value = run[setting], value != .null { asked[setting] = value }
    }
    return card.with(asked)
  }
}
