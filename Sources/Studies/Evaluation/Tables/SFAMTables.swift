import Explaining
import Ground

/// SFAM's tables. (Liao et al. 2025, arXiv 2506.01636.)
extension PaperTable {
  package static let sfam: [PaperTable] = [
    sfam(
      "sfam-1", "What pictures of a class have in common, by their distance.", "table 1",
      .euclidean, [.cgRAM, .ram, .gradFAM, .sfamEuclidean],
      missing: ["Decomposition splits a cosine, and says nothing about a distance"]),
    sfam(
      "sfam-2", "What pictures of a class have in common, by their cosine.", "table 2",
      .cosine, [.cgRAM, .ram, .gradFAM, .decomposition, .sfam]),
  ]

  private static func sfam(
    _ name: String, _ summary: String, _ table: String, _ likeness: Episode.Likeness,
    _ ways: [Likeness], missing: [String] = []
  ) -> PaperTable {
    PaperTable(
      name, summary, paper: "Liao et al. 2025, SFAM, arXiv 2506.01636, \(table)",
      missing: missing, [.overlap20, .accuracy20]
    ) { _ in
      [
        Explainer(
          ways.map { Explainer.Row($0.name) }, rival: Explainer.nearest(ReferenceRule(1))
        ) { subject in
          guard let support = try Episode(subject)?.support(by: likeness) else {
            return .none(reason: "the picture is more like one of another class")
          }
          return .maps(ways.map { $0(subject.view, like: [support]).query.heatmap })
        }
      ]
    }
  }
}

/// A 5-way 1-shot episode: a picture of the query's own class, and pictures of four other classes
/// that are drawn at random. A query is measured only if the picture of its own class is the most
/// similar. (SFAM, section 4.3.)
struct Episode: Sendable {
  enum Likeness { case cosine, euclidean }

  private let query: View
  private let own: View
  private let others: [View]

  /// Nil if the class has no other picture.
  init?(_ subject: EvaluationCase) throws {
    let context = subject.context
    func view(_ label: Int) throws -> View? {
      try context.example(of: label, for: subject.example).map {
        context.view(try $0.picture(), by: subject.view.encoder)
      }
    }
    guard let own = try view(subject.label) else { return nil }
    var random = SplitMix(seed: context.seed, subject.example.number)
    var labels = subject.targets.indices.filter { $0 != subject.label }
    var others: [View] = []
    while others.count < 4, !labels.isEmpty {
      let label = labels.remove(at: random.below(labels.count))
      if let other = try view(label) { others.append(other) }
    }
    (query, self.own, self.others) = (subject.view, own, others)
  }

  /// The picture of the own class; nil if another one is at least as similar to the query.
  func support(by likeness: Likeness) -> View? {
    let best = distance(own, likeness)
    return others.allSatisfy { distance($0, likeness) > best } ? own : nil
  }

  private func distance(_ other: View, _ likeness: Likeness) -> Float {
    let (a, b) = (query.features, other.features)
    switch likeness {
    case .cosine: return -a.cosine(b)
    case .euclidean: return zip(a, b).map { $0 - $1 }.length
    }
  }
}
