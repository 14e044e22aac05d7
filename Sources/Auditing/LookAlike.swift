import Datasets
import Explaining
import Studies

/// Which other class a picture's class is told apart from.
public enum LookAlike: Equatable, Sendable {
  /// The one with the most similar row of attributes: what people would take it for.
  case attributes
  /// The one with the most similar row of the classifier: the Finer-CAM paper's way. A head that was
  /// trained to tell two classes apart may have turned their rows away from each other.
  case weights
  /// The best of the others on this very picture.
  case predictions
  case named(Int)

  public static let rules: [(name: String, rule: LookAlike)] = [
    ("attributes", .attributes), ("weights", .weights), ("predictions", .predictions),
  ]
}

extension LookAlike {
  /// The class, other than the picture's own; nil where there is none.
  func rival(of subject: EvaluationCase, _ table: ClassAttributes) -> Int? {
    switch self {
    case .attributes: table.nearest(to: subject.label).first?.label
    case .weights: subject.rivals(ReferenceRule(1)).first
    case .predictions: subject.rivals(ReferenceRule(1, by: .predictions)).first
    case .named(let label): label == subject.label ? nil : label
    }
  }
}
