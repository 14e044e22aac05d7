import Explaining
import Ground
import Reports

/// Turns the words of a request into questions, as `fieldmark highlight` does it.
extension MapRequest {
  func questions(_ session: Session) throws -> [Question] {
    let head = isOfClasses ? session.classifier : nil
    let named = try targets(concepts + against, head)
    let (targets, references) = (
      Array(named.prefix(concepts.count)), Array(named.dropFirst(concepts.count))
    )
    // CLIP Surgery tells several concepts apart by subtracting what all of them have in common.
    let isSurgery =
      method.name == Method.clipSurgery.name && concepts.count > 1 && against.isEmpty
      && rule == nil && head == nil && strength != 0
    return try targets.enumerated().map { index, concept in
      Question(
        concept, try self.references(references, for: concept, among: head?.targets ?? targets),
        strength: strength, weighting: weighting,
        surgery: isSurgery ? .init(on: index, among: targets) : nil,
        notes: try notes([concepts[index]] + against, head))
    }
  }

  private func targets(_ names: [String], _ head: Classifier?) throws -> [Target] {
    guard let head else {
      // Texts that the model cannot take are refused before any is encoded.
      for name in names { _ = try look.model.notes(on: name) }
      return try look.model.targets(of: names)
    }
    return try names.map { try head.target($0) }
  }

  private func references(
    _ named: [Target], for concept: Target, among all: [Target]
  ) throws -> References {
    guard let rule else { return .named(named) }
    let others = all.filter { $0.name != concept.name }
    guard others.count >= rule.count else {
      throw InputError(
        "'against', \(rule)", expected: "at least \(rule.count) others to choose from",
        found: others.isEmpty ? "none" : "\(others.count)",
        hint: "the others are the other concepts, or the other classes of the classifier")
    }
    return .similar(rule, among: others)
  }

  private func notes(_ names: [String], _ head: Classifier?) throws -> [String] {
    if let head {
      return head.notes.map { "\(head.place): \($0)" } + ["scored by the classifier \(head.place)"]
    }
    return try names.flatMap { try look.model.notes(on: $0) }
  }
}
