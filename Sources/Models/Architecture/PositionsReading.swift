import Ground
import Pictures

/// The reading of positions, which belong to pictures of one size and to texts of one length. A
/// config of open_clip may ask for others, and positions are then stretched.
extension ArchitectureReading {
  /// A table of positions, and what settings may say of its size.
  package struct Positions: Sendable {
    /// What the size of pictures in a config does to the positions.
    package enum Asking: Sendable {
      case isIgnored, confirms, stretches
    }

    let weight: String
    /// The number of positions before those of the patches, such as the class token's.
    let others: Int
    let asking: Asking

    package init(_ weight: String, others: Int, asking: Asking) {
      self.weight = weight
      self.others = others
      self.asking = asking
    }
  }

  /// Returns the size of the pictures that the positions belong to. If a config asks for pictures
  /// of another size, open_clip stretches the positions of a transformer when it opens the model,
  /// and so does `ImageEncoder` when it looks at pictures of that size.
  package mutating func size(_ positions: Positions, patch: Int) throws -> Grid {
    let weight = positions.weight
    let count = try tensors.size(weight, axis: 0, of: 2) - positions.others
    let isTold = positions.asking != .isIgnored
    let told = isTold ? try settings.sides("image.size") : nil
    let source = "shape of \(tensors.fileName(weight)), and the patch"
    if let told, isGrid(told.value, of: patch, count: count) {
      let isSquare = told.value.width == told.value.height
      return findings.take("image.size", told.value, isSquare ? source : told.source)
    }
    let side = Int(Double(max(0, count)).squareRoot())
    guard side > 0, side * side == count else {
      throw InputError(
        "tensor '\(printable(tensors.fileName(weight).utf8))'",
        expected: told.map { "positions for \(text($0.value)) pixels, as \($0.source) has it" }
          ?? "positions for a square of patches"
          + (positions.others > 0 ? " and one for the class" : ""),
        found: "\(count + positions.others)",
        hint: told == nil && isTold && count > 0
          ? "an open_clip config tells height and width by its image_size" : nil,
        settings: ["config"])
    }
    let size = findings.take(
      "image.size", Grid(width: side * patch, height: side * patch), source)
    if let told, let entry = settings["image.size"] {
      let isCovered = told.value.width % patch == 0 && told.value.height % patch == 0
      guard positions.asking == .stretches else {
        throw InputError(
          entry.place, expected: "\(side * patch), as the weights have",
          found: entry.value.written())
      }
      guard isCovered else {
        throw InputError(
          entry.place, expected: "sides that patches of \(patch) pixels cover",
          found: entry.value.written())
      }
      askedSize = told.value
      findings.note(
        "\(told.source) asks for pictures of \(text(told.value)) pixels, and the positions of "
          + "\(tensors.place) are for \(text(size)); they are stretched as open_clip stretches them."
      )
    }
    return size
  }

  private func isGrid(_ size: Grid, of patch: Int, count: Int) -> Bool {
    size.width % patch == 0 && size.height % patch == 0
      && (size.width / patch).multipliedReportingOverflow(by: size.height / patch)
        == (count, false)
  }

  private func text(_ size: Grid) -> String { "\(size.width) x \(size.height)" }

  /// Returns the number of tokens in the longest text, and the number that there are positions for.
  package mutating func context(_ weight: String) throws -> (context: Int, positions: Int) {
    let positions = try tensors.size(weight, axis: 0, of: 2)
    let told = try settings.integer("text.context")
    let context =
      if let told, told.value != positions {
        findings.take("text.context", told)
      } else {
        findings.take("text.context", positions, "shape of \(tensors.fileName(weight))")
      }
    guard Architecture.Text.contexts.contains(context) else {
      throw InputError(
        settings["text.context"]?.place ?? "tensor '\(tensors.fileName(weight))'",
        expected: "\(Architecture.Text.contexts.lowerBound) to "
          + "\(Architecture.Text.contexts.upperBound) tokens for a text", found: "\(context)")
    }
    if context != positions, let entry = settings["text.context"] {
      guard !layout.isOfTransformers else {
        throw InputError(
          entry.place, expected: "\(positions), as the weights have", found: "\(context)")
      }
      findings.note(
        "\(entry.source) asks for texts of \(context) tokens, and \(tensors.place) has positions for "
          + "\(positions); they are stretched as open_clip stretches them.")
    }
    return (context, positions)
  }
}

extension Architecture.Text {
  /// The lengths that texts may have. A text has a start, an end and something between them, and no
  /// model takes more tokens than this.
  static let contexts = 3...1 << 14
}
