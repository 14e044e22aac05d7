import Explaining
import Ground

/// DiffCAM's tables. (Li et al. 2025, CVPR.)
extension PaperTable {
  static let diffcam: [PaperTable] = [diffcam1, diffcam2]

  static let diffcam1 = PaperTable(
    "diffcam-1",
    "How well methods find things; DiffCAM compares the picture with the classes most similar to it.",
    paper: "Li et al. 2025, DiffCAM, table 1", [.overlapAboveMean, .bestOverlap, .averagePrecision]
  ) { settings in
    [Method.gradCAM, .scoreCAM, .layerCAM, .xGradCAM].map {
      .method($0, [0], ReferenceRule(3), .mean, settings)
    } + [.diffCAMOfClasses]
  }

  static let diffcam2 = PaperTable(
    "diffcam-2",
    "Whether maps of one class against another find the parts on which the two differ.",
    paper: "Li et al. 2025, DiffCAM, table 2",
    missing: [
      "Goyal et al. exchange parts of two pictures, and CounteRGAN draws pictures: neither is a map"
    ],
    [.partRecall, .partPrecision, .partOverlap, .partF1]
  ) { settings in
    [Rival.random, .similar].flatMap { rival in
      [
        Explainer.galore(rival), .diffCAM(rival),
        .counterfactual(.gradCAM, 0.6, rival, settings),
        .counterfactual(.gradCAM, 1, rival, settings),
      ]
    }
  }
}

/// The class that a picture is compared with: a random one, as somebody who knows little about
/// birds might ask, or the most similar one.
enum Rival: String, Sendable {
  case random
  case similar

  func chosen(_ subject: EvaluationCase) -> Int {
    if let rival = subject.rival { return rival }
    let count = subject.targets.count
    guard self == .random, count > 1 else { return Explainer.nearest(ReferenceRule(1))(subject) }
    var random = SplitMix(seed: subject.context.seed, subject.example.number)
    return (subject.label + 1 + random.below(count - 1)) % count
  }
}

extension Explainer {
  /// DiffCAM against the hundred classes whose mean features are most similar to the picture's. The
  /// picture's own class is left out, since including it would compare the picture with its own
  /// kind.
  static let diffCAMOfClasses = Explainer(
    [Row(DiffCAM.name)], rival: nearest(ReferenceRule(1))
  ) { subject in
    let features = try subject.context.features.value()
    let rows = features.classes.indices.filter { features.classes[$0] != subject.label }
    guard !rows.isEmpty else { return .none(reason: "there is no other class with pictures") }
    let means = features.means.picking(rows)
    let some = means.picking(means.nearestRows(100, to: subject.view.features))
    return try .maps([DiffCAM(some).map(of: subject.view)])
  }

  /// DiffCAM of a picture against the pictures of its rival.
  static func diffCAM(_ rival: Rival) -> Explainer {
    Explainer([Row("\(DiffCAM.name), \(rival.rawValue) class")], rival: rival.chosen) { subject in
      let features = try subject.context.features.value().pictures[rival.chosen(subject)]
      guard features.rows > 0 else { return .none(reason: "the other class has no picture") }
      return try .maps([DiffCAM(features).map(of: subject.view)])
    }
  }

  /// A method's map of the class against its rival.
  static func counterfactual(
    _ method: Method, _ strength: Float, _ rival: Rival, _ settings: Method.Settings
  ) -> Explainer {
    let name = "\(method.name) + finer \(strength), \(rival.rawValue) class"
    return Explainer([Row(name)], of: [(method.name, method)], settings, rival: rival.chosen) {
      subject in
      let other = subject.targets[rival.chosen(subject)]
      return try .maps(
        maps(
          method, settings, subject, [Weighting.mean.contrast(subject.concept, [other], strength)]))
    }
  }

  /// GALORE, formerly SCOUT. With the attributions A_a of the class, A_b of its rival and A_s of
  /// the model's confidence, each of which is gradient times activation at every place with
  /// negative values set to 0, the map is
  ///
  ///     A_s (max A_b - A_b) A_a
  ///
  /// (Wang and Vasconcelos 2020, arXiv 2004.07769, eq. 9 to 11; GALORE is its later name.) The
  /// paper has three measures of confidence. Used here is the largest probability, the one that
  /// needs no other network.
  static func galore(_ rival: Rival) -> Explainer {
    Explainer([Row("galore, \(rival.rawValue) class")], rival: rival.chosen) { subject in
      let scores = subject.targets.map { $0(subject.view.embedding) }
      let likeliest = scores.indices.max { (scores[$0], -$0) < (scores[$1], -$1) }
      let sure = Target.probability(of: likeliest ?? subject.label, among: subject.targets)
      let asked = [subject.concept, subject.targets[rival.chosen(subject)], sure]
      let maps = try Method.hiResCAM.maps(subject.view, asked).map { $0.clipped() }
      let (own, others, certain) = (maps[0].values, maps[1].values, maps[2].values)
      let most = others.elements.max() ?? 0
      let unlike = others.mapped { most - $0 }
      return .maps([maps[0].with(own.merged(unlike) { $0 * $1 }.merged(certain) { $0 * $1 })])
    }
  }
}
