import Encoders

/// Something that cannot be why a classifier decides as it does, held against it as the traits are: a
/// name, one line of help, and what it puts in the place of which.
///
///     Control.all.map(\.name)      // absent, directions, pictures, rows, blob
///
/// A trait's agreement means as much as it has more of it than these.
public struct Control: Sendable {
  public let name: String
  public let summary: String
  /// What an agreement has in each of its draws: the mean over as many maps as there are traits.
  let values: @Sendable (Agreement, AuditCase) -> [Double]

  public static let all: [Control] = [.absent, .directions, .pictures, .rows, .blob]

  /// How often a control is drawn.
  static let draws = 99
  /// How many directions, and how many other pictures.
  static let directionCount = 40
  static let pictureCount = 20

  public static let absent = Control(
    name: "absent", summary: "As many attributes that neither class has.",
    values: { agreement, audit in
      drawn(audit.absent.map { agreement(audit.classifier, $0.evidence, near: $0.near) }, audit)
    })

  public static let directions = Control(
    name: "directions", summary: "As many directions drawn at random in place of words.",
    values: { agreement, audit in
      drawn(audit.directions.map { agreement(audit.classifier, $0) }, audit)
    })

  public static let pictures = Control(
    name: "pictures", summary: "The same attributes on other pictures.",
    values: { agreement, audit in
      audit.elsewhere.compactMap { traits in
        mean(traits.map { agreement(audit.classifier, $0.evidence, near: $0.near) })
      }
    })

  public static let rows = Control(
    name: "rows", summary: "The classifier's rows shuffled: two other classes in place of these.",
    values: { agreement, audit in
      audit.rows.compactMap { row in
        mean(audit.traits.map { agreement(row, $0.evidence, near: $0.near) })
      }
    })

  public static let blob = Control(
    name: "blob", summary: "A blob in the middle in place of the classifier's map.",
    values: { agreement, audit in
      let blob = Evidence.blob(like: audit.classifier.map)
      return [mean(audit.traits.map { agreement(blob, $0.evidence, near: $0.near) })]
        .compactMap { $0 }
    })

  /// Means of as many of the numbers as there are traits, drawn without one of them twice: a mean of
  /// three strays less than one number does.
  private static func drawn(_ numbers: [Double?], _ audit: AuditCase) -> [Double] {
    let known = numbers.compactMap { $0 }
    let size = audit.traits.count
    guard size > 0, known.count >= size else { return [] }
    return (0..<draws).map { draw in
      var random = SplitMix(seed: audit.seed, draw)
      var left = known
      let sum = (0..<size).reduce(0.0) { sum, _ in
        sum + left.remove(at: random.below(left.count))
      }
      return sum / Double(size)
    }
  }

  /// Of those that have a number; nil where none has.
  static func mean(_ numbers: [Double?]) -> Double? {
    let known = numbers.compactMap { $0 }
    return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
  }
}

/// All that one picture's audit compares: the classifier's evidence, and that of its traits and controls.
struct AuditCase: Sendable {
  struct Trait: Sendable {
    let attribute: Int
    let evidence: Evidence
    /// What share of each place lies near its parts; empty where none is seen.
    let near: [Float]
  }

  let classifier: Evidence
  let traits: [Trait]
  let absent: [Trait]
  let directions: [Evidence]
  let elsewhere: [[Trait]]
  let rows: [Evidence]
  let seed: UInt64

  /// What an agreement has on the traits, their mean.
  func value(_ agreement: Agreement) -> Double? {
    Control.mean(traits.map { agreement(classifier, $0.evidence, near: $0.near) })
  }
}
