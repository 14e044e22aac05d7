import Datasets
import Encoders
import Explaining
import Ground
import Measures
import Models
import Pictures
import Words

/// What all pictures of an evaluation have in common: the model, the classes, the dataset, and
/// things that are computed from them once, when they are first needed.
public struct EvaluationContext: Sendable {
  public let encoder: ImageEncoder
  public let dataset: Dataset
  public let classifier: Classifier
  /// The block that is explained; nil for the last.
  public let block: Int?
  /// The block's index.
  public var place: Int { block ?? encoder.blocks - 1 }
  /// The seed of every random draw, such as which picture represents a class.
  public let seed: UInt64
  /// Counts each pass through the model for the progress display, and checks for interrupts.
  package let passes: Passes
  /// The features of the pictures that represent each class.
  let features: Once<ClassFeatures>
  private let members: Once<[[Int]]>
  private let cascade: Once<[ImageEncoder]>
  private let differences: Once<DiscriminantParts?>

  /// - Parameter make: Makes an encoder with the settings of `encoder` from the same model with
  ///   other weights.
  public init(
    _ model: Model, _ encoder: ImageEncoder, _ dataset: Dataset, _ classifier: Classifier,
    block: Int? = nil, seed: UInt64 = 0, passes: Passes = .silent,
    encoderOf make: @escaping @Sendable (Model) throws -> ImageEncoder
  ) {
    self.encoder = encoder
    self.dataset = dataset
    self.classifier = classifier
    self.seed = seed
    self.block = block
    self.passes = passes
    let members = Once { dataset.numbersThatStandForClasses }
    self.members = members
    features = Once {
      try ClassFeatures(dataset, try members.value(), encoder, block: block, passes)
    }
    cascade = Once {
      try model.forgetting(seed: seed) { _, model in
        try passes.check()
        return try make(model)
      }
    }
    differences = Once {
      guard let table = dataset.classAttributes,
        table.attributes.map(\.name) == Prompts.attributes.map(\.name)
      else { return nil }
      let rows = (0..<table.percentages.rows).map { table.percentages[row: $0].map(Double.init) }
      return DiscriminantParts(percentages: rows)
    }
  }

  package func view(_ picture: Picture, planes: Matrix? = nil, by encoder: ImageEncoder? = nil)
    -> View
  {
    View(encoder ?? self.encoder, picture, block: block, planes: planes, passes: passes)
  }

  /// The inputs of a run that this context determines. `classifier` is the digest of the
  /// classifier's files.
  package func inputs(
    _ model: Model, _ weights: TowerFingerprint, _ precision: Precision, _ split: RunSplit,
    classifier: String
  ) -> RunInputs {
    var inputs = RunInputs()
    (inputs.model, inputs.weights) = (model.name, weights.hexadecimal)
    (inputs.pool, inputs.layer, inputs.precision) = (encoder.pool, place, precision)
    (inputs.preprocessing, inputs.positions) = (encoder.preprocessing.json, encoder.positions)
    (inputs.dataset, inputs.pictures) = (dataset.description, dataset.fingerprint)
    (inputs.split, inputs.classifier) = (split, classifier)
    return inputs
  }

  /// Every kind of part, without repetitions.
  var kinds: [String] {
    var seen: Set<String> = []
    return dataset.partNames.map { PartPoint($0, x: 0, y: 0).kind }.filter {
      seen.insert($0).inserted
    }
  }

  /// Encoders in which more and more layers are randomized, from the last one on.
  func randomized() throws -> [ImageEncoder] { try cascade.value() }

  /// The parts on which two classes differ; nil if the dataset lacks CUB-200-2011's attributes.
  func discriminantParts(of a: Int, and b: Int) throws -> [String]? {
    try differences.value()?(of: a, and: b)
  }

  /// Up to `count` different pictures of any class, drawn by the seed. Pictures that cannot be read
  /// are left out.
  package func otherPictures(_ count: Int) throws -> [(example: Example, view: View)] {
    var random = SplitMix(seed: seed, 1 << 21)
    var left = Array(dataset.examples.indices)
    var found: [(example: Example, view: View)] = []
    while found.count < count, !left.isEmpty {
      let place = random.below(left.count)
      left.swapAt(place, left.count - 1)
      let example = dataset.examples[left.removeLast()]
      if let picture = try? example.picture() { found.append((example, view(picture))) }
    }
    return found
  }

  /// A picture that represents a class and is not `example` itself. The choice is the same whenever
  /// it is made.
  func example(of label: Int, for example: Example) throws -> Example? {
    let others = try members.value()[label].filter { $0 != example.number }
    var random = SplitMix(seed: seed, example.number &* 1009 &+ label)
    return others.isEmpty ? nil : dataset.examples[others[random.below(others.count)]]
  }
}

extension Dataset {
  /// The numbers of the pictures that represent each class: its training pictures, or all of its
  /// pictures if it has none for training.
  fileprivate var numbersThatStandForClasses: [[Int]] {
    var all = [[Int]](repeating: [], count: classes.count)
    for number in examples.indices {
      if let label = examples.label(number) { all[label].append(number) }
    }
    return all.map { numbers in
      let training = numbers.filter { examples.use($0) == .training }
      return training.isEmpty ? numbers : training
    }
  }
}
