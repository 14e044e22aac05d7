import Encoders

/// What follows from the logits of a picture: which class it is taken for, and how likely each
/// class is.
///
/// ```swift
/// let prediction = head.prediction(of: tiles)
/// head.targets[prediction.best].name       // Red winged Blackbird
/// prediction.probabilities[prediction.best]
/// ```
public struct Prediction: Equatable, Sendable {
  /// The logit of each class, in the order of the head's rows.
  public let logits: Matrix
  /// The softmax of the logits over all classes.
  public let probabilities: [Float]
  /// The classes, the most likely first; of equal ones the first comes first.
  public let order: [Int]

  public init(_ logits: Matrix) {
    precondition(logits.rows == 1 && logits.columns > 0, "A prediction is of one picture.")
    self.logits = logits
    probabilities = logits.softmax().elements
    let values = logits.elements
    order = values.indices.sorted { (-values[$0], $0) < (-values[$1], $1) }
  }

  public var best: Int { order[0] }
}

extension Classifier {
  /// Returns the prediction for a picture that is seen in several tiles, by the mean of their
  /// logits.
  public func prediction(of tiles: Tiles) -> Prediction {
    Prediction(tiles.mean { head.logits($0.embedding) })
  }
}
