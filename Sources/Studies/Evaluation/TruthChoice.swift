import Ground
import Measures
import Pictures

/// The truth that a map is compared with, for a dataset that has several kinds.
public enum TruthChoice: String, CaseIterable, Named {
  public static let kind = "a kind of truth"

  /// The box if there is one, or else the mask of the whole thing, as in the papers.
  case any
  case box
  case mask
  /// Discs around the visible parts, with a radius of a fifteenth of the picture's longer side.
  case parts
  /// Where the picture shows what its class has and the rival lacks: the masks of the attributes
  /// whose percentage is at least 50 points higher for the class. A comparison of the two classes
  /// should find these.
  case difference

  /// Nil if the dataset has no such truth for the picture.
  package func truth(of subject: EvaluationCase, against rival: Int) throws -> Truth? {
    let (width, height) = (subject.view.picture.width, subject.view.picture.height)
    switch self {
    case .any: return try box(subject) ?? mask(of: subject)
    case .box: return box(subject)
    case .mask: return try mask(of: subject)
    case .parts:
      let points = subject.parts
      guard !points.isEmpty else { return nil }
      return Truth(
        around: points, radius: Double(max(width, height)) / 15, width: width, height: height)
    case .difference: return try difference(of: subject, from: rival)
    }
  }

  private func box(_ subject: EvaluationCase) -> Truth? {
    subject.example.box.map {
      Truth(box: $0, width: subject.view.picture.width, height: subject.view.picture.height)
    }
  }

  private func mask(of subject: EvaluationCase) throws -> Truth? {
    try subject.context.dataset.masks(of: subject.example).first { $0.kind == "object" }
      .map { Truth(try $0.read(for: subject.view.picture)) }
  }

  private func difference(of subject: EvaluationCase, from rival: Int) throws -> Truth? {
    let dataset = subject.context.dataset
    guard let table = dataset.classAttributes, rival != subject.label else { return nil }
    let ahead = table.differences(from: rival, to: subject.label).filter { $0.points >= 50 }
    let attributes = Set(ahead.map(\.attribute))
    let masks = try dataset.masks(of: subject.example).filter {
      $0.attribute.map(attributes.contains) ?? false
    }.map { try $0.read(for: subject.view.picture) }
    guard let first = masks.first else { return nil }
    let pixels = masks.dropFirst().reduce(first.pixels) { all, mask in
      zip(all, mask.pixels).map { $0 || $1 }
    }
    return pixels.contains(true)
      ? Truth(Mask(width: first.width, height: first.height, pixels)) : nil
  }
}
