import Ground

/// The tensors of a file by the names of their weights. It is not known yet whether all of them are
/// there and have the right shapes.
package struct NamedTensors: Sendable {
  /// The name of the file's layout, for messages.
  private let layout: String
  private let renaming: Renaming
  /// What messages call the file.
  package let place: String
  /// What the file has besides the weights, which nothing reads: numbers of a training script,
  /// tables that follow from the shapes.
  private var others: Set<String>
  private var parts: [String: [(change: Change, tensor: Tensor)]] = [:]

  package init(_ file: FileTensors, layout: String, _ renaming: Renaming) throws {
    place = file.place
    self.layout = layout
    self.renaming = renaming
    others = file.metadata
    for (name, tensor) in file.tensors.sorted(by: { $0.key < $1.key }) {
      guard let (rule, weight) = renaming(name) else {
        throw InputError(
          tensor.place, expected: "a name that the layout '\(layout)' has",
          found: "one more, \(Tensor.describe(tensor.shape))")
      }
      guard let weight else {
        others.insert(name)
        continue
      }
      if let other = parts[weight]?.first(where: { !$0.change.goesWith(rule.change) }) {
        throw InputError(
          tensor.place, expected: "each weight once",
          found: "the same weight as \(other.tensor.place)")
      }
      parts[weight, default: []].append((rule.change, tensor))
    }
  }

  /// Whether the three numbers that only OpenAI's code writes lie beside the weights. open_clip
  /// builds OpenAI's model from a state dictionary that has them. (openai/CLIP `build_model`,
  /// open_clip `build_model_from_openai_state_dict`.)
  var hasScalarsOfOpenAI: Bool {
    others.isSuperset(of: ["input_resolution", "context_length", "vocab_size"])
  }

  package var names: some Collection<String> { parts.keys }

  /// A weight's shape, as far as its first tensor tells.
  package func shape(_ name: String) -> [Int]? {
    parts[name]?.first.map { $0.change.shape(of: $0.tensor.shape) }
  }

  /// What messages call a weight's tensor: its name in the file.
  package func fileName(_ name: String) -> String {
    parts[name]?.first?.tensor.name ?? renaming.sources(of: name).first?.name ?? name
  }

  /// Returns the size of one axis of a weight, which must be there and have `rank` axes.
  package func size(_ name: String, axis: Int, of rank: Int) throws -> Int {
    guard let shape = shape(name) else {
      throw InputError(
        "tensor '\(printable(fileName(name).utf8))'", expected: "such a tensor in \(place)",
        found: "none")
    }
    // No model comes near the limit, which keeps everything that is computed from sizes far from
    // overflow.
    guard shape.count == rank, (1...1 << 24).contains(shape[axis]) else {
      throw InputError(
        "tensor '\(printable(fileName(name).utf8))'",
        expected: "\(rank == 1 ? "1 axis" : "\(rank) axes") of 1 to \(1 << 24)",
        found: Tensor.describe(shape))
    }
    return shape[axis]
  }

  /// Returns how many blocks there are below a name: one more than the highest number. There are at
  /// most as many as there are weights, whatever numbers a file has in its names.
  package func blocks(_ prefix: String) -> Int {
    let numbers = names.lazy.compactMap { name in
      name.hasPrefix(prefix)
        ? Int(name.dropFirst(prefix.count).prefix { $0 != "." }) : nil
    }
    return min((numbers.max() ?? -1) + 1, parts.count)
  }

  /// Returns the weights, each of the shape that it must have. Throws if there are any others.
  func weights(_ expected: [WeightShape]) throws -> [Weight] {
    let weights = try expected.map { try weight($0.name, $0.shape) }
    let known = Set(expected.map(\.name))
    if let other = names.filter({ !known.contains($0) }).min(), let part = parts[other]?.first {
      throw InputError(
        part.tensor.place, expected: "none of that name in a model of this architecture",
        found: Tensor.describe(part.tensor.shape))
    }
    return weights
  }

  private func weight(_ name: String, _ shape: [Int]) throws -> Weight {
    let found = parts[name] ?? []
    let changes =
      found.isEmpty
      ? [renaming.sources(of: name).first?.change ?? .none] : found.map(\.change)
    let needed: [Change] =
      if case .part(_, let count) = changes[0] { (0..<count).map { .part($0, of: count) } } else {
        [changes[0]]
      }
    let tensors = try needed.map { change in
      let fileShape = change.fileShape(of: shape)
      guard let tensor = found.first(where: { $0.change == change })?.tensor else {
        let sources = renaming.sources(of: name)
        let missing = sources.first { $0.change == change }?.name ?? name
        throw InputError(
          "tensor '\(printable(missing.utf8))'", expected: Tensor.describe(fileShape),
          found: "no such tensor in \(place)")
      }
      if change.shape(of: tensor.shape) != change.shape(of: fileShape) {
        _ = try tensor.checked(fileShape)
      }
      return change.applied(to: tensor)
    }
    let zeros = changes[0] == .withoutFirstRow ? shape.dropFirst().reduce(1, *) : 0
    return Weight(name: name, shape: shape, parts: tensors, leadingZeros: zeros)
  }
}
