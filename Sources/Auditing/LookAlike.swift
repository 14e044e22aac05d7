import Datasets
import Explaining
import Ground
import Studies

/// Which other class a picture's class is told apart from.
public enum LookAlike: Equatable, Named {
  public static let kind = "a rule"
  public static let all: [LookAlike] = [.attributes, .weights, .predictions]

  /// The one with the most similar row of attributes: what people would take it for.
  case attributes
  /// The one with the most similar row of the classifier: the Finer-CAM paper's way. A head that was
  /// trained to tell two classes apart may have turned their rows away from each other.
  case weights
  /// The best of the others on this very picture.
  case predictions
  /// This one, for every picture.
  case named(Int)

  public var name: String {
    switch self {
    case .attributes: "attributes"
    case .weights: "weights"
    case .predictions: "predictions"
    case .named(let label): "class \(label)"
    }
  }
}

extension LookAlike {
  /// The class, other than the picture's own; nil where there is none. A rule chooses among classes that
  /// have pictures where there are any: of others nothing can be taken over.
  func rival(
    of subject: EvaluationCase, _ table: ClassAttributes, among hasPictures: [Bool]
  ) -> Int? {
    func first(_ labels: [Int]) -> Int? {
      labels.first { hasPictures.indices.contains($0) && hasPictures[$0] } ?? labels.first
    }
    let all = subject.targets.count - 1
    switch self {
    case .attributes: return first(table.nearest(to: subject.label).map(\.label))
    case .weights: return first(subject.rivals(ReferenceRule(all)))
    case .predictions: return first(subject.rivals(ReferenceRule(all, by: .predictions)))
    case .named(let label): return label == subject.label ? nil : label
    }
  }
}
