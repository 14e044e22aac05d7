import Datasets
import Encoders
import Explaining
import Ground
import Measures
import Models
import Pictures
import Words

/// What all pictures of an evaluation have in common: the model, the classes, the dataset, and what
/// is made of them once, when it is first asked for.
public struct EvaluationContext: Sendable {
  public let encoder: ImageEncoder
  public let dataset: Dataset
  public let classifier: Classifier
  /// The block whose place in the encoder is explained; nil for the last.
  public let block: Int?
  /// Its number.
  public var place: Int { block ?? encoder.blocks - 1 }
  /// Of every draw: which pictures stand for a class, which class is drawn.
  public let seed: UInt64
  /// Whom each pass of each picture is told to.
  let passes: Passes
  /// The features of pictures, by those that stand for a class.
  let features: Once<ClassFeatures>
  private let members: Once<[[Int]]>
  private let cascade: Once<[ImageEncoder]>
  private let differences: Once<DiscriminantParts?>

  /// The function makes an encoder like the given one of the same model with other weights.
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

  /// What a run depends on by these; a classifier is known by its files.
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

  /// Every kind of part, once.
  var kinds: [String] {
    var seen: Set<String> = []
    return dataset.partNames.map { PartPoint($0, x: 0, y: 0).kind }.filter {
      seen.insert($0).inserted
    }
  }

  /// The encoder with ever more of its layers drawn anew, from its end.
  func randomized() throws -> [ImageEncoder] { try cascade.value() }

  /// The parts on which two classes differ, where people told of their attributes.
  func discriminantParts(of a: Int, and b: Int) throws -> [String]? {
    try differences.value()?(of: a, and: b)
  }

  /// So many pictures of any class, drawn by the seed, each once; fewer where there are no more. What
  /// cannot be read stands for nothing.
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

  /// A picture that stands for a class, but for the one that is asked about: the same whenever it is
  /// drawn.
  func example(of label: Int, for example: Example) throws -> Example? {
    let others = try members.value()[label].filter { $0 != example.number }
    var random = SplitMix(seed: seed, example.number &* 1009 &+ label)
    return others.isEmpty ? nil : dataset.examples[others[random.below(others.count)]]
  }
}

extension Dataset {
  /// The pictures of each class that stand for it: those for training, all where a class has none of
  /// these.
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
