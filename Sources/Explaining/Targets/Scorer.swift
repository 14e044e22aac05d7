import Encoders
import Glibc
import Ground

/// Scores pictures, whatever was done to them: the number that measures ask for.
///
/// ```swift
/// let scorer = Scorer(.probability) { pictures in pictures.map { [Double($0[0, 0]), 1] } }
/// try scorer(planes)      // a score for each class
/// ```
///
/// Measures take hundreds of changed pictures, which are made when they are used: one on each core
/// if `logits` takes a picture by itself, or a batch at a time if it takes several at once.
public struct Scorer: Sendable {
  /// What is read from a model's logits.
  public enum Scale: String, CaseIterable, Named {
    public static let kind = "a score"

    /// The softmax over all classes that were asked for, which most papers measure.
    case probability
    case logit
  }

  public let scale: Scale
  private let logits: @Sendable (_ pictures: ChangedPictures) throws -> [[Double]]

  /// `logits` returns a logit for each class for each picture's planes. It gets a batch at a time,
  /// and the next batch is made when it has returned.
  public init(
    _ scale: Scale = .probability, batch: Int = 16,
    logits: @escaping @Sendable (_ pictures: [Matrix]) throws -> [[Double]]
  ) {
    precondition(batch > 0, "A judge is shown at least one picture at a time.")
    self.scale = scale
    self.logits = { pictures in
      try stride(from: 0, to: pictures.count, by: batch).flatMap { start in
        let made = try concurrently(min(batch, pictures.count - start)) {
          try pictures.picture(start + $0)
        }
        let answers = try logits(made)
        precondition(answers.count == made.count, "A judge answers to each picture.")
        return answers
      }
    }
  }

  private init(
    _ scale: Scale, pictures: @escaping @Sendable (ChangedPictures) throws -> [[Double]]
  ) {
    self.scale = scale
    logits = pictures
  }

  /// Makes a scorer that calls `logits` for each picture by itself, on all cores, without waiting
  /// for another. A picture is made by the core that scores it, and gone when its logits are known.
  public static func each(
    _ scale: Scale = .probability, _ passes: Passes = .silent,
    logits: @escaping @Sendable (_ picture: Matrix) throws -> [Double]
  ) -> Scorer {
    Scorer(
      scale,
      pictures: { pictures in
        try passes.concurrently(pictures.count) { try logits(pictures.picture($0)) }
      })
  }

  /// Returns the score of each class for each picture.
  public func scores(of pictures: ChangedPictures) throws -> [[Double]] {
    try logits(pictures).map(scale.scores)
  }

  public func callAsFunction(_ planes: Matrix) throws -> [Double] {
    try scores(of: ChangedPictures(1) { _ in planes })[0]
  }
}

extension Scorer.Scale {
  func scores(_ logits: [Double]) throws -> [Double] {
    if let stray = logits.first(where: { !$0.isFinite }) {
      throw InputError("the model's logits", expected: "finite numbers", found: "\(stray)")
    }
    guard self == .probability else { return logits }
    guard logits.count > 1 else {
      throw InputError(
        "score probability", expected: "at least two classes", found: "\(logits.count)",
        hint: "score logit takes one", kind: .words)
    }
    let most = logits.max() ?? 0
    let powers = logits.map { exp($0 - most) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}

/// Many versions of a picture, each made when it is used.
public struct ChangedPictures: Sendable {
  public let count: Int
  let picture: @Sendable (_ index: Int) throws -> Matrix

  public init(_ count: Int, _ picture: @escaping @Sendable (_ index: Int) throws -> Matrix) {
    self.count = count
    self.picture = picture
  }
}
