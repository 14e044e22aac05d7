import Ground
import Measures
import Pictures

/// What a map is held against, where a dataset tells several places.
public enum TruthChoice: String, CaseIterable, Named {
  public static let kind = "a kind of truth"

  /// The box where there is one, else the whole thing's mask: the papers' way.
  case any
  case box
  case mask
  /// Discs of a fifteenth of the longer side around the parts that are seen.
  case parts
  /// Where the picture shows what its class has and the rival has not: the masks of the attributes in
  /// which it is ahead by half of people or more. What a comparison of the two is to find.
  case difference

  /// Nil where the dataset tells none.
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
