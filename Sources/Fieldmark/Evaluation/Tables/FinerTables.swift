import Encoders

/// Finer-CAM's tables. (Zhang et al. 2025, arXiv 2501.11309.)
extension PaperTable {
  static let finer: [PaperTable] = [finer1, finer2, finer3]

  private static let paper = "Zhang et al. 2025, Finer-CAM, arXiv 2501.11309"
  private static let strength: Float = 0.6

  /// Also tables 5, 6 and 7, which are the same of other datasets and another backbone.
  static let finer1 = PaperTable(
    "finer-1", "Three methods, each alone and compared with the three most similar classes.",
    paper: "\(paper), tables 1, 5, 6 and 7",
    [.deletion, .relativeDrop5, .relativeDrop10, .energy]
  ) { settings in
    [Method.gradCAM, .layerCAM, .scoreCAM].map {
      .method($0, [0, strength], ReferenceRule(3), .mean, settings)
    }
  }

  /// The class that RD is relative to is the second prediction, as the paper says of this table.
  static let finer2 = PaperTable(
    "finer-2", "Grad-CAM compared with one class or another, and with several.",
    paper: "\(paper), table 2", [.deletion, .relativeDrop5]
  ) { settings in
    let names = ["none", "2nd prediction", "3rd prediction", "4th prediction", "aggregated"]
    let rows = names.map {
      Contender.Row("grad-cam, \($0)", against: $0 == "none" ? nil : "grad-cam, none")
    }
    return [
      Contender(
        rows, others: 3, rival: Contender.nearest(ReferenceRule(1, by: .predictions))
      ) { subject in
        let next = subject.rivals(ReferenceRule(3, by: .predictions)).map { subject.targets[$0] }
        guard next.count == 3 else {
          return .none(reason: "there are fewer than four classes")
        }
        let chosen = [[]] + next.map { [$0] } + [next]
        return try .maps(
          Contender.maps(
            .gradCAM, settings, subject,
            chosen.map { Weighting.mean.contrast(subject.concept, $0, strength) }))
      }
    ]
  }

  static let finer3 = PaperTable(
    "finer-3", "Ways to make one map of comparisons with three classes.",
    paper: "\(paper), table 3", [.deletion, .relativeDrop5]
  ) { settings in
    let ways: [(String, Weighting)] = [
      ("max before ReLU", .max), ("mean before ReLU", .mean), ("mean after ReLU", .clippedMean),
    ]
    let rule = ReferenceRule(3)
    return [
      Contender(
        ways.map { Contender.Row("grad-cam + finer \(strength), \($0.0)") }, others: rule.count,
        rival: Contender.nearest(rule)
      ) { subject in
        let rivals = subject.rivals(rule).map { subject.targets[$0] }
        return try .maps(
          Contender.maps(
            .gradCAM, settings, subject,
            ways.map { $0.1.contrast(subject.concept, rivals, strength) }))
      }
    ]
  }
}
