import Encoders
import Glibc

/// What a model says to pictures, whatever was done to them: the number that measures ask for.
///
///     let judge = Judge(.probability) { pictures in pictures.map { [4 * $0[0, 0], 1] } }
///     try judge(planes)      // a score for each class
///
/// Measures take hundreds of changed pictures. They are made when they are used, as many at a time
/// as are shown together.
public struct Judge: Sendable {
  /// What is read from a model's logits.
  public enum Scale: String, CaseIterable, Sendable {
    /// The softmax over all classes that were asked for: what most papers measure.
    case probability
    case logit
  }

  public let scale: Scale
  /// How many pictures are shown at once.
  public let batch: Int
  private let logits: @Sendable (_ pictures: [Matrix]) throws -> [[Double]]

  /// The function gives for each picture's planes a logit for each class.
  public init(
    _ scale: Scale = .probability, batch: Int = 16,
    logits: @escaping @Sendable (_ pictures: [Matrix]) throws -> [[Double]]
  ) {
    precondition(batch > 0, "A judge is shown at least one picture at a time.")
    self.scale = scale
    self.batch = batch
    self.logits = logits
  }

  /// The score of each class for each picture.
  public func scores(of pictures: ChangedPictures) throws -> [[Double]] {
    var scores: [[Double]] = []
    scores.reserveCapacity(pictures.count)
    for start in stride(from: 0, to: pictures.count, by: batch) {
      let made = try concurrently(min(batch, pictures.count - start)) {
        try pictures.picture(start + $0)
      }
      let answers = try logits(made)
      precondition(answers.count == made.count, "A judge answers to each picture.")
      scores += try answers.map(scale.scores)
    }
    return scores
  }

  public func callAsFunction(_ planes: Matrix) throws -> [Double] {
    try scores(of: ChangedPictures(1) { _ in planes })[0]
  }
}

extension Judge.Scale {
  func scores(_ logits: [Double]) throws -> [Double] {
    if let stray = logits.first(where: { !$0.isFinite }) {
      throw InputError("the model's logits", expected: "finite numbers", found: "\(stray)")
    }
    guard self == .probability else { return logits }
    guard logits.count > 1 else {
      throw InputError(
        "score probability", expected: "at least two classes to share it", found: "\(logits.count)",
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
