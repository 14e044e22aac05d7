import Measures

/// What pictures show of a pair in which traits were exchanged, and which have no twins.
public struct ExchangedTraits: Sendable {
  private var groups: [Int: Reliance.FoundGroups] = [:]
  private var margins: [Int: [[Double]]] = [:]

  /// All pictures count, right or wrong: of changed pictures nobody knows whether the classifier was right on
  /// them before, and to leave out the wrong ones of one group alone would raise its mean.
  mutating func add(_ picture: AuditPicture, of label: Int) {
    if picture.groups.toward != nil { groups[label] = picture.groups }
    if let all = picture.allMargins { margins[label, default: []].append(all) }
  }

  /// Beside pictures that were made in the same way; nil where there are too few.
  public var reliance: Reliance? { compared { _, found in found.beside } }

  /// Beside the classes' own pictures of the dataset, from which the changed ones differ in how they were
  /// made, too.
  public var relianceBesideOwn: Reliance? {
    compared { label, _ in margins[label].flatMap { MarginGroup($0) } }
  }

  private func compared(
    with group: (_ label: Int, _ found: Reliance.FoundGroups) -> MarginGroup?
  ) -> Reliance? {
    Reliance(
      comparing: groups.sorted { $0.key < $1.key }.compactMap { label, found in
        guard let changed = found.toward, let compared = group(label, found) else { return nil }
        return Reliance.Groups(changed: changed, compared: compared)
      })
  }
}

extension AuditPair {
  /// Whether its reliance on the traits comes from pictures in which somebody exchanged them.
  public var traitsAreExchanged: Bool { hasTwinsOfTraits || exchanged.reliance != nil }

  /// What was done to the traits, and what that is compared with, in a sentence.
  var traitChange: (name: String, compared: String) {
    if hasTwinsOfTraits {
      return (
        "Exchanging the traits for the other class's", "each picture is compared with itself."
      )
    }
    if exchanged.reliance != nil {
      return (
        "Exchanging the traits for the other class's",
        "the mean over such pictures is compared with that over pictures of the same class in which something "
          + "else was exchanged, which tells the two nothing."
      )
    }
    return (
      "Taking the traits away", "what taking as much away elsewhere does is already subtracted."
    )
  }
}
