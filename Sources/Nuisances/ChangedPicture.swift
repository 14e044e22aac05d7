import Pictures

/// A changed picture, and the one that it is compared with; nil for the picture as it is.
package struct ChangedPicture: Sendable {
  package let changed: Picture
  package let compared: Picture?

  package init(changed: Picture, compared: Picture?) {
    (self.changed, self.compared) = (changed, compared)
  }
}

extension Nuisance {
  /// What a change needs of one of the two classes. Each is asked for only where it is needed.
  package struct Source {
    fileprivate let donor: () throws -> LocatedPicture?
    fileprivate let appearance: () throws -> ClassAppearance?

    package init(
      donor: @escaping () throws -> LocatedPicture?,
      appearance: @escaping () throws -> ClassAppearance?
    ) {
      (self.donor, self.appearance) = (donor, appearance)
    }
  }

  /// Moves the nuisance in a picture from that of its own class toward that of another; nil where it
  /// cannot be changed.
  package func moved(
    _ picture: LocatedPicture, from own: Source, to other: Source
  ) throws -> ChangedPicture? {
    switch change {
    case .exchange(let change):
      guard let ownDonor = try own.donor(), let otherDonor = try other.donor(),
        let compared = change(picture, ownDonor), let changed = change(picture, otherDonor)
      else { return nil }
      return ChangedPicture(changed: changed, compared: compared)
    case .shift(let change):
      guard let from = try own.appearance(), let to = try other.appearance(),
        let changed = change(picture, from, to)
      else { return nil }
      return ChangedPicture(changed: changed, compared: nil)
    case .single(let change):
      return change(picture).map { ChangedPicture(changed: $0, compared: nil) }
    }
  }

  /// Moves a property by another amount than the two classes differ by, which other pictures of theirs
  /// might have shown: by so many times the error of this difference more. Nil of what is not moved by an
  /// amount, and where it cannot be moved so far.
  package func movedFurther(
    _ picture: LocatedPicture, from own: Source, to other: Source, by errors: Double
  ) throws -> Picture? {
    guard case .shift(let change) = self.change, let from = try own.appearance(),
      let to = try other.appearance()
    else { return nil }
    return change(picture, from, to.moved(beside: from, by: errors))
  }

  /// Whether pictures are moved by an amount that is estimated from those of both classes.
  package var hasAmount: Bool { if case .shift = change { true } else { false } }
}
