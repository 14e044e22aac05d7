import Explaining
import Ground

/// Finer-CAM's tables. (Zhang et al. 2025, arXiv 2501.11309.)
///
/// As in the paper, all three tables compare a class with the same three others: the aggregation of
/// table 2 and the mean of table 3 are the Finer-CAM of table 1. Table 2 says that these classes
/// are the second to the fourth prediction, and the code of that time used them too. The present
/// code takes the classes whose logits are nearest to the class's own, which are the same classes
/// if the class itself is predicted. (Imageomics/Finer-CAM at 8de9d87 and at 564ad2c,
/// `finer_cam.py`.) The relative drop is relative to the second prediction: with this reference,
/// the comparison "produces direct optimization" of the drop.
extension PaperTable {
  static let finer: [PaperTable] = [finer1, finer2, finer3]

  private static let paper = "Zhang et al. 2025, Finer-CAM, arXiv 2501.11309"

  private static func comparison(_ strengths: [Float]) -> ClassComparison {
    ClassComparison(
      references: ReferenceRule(3, by: .predictions), strengths: strengths, rival: .predictions)
  }

  /// Also tables 5, 6 and 7, which are the same for other datasets and another backbone.
  static let finer1 = PaperTable(
    "finer-1", "Three methods, each alone and compared with the three next most likely classes.",
    paper: "\(paper), tables 1, 5, 6 and 7",
    [.deletion, .relativeDrop5, .relativeDrop10, .energy], comparison([0, 0.6])
  ) { settings, comparison in
    [Method.gradCAM, .layerCAM, .scoreCAM].map { .method($0, comparison, settings) }
  }

  static let finer2 = PaperTable(
    "finer-2", "Grad-CAM compared with each of several classes, and with several together.",
    paper: "\(paper), table 2", [.deletion, .relativeDrop5], comparison([0, 0.6])
  ) { settings, comparison in
    let rule = comparison.references
    let chosen =
      (0..<rule.count).map { ([$0], rule.measure.name(of: $0)) }
      + [(Array(0..<rule.count), "aggregated")]
    return [
      .gradCAM(comparison, plain: "grad-cam, none", settings, needsAll: true) { strength in
        chosen.map { places, name in
          .init("grad-cam, \(name)\(comparison.suffix(strength))") { concept, rivals in
            comparison.weighting.contrast(concept, places.map { rivals[$0] }, strength)
          }
        }
      }
    ]
  }

  /// The rows are the paper's three weightings, and the one of `--weighting` if it is another.
  static let finer3 = PaperTable(
    "finer-3", "Ways to combine comparisons with three classes into one map.",
    paper: "\(paper), table 3", [.deletion, .relativeDrop5], comparison([0.6])
  ) { settings, comparison in
    var ways: [(name: String, Weighting)] = [
      ("max before ReLU", .max), ("mean before ReLU", .mean), ("mean after ReLU", .clippedMean),
    ]
    if !ways.contains(where: { $0.1.name == comparison.weighting.name }) {
      ways.append((comparison.weighting.name, comparison.weighting))
    }
    return [
      .gradCAM(comparison, plain: "grad-cam", settings) { [ways] strength in
        ways.map { name, way in
          .init("grad-cam + finer \(strength), \(name)") { way.contrast($0, $1, strength) }
        }
      }
    ]
  }
}

extension ClassComparison {
  /// The end of a row's name, which gives the strength unless it is the paper's only one.
  fileprivate func suffix(_ strength: Float) -> String {
    strengths.filter { $0 != 0 } == [0.6] ? "" : ", strength \(strength)"
  }
}

extension ReferenceRule.Similarity {
  /// The name of a reference by its index: `2nd prediction`.
  fileprivate func name(of place: Int) -> String {
    func nth(_ number: Int) -> String {
      let isTeen = (11...13).contains(number % 100)
      let ending = isTeen ? "th" : [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
      return "\(number)\(ending)"
    }
    switch self {
    // The first prediction is the class itself.
    case .predictions: return "\(nth(place + 2)) prediction"
    case .logits: return "\(nth(place + 1)) nearest logit"
    case .directions: return "\(nth(place + 1)) most similar"
    }
  }
}

/// A row of a table in which each row has its own way of comparing a class.
private struct ComparedRow {
  let name: String
  let contrast: @Sendable (_ concept: Target, _ rivals: [Target]) -> Contrast

  init(
    _ name: String,
    _ contrast: @escaping @Sendable (_ concept: Target, _ rivals: [Target]) -> Contrast
  ) {
    (self.name, self.contrast) = (name, contrast)
  }
}

extension Explainer {
  /// Grad-CAM alone, if 0 is among the strengths, and the rows of `make` for each other strength.
  fileprivate static func gradCAM(
    _ comparison: ClassComparison, plain: String, _ settings: Method.Settings,
    needsAll: Bool = false,
    _ make: (_ strength: Float) -> [ComparedRow]
  ) -> Explainer {
    let hasPlain = comparison.strengths.contains(0)
    let alone = ComparedRow(plain) { concept, _ in Weighting.mean.contrast(concept, [], 0) }
    let rows =
      (hasPlain ? [alone] : []) + comparison.strengths.filter { $0 != 0 }.flatMap(make)
    let rule = comparison.references
    return Explainer(
      rows.map { Row($0.name, against: hasPlain && $0.name != plain ? plain : nil) },
      others: rule.count, of: [(Method.gradCAM.name, .gradCAM)], settings,
      rival: nearest(ReferenceRule(1, by: comparison.rival))
    ) { subject in
      let rivals = subject.rivals(rule).map { subject.targets[$0] }
      guard rivals.count == rule.count || !needsAll else {
        return .none(reason: "there are fewer than \(rule.count + 1) classes")
      }
      return try .maps(
        maps(.gradCAM, settings, subject, rows.map { $0.contrast(subject.concept, rivals) }))
    }
  }
}
