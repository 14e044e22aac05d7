import Encoders

/// Methods held against each other on a dataset: what is asked of every picture.
///
///     let evaluation = Evaluation(
///       classifier, [.gradCAM, .layerCAM], strengths: [0, 0.6], .init(3), [.deletion, .energy])
///     let record = try evaluation.record(example, encoder)
///
/// The class that is explained is the picture's own, and it is compared with the classes most like it.
/// Strength 0 is the method by itself.
public struct Evaluation: Sendable {
  public let classifier: Classifier
  public let methods: [Method]
  public let strengths: [Float]
  public let references: ReferenceRule
  public let weighting: Weighting
  public let measures: [Measure]
  public let methodSettings: Method.Settings
  public let truth: TruthChoice

  public init(
    _ classifier: Classifier, _ methods: [Method], strengths: [Float],
    _ references: ReferenceRule = ReferenceRule(3), _ weighting: Weighting = .mean,
    _ measures: [Measure], truth: TruthChoice = .any, _ methodSettings: Method.Settings = .init()
  ) {
    precondition(
      !methods.isEmpty && !strengths.isEmpty, "An evaluation has a method and a strength.")
    self.classifier = classifier
    self.methods = methods
    self.strengths = strengths
    self.references = references
    self.weighting = weighting
    self.measures = measures
    self.truth = truth
    self.methodSettings = methodSettings
  }

  /// A method at a strength: what a row of the tables is.
  public struct Row: Equatable, Hashable, Sendable {
    public let method: String
    public let strength: Float

    public init(_ method: String, _ strength: Float) {
      (self.method, self.strength) = (method, strength)
    }

    /// `grad-cam`, `grad-cam + finer 0.6`
    public var name: String { strength == 0 ? method : "\(method) + finer \(strength)" }
  }

  public var rows: [Row] {
    methods.flatMap { method in strengths.map { Row(method.name, $0) } }
  }

  /// All that is to be known of one picture. What fails for it alone is its failure; the run goes on.
  public func record(_ example: Example, in dataset: Dataset, _ encoder: ImageEncoder) throws
    -> RunRecord
  {
    guard let label = example.label, classifier.targets.indices.contains(label) else {
      throw InputError(
        "\(example), its class", expected: "one of the classifier's \(classifier.targets.count)",
        found: example.label.map { "\($0)" } ?? "none")
    }
    let picture = try example.picture()
    let view = View(encoder, picture)
    let scores = classifier.targets.map { $0(view.embedding) }
    let concept = classifier.targets[label]
    let others = classifier.targets.indices.filter { $0 != label }
    let chosen = references.chosen(
      for: concept, among: others.map { classifier.targets[$0] }, { $0(view.embedding) })
    var record = RunRecord(
      number: example.number, path: example.name.description, label: label,
      predicted: scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) })
    let nearest = classifier.targets.firstIndex { $0.name == chosen[0].name } ?? label
    let place = try truth.truth(of: example, in: dataset, picture)
    let asked = Measured.Asked(
      planes: view.planes, pixels: view.pixels, judge: encoder.judge(classifier.targets),
      label: label, reference: nearest)
    for method in methods {
      let contrasts = strengths.map {
        weighting.contrast(concept, $0 == 0 ? [] : chosen, $0)
      }
      let parts = contrasts.flatMap(\.parts)
      var maps = try method.maps(view, parts, methodSettings)[...]
      for (strength, contrast) in zip(strengths, contrasts) {
        let map = contrast.joined(Array(maps.prefix(contrast.parts.count)))
        maps = maps.dropFirst(contrast.parts.count)
        let name = Row(method.name, strength).name
        record.maps.append(.init(name: name, grid: map.values))
        let measured = Measured(
          map.resized(), truth: place, asked: asked, pixelValues: view.pixelValues(of: map))
        for measure in measures {
          record.numbers.append(
            .init(map: name, measure: measure.name, value: try measure(measured)))
        }
      }
    }
    return record
  }
}

/// What a map is held against, where a dataset tells several places.
public enum TruthChoice: String, CaseIterable, Sendable {
  /// The box where there is one, else the whole thing's mask: the papers' way.
  case any
  case box
  case mask
  /// Discs of a fifteenth of the longer side around the parts that are seen.
  case parts

  /// Nil where the dataset tells none.
  func truth(of example: Example, in dataset: Dataset, _ picture: Picture) throws -> Truth? {
    let (width, height) = (picture.width, picture.height)
    switch self {
    case .any: return try box(example, width, height) ?? mask(of: example, in: dataset, picture)
    case .box: return box(example, width, height)
    case .mask: return try mask(of: example, in: dataset, picture)
    case .parts:
      let points = zip(dataset.partNames, dataset.parts(of: example)).compactMap { name, place in
        place.map { PartPoint(name, x: $0.x, y: $0.y) }
      }
      guard !points.isEmpty else { return nil }
      return Truth(
        around: points,
        radius: Double(max(width, height)) / 15, width: width, height: height)
    }
  }

  private func box(_ example: Example, _ width: Int, _ height: Int) -> Truth? {
    example.box.map { Truth(box: $0, width: width, height: height) }
  }

  private func mask(of example: Example, in dataset: Dataset, _ picture: Picture) throws -> Truth? {
    try dataset.masks(of: example).first { $0.kind == "object" }
      .map { Truth(try $0.read(for: picture)) }
  }
}
