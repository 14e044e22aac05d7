import Encoders
import Explaining
import Studies

/// Margins between two classes that are read from one embedding: first the classifier's, then that of the
/// words for the traits, then those of further heads.
///
/// The words are the positive control. They go by the traits and by nothing else, as far as the model
/// knows them, so that a change which is meant to take the traits away has to lower their margin, and one
/// which is not meant to should leave it.
struct Margins {
  private let all: [(Matrix) -> Double]

  /// The places of the first two, and of the first of the further heads.
  static let classifier = 0
  static let words = 1
  static let heads = 2

  /// - Parameter heads: The targets of other heads, each with one for each class.
  init(
    of subject: EvaluationCase, over rival: Int, words: @escaping (Matrix) -> Double?,
    heads: [[Target]] = []
  ) {
    all =
      [{ subject.margin(over: rival, of: $0) }, { words($0) ?? .nan }]
      + heads.map { targets in
        { Double(targets[subject.label]($0)) - Double(targets[rival]($0)) }
      }
  }

  var hasHeads: Bool { all.count > Margins.heads }

  func callAsFunction(_ view: View) -> [Double] { self(view.embedding) }

  func callAsFunction(_ embedding: Matrix) -> [Double] { all.map { $0(embedding) } }
}

extension EvaluationCase {
  /// The score of the picture's class minus that of another.
  package func margin(over rival: Int, of embedding: Matrix) -> Double {
    Double(targets[label](embedding)) - Double(targets[rival](embedding))
  }
}
