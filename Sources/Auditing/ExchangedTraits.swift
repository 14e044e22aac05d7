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
