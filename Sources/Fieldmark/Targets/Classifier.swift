import Encoders

/// A linear head over image embeddings, as others train and publish them: its rows are targets.
///
///     let birds = try Classifier("probe.safetensors")
///     try birds.target("Red winged Blackbird")
///     try birds.target("8")                          // by number, from 0, where classes have no names
///
/// The embeddings are raw: not of unit length.
public struct Classifier: Sendable {
  /// A target for each class, in the order of the rows.
  public let targets: [Target]
  /// What its classes have, where it was told when it was trained.
  public let attributes: ClassAttributes?
  private let place: String

  /// Reads a file with one matrix, a row for each class, and perhaps its bias. Names of classes come
  /// from a list, or from `classes` in what stands beside the tensors, a JSON array; else classes are
  /// called by their numbers.
  public init(_ path: Path, names given: [String]? = nil) throws {
    let file = try Checkpoint(path)
    place = path.description
    let matrices = file.names.filter { file[$0]?.shape.count == 2 }
    guard let name = matrices.first, matrices.count == 1, let weights = file[name] else {
      let found = matrices.isEmpty ? "none" : "\(matrices.count): " + listed(matrices)
      throw InputError(
        place, expected: "one matrix, a row for each class", found: found,
        hint: "save the head's own state_dict, without the encoder")
    }
    let prefix = name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
    let bias = file[(prefix + ["bias"]).joined(separator: ".")]
    let (count, width) = (weights.shape[0], weights.shape[1])
    guard count > 0, width > 0 else {
      throw InputError(
        "\(place) '\(name)'", expected: "at least one class", found: Tensor.describe(weights.shape))
    }
    let biases = try bias?.checked([count]).finiteFloats()
    let rows = Matrix(rows: count, columns: width, try weights.finiteFloats())
    let names =
      try given ?? Classifier.names(in: file, place) ?? (0..<count).map { "\($0)" }
    guard names.count == count else {
      throw InputError(
        place, expected: "a name for each of \(count) classes", found: "\(names.count) names")
    }
    attributes = file.metadata["attributes"].flatMap { text in
      let json = try? JSON(parsing: Array(text.utf8), place: "attributes")
      return json.flatMap { ClassAttributes($0, classes: count) }
    }
    targets = (0..<count).map {
      Target(names[$0], Array(rows[row: $0]), .linear, bias: biases?[$0] ?? 0)
    }
  }

  /// Rows that are no file's.
  package init(_ targets: [Target]) {
    precondition(!targets.isEmpty, "A classifier has classes.")
    (self.targets, attributes, place) = (targets, nil, "classifier")
  }

  private static func names(in file: Checkpoint, _ place: String) throws -> [String]? {
    guard let text = file.metadata["classes"] else { return nil }
    let names = try JSON(parsing: Array(text.utf8), place: "\(place) 'classes'").array
    guard let names = names?.map(\.string), !names.contains(nil) else {
      throw InputError(
        "\(place) 'classes'", expected: "a JSON array of names", found: "another value")
    }
    return names.compactMap { $0 }
  }

  /// How many numbers an embedding has.
  public var width: Int { targets[0].directions.columns }

  /// Refuses a head that was trained on embeddings of another width.
  public func checked(for width: Int) throws -> Classifier {
    guard self.width != width else { return self }
    throw InputError(
      place, expected: "rows of \(width) numbers, as the model's embeddings have",
      found: "rows of \(self.width)", hint: "--model takes the model that the head was trained on")
  }

  /// The class of a name, capitals aside, or of a number, where no class has that name.
  public func target(_ name: String) throws -> Target { targets[try place(of: name)] }

  /// Where that class stands.
  public func place(of name: String) throws -> Int {
    let folded = name.lowercased()
    if let exact = targets.firstIndex(where: { $0.name == name }) { return exact }
    if let alike = targets.firstIndex(where: { $0.name.lowercased() == folded }) { return alike }
    if let number = Int(name), targets.indices.contains(number) { return number }
    let near = nearest(to: folded, among: targets.map { $0.name.lowercased() })
      .flatMap { near in targets.first { $0.name.lowercased() == near }?.name }
    throw InputError(
      place, expected: "one of its \(targets.count) classes", found: "'\(printable(name.utf8))'",
      hint: near.map { "did you mean '\($0)'?" } ?? "it has \(listed(targets.map(\.name)))",
      kind: .words)
  }
}

/// The first few names.
private func listed(_ names: [String]) -> String {
  names.prefix(4).map { "'\(printable($0.utf8))'" }.joined(separator: ", ")
    + (names.count > 4 ? " and others" : "")
}
