import Ground

/// Pictures with whatever is known about them: class, box, parts, attributes, masks.
///
/// ```swift
/// let birds = try Dataset("CUB_200_2011")
/// birds.description                     // cub: 11788 pictures of 200 classes (5994 for ...)
/// let bird = birds.examples[17]
/// birds.parts(of: bird)[1]              // where its beak is, nil where that is not seen
/// try birds.attributes(of: bird)        // 312 answers, read from their file now
/// try birds.masks(of: bird).first?.read()
/// ```
///
/// The format is recognized from the files (`DatasetFormat.all`). At first only the tables are
/// read; everything else is read when it is asked for.
public struct Dataset: Sendable {
  /// The name of the dataset's format.
  public internal(set) var format: String
  public let path: Path
  public internal(set) var classes: [String]
  public internal(set) var examples: Examples
  public internal(set) var partNames: [String] = []
  /// The attributes that pictures or classes may have, such as "has_wing_color::red".
  public internal(set) var attributes: [Attribute] = []
  /// For each class, how often an attribute was seen on its pictures, if the dataset has that
  /// table.
  public internal(set) var classAttributes: ClassAttributes?
  /// What reading left out or corrected, a sentence for each.
  public internal(set) var notes: [String] = []

  /// The fingerprint before the classes were renamed and reordered, if they were.
  var knownFingerprint: String?
  var places = PartPlaces()
  var findLabels: (@Sendable (Example) throws -> [AttributeLabel?])?
  var findLabelNotes: (@Sendable () throws -> [String])?
  var findMasks: (@Sendable (Example) throws -> [ExampleMask])?

  init(_ format: String, _ path: Path, classes: [String], _ examples: Examples) {
    (self.format, self.path, self.classes, self.examples) = (format, path, classes, examples)
  }

}

extension Dataset {
  /// The place of each part, in the pixels of the picture as stored; nil where the part is not
  /// visible. Empty if the dataset has no parts.
  public func parts(of example: Example) -> [Point?] { places.points(of: example.number) }

  /// The annotators' answers about one picture, in the order of `attributes`; nil for an attribute
  /// without an answer. The first call reads through the whole table once.
  public func attributes(of example: Example) throws -> [AttributeLabel?] {
    try findLabels?(example) ?? []
  }

  /// What is wrong with the table of attributes. The first call reads through the whole table once.
  public func attributeNotes() throws -> [String] { try findLabelNotes?() ?? [] }

  /// The areas of a picture that somebody drew, by name. Each mask's file is read when it is asked
  /// for.
  public func masks(of example: Example) throws -> [ExampleMask] {
    try findMasks?(example) ?? []
  }

  public var hasAttributeLabels: Bool { findLabels != nil }
  public var hasMasks: Bool { findMasks != nil }

  /// Whether some pictures are not drawn by Fieldmark, judged by the first picture of each class.
  public var hasPhotographs: Bool {
    var seen: Set<Int?> = []
    return examples.indices.contains { number in
      seen.insert(examples.label(number)).inserted && !examples[number].isDrawnBird
    }
  }

  /// Throws if the dataset has fewer than two classes, since a classifier has to tell classes
  /// apart.
  package func checkedForTwoClasses() throws -> Dataset {
    guard classes.count < 2 else { return self }
    throw InputError(
      path.description,
      expected: "pictures of at least two classes, which a classifier is to tell apart",
      found: classes.isEmpty ? "none with a class" : "one class, '\(spokenName(of: 0))'")
  }

  /// The name of a class as people say it: "Red winged Blackbird" for `010.Red_winged_Blackbird`.
  public func spokenName(of label: Int) -> String { Dataset.spoken(classes[label]) }

  /// The same of any name: `002.Plain_Brackle` is spoken as `Plain Brackle`.
  package static func spoken(_ name: String) -> String {
    var name = Substring(name)
    let digits = name.prefix { $0.isASCII && $0.isNumber }
    if !digits.isEmpty, name.dropFirst(digits.count).first == ".", name.count > digits.count + 1 {
      name = name.dropFirst(digits.count + 1)
    }
    return name.map { $0 == "_" ? " " : String($0) }.joined()
  }
}

extension Dataset: CustomStringConvertible {
  public var description: String { "\(format): \(summary.sentence)" }

  public var summary: Summary { Summary(self) }

  /// Counts of everything in a dataset, for lists of datasets.
  public struct Summary: Equatable, Sendable {
    public private(set) var pictures = 0
    public let classes: Int
    /// The number of classes that at least one picture belongs to.
    public let classesSeen: Int
    public private(set) var training = 0
    public private(set) var validation = 0
    public private(set) var test = 0
    public private(set) var labeled = 0
    public private(set) var boxes = 0
    public let parts: Int
    /// The number of visible parts on all pictures together.
    public let visibleParts: Int
    public let attributes: Int
    public let hasAttributeLabels: Bool
    public let hasMasks: Bool

    init(_ dataset: Dataset) {
      var seen = [Bool](repeating: false, count: dataset.classes.count)
      for number in dataset.examples.indices {
        pictures += 1
        if let label = dataset.examples.label(number) {
          labeled += 1
          seen[label] = true
        }
        if dataset.examples.box(number) != nil { boxes += 1 }
        switch dataset.examples.use(number) {
        case .training: training += 1
        case .validation: validation += 1
        case .test: test += 1
        case nil: break
        }
      }
      classes = dataset.classes.count
      classesSeen = seen.count { $0 }
      parts = dataset.partNames.count
      visibleParts = dataset.places.visible
      attributes = dataset.attributes.count
      hasAttributeLabels = dataset.hasAttributeLabels
      hasMasks = dataset.hasMasks
    }

    /// `143 pictures of 13 of 200 classes (70 for training, 73 for test), 143 boxes, 15 parts`
    public var sentence: String {
      let all = counted(classes, "class", "classes")
      let uses = [(training, "training"), (validation, "validation"), (test, "test")]
        .filter { $0.0 > 0 }.map { "\($0.0) for \($0.1)" }
      var pieces = [
        counted(pictures, "picture") + " of "
          + (classesSeen == classes ? all : "\(classesSeen) of \(all)")
          + (uses.isEmpty ? "" : " (\(uses.joined(separator: ", ")))")
      ]
      if boxes > 0 { pieces.append(counted(boxes, "box", "boxes")) }
      if parts > 0 { pieces.append(counted(parts, "part")) }
      if attributes > 0 { pieces.append(counted(attributes, "attribute")) }
      if hasMasks { pieces.append("masks") }
      return pieces.joined(separator: ", ")
    }
  }
}
