import Encoders
import Ground

/// A linear classifier over image embeddings, as others train and publish it. Its rows are targets.
///
/// ```swift
/// let birds = try Classifier("probe.safetensors")
/// try birds.target("Red winged Blackbird")
/// try birds.target("8")                          // by number, from 0, where classes have no names
/// ```
///
/// The embeddings are raw, which means not scaled to unit length.
public struct Classifier: Sendable {
  /// A target for each class, in the order of the rows.
  public let targets: [Target]
  /// The table of its classes' attributes that it was trained with, as it stands in its file.
  /// `attributes` reads it.
  package let attributeTable: JSON?
  /// How it was trained and on what, as it stands in its file; nil if its file does not say.
  package let training: JSON?
  /// What it was trained on; nil if its file does not say.
  public var origin: HeadOrigin? { training.flatMap { HeadOrigin($0) } }
  /// What a user should know before relying on it, as sentences without their periods.
  public private(set) var notes: [String] = []
  /// The file, as messages name it.
  public let place: String
  package let head: LinearHead
  /// Whether the last column may be the bias.
  private let mayEndInBias: Bool

  /// Reads a file with one matrix, a row for each class, and a bias if there is one, which may be
  /// in a file of its own. The names of classes come from `names`, or from the JSON array `classes`
  /// in the file's metadata; otherwise classes are called by their numbers.
  public init(_ path: Path, bias: Path? = nil, names given: [String]? = nil) throws {
    let file = try HeadFile(path, bias: bias)
    let place = path.description
    var head = LinearHead(
      weights: file.rows, biases: file.biases ?? [Float](repeating: 0, count: file.rows.rows))
    // scikit-learn keeps a single row for two classes, which speaks for the second against the
    // first.
    if head.biases.count == 1, given?.count == 2 {
      let bias = head.biases[0]
      head = LinearHead(
        weights: Matrix.stacked([-0.5 * file.rows, 0.5 * file.rows]),
        biases: [-0.5 * bias, 0.5 * bias])
    }
    let count = head.biases.count
    let names =
      try given ?? Classifier.names(in: file.metadata, place) ?? (0..<count).map { "\($0)" }
    guard names.count == count else {
      throw InputError(
        place, expected: "a name for each of \(counted(count, "class", "classes"))",
        found: counted(names.count, "name"))
    }
    func json(_ name: String) -> JSON? {
      file.metadata[name].flatMap { try? JSON(parsing: Array($0.utf8), place: name) }
    }
    self.init(
      head, names: names,
      attributeTable: json("attributes"),
      training: json("probe"), place: place,
      mayEndInBias: file.isNumPy && file.biases == nil)
  }

  /// Makes a classifier from targets, without a file.
  package init(_ targets: [Target]) {
    precondition(!targets.isEmpty, "A classifier has classes.")
    self.targets = Target.sharing(targets)
    (attributeTable, training, place, mayEndInBias) = (nil, nil, "classifier", false)
    head = LinearHead(
      weights: .stacked(targets.map(\.directions)), biases: targets.flatMap(\.biases))
  }

  private init(
    _ head: LinearHead, names: [String], attributeTable: JSON?, training: JSON?,
    place: String, mayEndInBias: Bool, notes: [String] = []
  ) {
    targets = head.targets(names)
    self.head = head
    (self.attributeTable, self.training, self.place) = (attributeTable, training, place)
    self.mayEndInBias = mayEndInBias
    self.notes = notes
  }

  private static func names(in metadata: [String: String], _ place: String) throws -> [String]? {
    guard let text = metadata["classes"] else { return nil }
    let names = try JSON(parsing: Array(text.utf8), place: "\(place) 'classes'").array
    guard let names = names?.map(\.string), !names.contains(nil) else {
      throw InputError(
        "\(place) 'classes'", expected: "a JSON array of names", found: "another value")
    }
    return names.compactMap { $0 }
  }

  public var names: [String] { targets.map(\.name) }

  /// Whether its classes are called by their numbers alone.
  public var hasNumbersForNames: Bool { names == names.indices.map { "\($0)" } }

  /// Returns the same classifier with other names.
  public func named(_ names: [String]) -> Classifier {
    precondition(names.count == targets.count, "Each class has a name.")
    return with(head, names, notes)
  }

  private func with(_ head: LinearHead, _ names: [String], _ notes: [String]) -> Classifier {
    Classifier(
      head, names: names, attributeTable: attributeTable, training: training, place: place,
      mayEndInBias: mayEndInBias && head == self.head, notes: notes)
  }

  /// The number of columns of an embedding.
  public var width: Int { targets[0].directions.columns }
}

extension Classifier {
  /// Returns the head for use over these embeddings. Other embeddings than it was trained on are
  /// refused unless `isForced`; another width is always refused. For a head that records no origin,
  /// `embeddings` is not needed.
  public func checked(
    for embeddings: HeadOrigin?, width: Int, isForced: Bool = false
  ) throws -> Classifier {
    var own = ["nothing says which model the head was trained on; it is taken to be this one"]
    if let origin, let embeddings {
      own = try origin.differences(from: embeddings, of: place, isForced: isForced)
    }
    let fitting = try checked(for: width)
    return fitting.with(fitting.head, names, fitting.notes + own)
  }

  /// Refuses a head that was trained on embeddings of another width. In an array without a bias of
  /// its own, one additional column is the bias.
  public func checked(for width: Int) throws -> Classifier {
    if self.width == width {
      return mayEndInBias ? with(head, names, ["the head has no bias; 0 is used"]) : self
    }
    if mayEndInBias, self.width == width + 1 {
      let rows = (0..<head.weights.rows).map { head.weights[row: $0] }
      let split = LinearHead(
        weights: Matrix(rows.map { Array($0.dropLast()) }), biases: rows.map { $0.last ?? 0 })
      return with(split, names, ["the last column is taken for the bias"])
    }
    let isTurned = targets.count == width && self.width < width
    throw InputError(
      place, expected: "rows of \(width) numbers, as the model's embeddings have",
      found: "rows of \(self.width)",
      hint: isTurned
        ? "each class is a row; the matrix may have to be transposed, as .T does in NumPy"
        : "take the model that the head was trained on", settings: isTurned ? [] : ["model"])
  }

  /// Refuses a head with only one class, since there is no other class to compare it with.
  public func checkedForComparing() throws -> Classifier {
    guard targets.count == 1 else { return self }
    throw InputError(
      place, expected: "a head of at least two classes",
      found: "one, '\(printable(names[0].utf8))'",
      hint: "a class is compared with others, and alone it always has the probability 1")
  }

  /// Returns the class of a name, ignoring case, or of a number if no class has that name.
  public func target(_ name: String) throws -> Target { targets[try place(of: name)] }

  /// Returns the row of that class.
  public func place(of name: String) throws -> Int {
    let folded = name.lowercased()
    if let exact = targets.firstIndex(where: { $0.name == name }) { return exact }
    if let alike = targets.firstIndex(where: { $0.name.lowercased() == folded }) { return alike }
    if let number = Int(name), targets.indices.contains(number) { return number }
    let near = nearest(to: folded, among: targets.map { $0.name.lowercased() })
      .flatMap { near in targets.first { $0.name.lowercased() == near }?.name }
    throw InputError(
      place, expected: "one of its \(targets.count) classes", found: "'\(printable(name.utf8))'",
      hint: near.map { "did you mean '\($0)'?" } ?? "it has \(listed(names))",
      kind: .words)
  }
}
