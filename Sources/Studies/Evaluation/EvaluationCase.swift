import Datasets
import Encoders
import Explaining
import Ground
import Measures

/// A picture of an evaluation with its question: why does it belong to its class rather than to
/// others?
public struct EvaluationCase: Sendable {
  public let example: Example
  public let view: View
  public let label: Int
  public let context: EvaluationContext
  /// The class that it is compared with, if it is given; otherwise rules find it.
  public let rival: Int?

  public init(
    _ example: Example, _ view: View, label: Int, _ context: EvaluationContext, rival: Int? = nil
  ) {
    self.example = example
    self.view = view
    self.label = label
    self.context = context
    self.rival = rival
  }

  /// An example with its own class, which must be among the classifier's.
  package init(of example: Example, _ context: EvaluationContext) throws {
    let classes = context.classifier.targets.count
    guard let label = example.label, (0..<classes).contains(label) else {
      throw InputError(
        "\(example), its class", expected: "one of the classifier's \(classes) classes",
        found: example.label.map { "\($0)" } ?? "none")
    }
    self.init(example, context.view(try example.picture()), label: label, context)
  }

  /// The part of the record that does not depend on methods and measures.
  package var record: RunRecord {
    let scores = targets.map { $0(view.embedding) }
    return RunRecord(
      number: example.number, path: example.name.description, label: label,
      predicted: scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) },
      place: .init(
        width: view.picture.width, height: view.picture.height,
        region: view.encoder.preprocessing.region(of: view.picture)))
  }

  public var targets: [Target] { context.classifier.targets }
  public var concept: Target { targets[label] }

  /// The classes that this one is compared with, the most similar first.
  public func rivals(_ rule: ReferenceRule) -> [Int] {
    if let rival { return [rival] }
    let others = targets.indices.filter { $0 != label }
    let embedding = rule.measure == .directions ? nil : view.embedding
    let places = rule.places(for: concept, among: others.map { targets[$0] }) { target in
      embedding.map { target($0) } ?? 0
    }
    return places.map { others[$0] }
  }

  /// The same question about another view.
  func seeing(_ view: View) -> EvaluationCase {
    EvaluationCase(example, view, label: label, context, rival: rival)
  }

  /// The same question about planes that do not come from a picture's file.
  func seeing(_ planes: Matrix) -> EvaluationCase {
    seeing(context.view(view.picture, planes: planes, by: view.encoder))
  }

  /// The visible parts.
  package var parts: [PartPoint] { context.dataset.visibleParts(of: example) }

  /// A picture of the rival class with the opposite question: why is it the rival rather than this
  /// class?
  func counterpart(_ rival: Int) throws -> EvaluationCase? {
    guard let other = try context.example(of: rival, for: example) else { return nil }
    return EvaluationCase(
      other, context.view(try other.picture()), label: rival, context, rival: label)
  }
}

extension Dataset {
  /// The parts of the thing that are seen in a picture.
  package func visibleParts(of example: Example) -> [PartPoint] {
    zip(partNames, parts(of: example)).compactMap { name, place in
      place.map { PartPoint(name, x: $0.x, y: $0.y) }
    }
  }
}
