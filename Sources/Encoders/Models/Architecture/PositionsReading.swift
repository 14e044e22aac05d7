/// What a model's positions are for: pictures of a size, texts of a length. A config of open_clip may
/// ask for others, and positions are then stretched.
extension ArchitectureReading {
  /// The size of the pictures that positions belong to. Where a config asks for pictures of another
  /// size, open_clip stretches the positions of a transformer when it opens it, and so does
  /// `ImageEncoder` when it looks at pictures of that size.
  mutating func size(_ weight: String, patch: Int, isStretched: Bool) throws -> Grid {
    let count = try tensors.size(weight, axis: 0, of: 2) - 1
    let isCLIP = tensors.layout.family == .clip
    let told = isCLIP ? try settings.sides("image.size") : nil
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
          ?? "positions for a square of patches and one for the class",
        found: "\(count + 1)",
        hint: told == nil && isCLIP && count > 0
          ? "an open_clip config tells height and width by its image_size" : nil,
        settings: ["config"])
    }
    let size = findings.take(
      "image.size", Grid(width: side * patch, height: side * patch), source)
    if let told, let entry = settings["image.size"] {
      let isCovered = told.value.width % patch == 0 && told.value.height % patch == 0
      guard isStretched, !tensors.layout.isOfTransformers else {
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

  /// The tokens of the longest text, and those that there are positions for.
  mutating func context(_ weight: String) throws -> (context: Int, positions: Int) {
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
      guard !tensors.layout.isOfTransformers else {
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
  /// A text has a start, an end and something between them; nobody's has more than this.
  static let contexts = 3...1 << 14

  /// The positions of texts that are longer or shorter than those that they were trained for: on
  /// straight lines between neighbors. (open_clip 3.3, `resize_text_pos_embed`.)
  func stretched(_ table: Matrix) -> Matrix {
    guard context != table.rows else { return table }
    let step = Float(table.rows) / Float(context)
    var elements: [Float] = []
    elements.reserveCapacity(context * table.columns)
    for place in 0..<context {
      let source = max(0, step * (Float(place) + 0.5) - 0.5)
      let first = min(table.rows - 1, Int(source))
      let next = min(table.rows - 1, first + 1)
      let share = source - Float(first)
      elements += zip(table[row: first], table[row: next]).map {
        (1 - share) * $0 + share * $1
      }
    }
    return Matrix(rows: context, columns: table.columns, elements)
  }
}
