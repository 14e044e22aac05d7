/// Something that cannot be why a classifier decides as it does, held against it as the traits are: a
/// name, one line of help, and what it puts in the place of which.
///
/// ```swift
/// Control.all.map(\.name)      // absent, directions, pictures, rows, blob
/// ```
///
/// A trait's agreement means as much as it has more of it than these.
public struct Control: Sendable {
  public let name: String
  public let summary: String
  /// What verdicts hold it by.
  let agreement: Agreement
  /// What an agreement has in each of its draws.
  let values: @Sendable (Agreement, AuditCase) -> [Double]

  private init(
    name: String, summary: String, agreement: Agreement = .together,
    values: @escaping @Sendable (Agreement, AuditCase) -> [Double]
  ) {
    (self.name, self.summary) = (name, summary)
    (self.agreement, self.values) = (agreement, values)
  }

  public static let all: [Control] = [.absent, .directions, .pictures, .rows, .blob]

  /// How often rows are shuffled; each takes a map.
  static let shuffles = 99
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
      audit.elsewhere.compactMap { $0.value(agreement, audit.classifier) }
    })

  public static let rows = Control(
    name: "rows", summary: "The classifier's rows shuffled: two other classes in place of these.",
    values: { agreement, audit in
      let values = audit.rows.map { audit.traits.value(agreement, $0) }
      return audit.shuffles.compactMap { values[$0] }
    })

  public static let blob = Control(
    name: "blob",
    summary: "A blob in the middle in place of the classifier's map, by rank: it has no direction.",
    agreement: .rank,
    values: { agreement, audit in
      [audit.traits.value(agreement, Evidence.blob(like: audit.classifier.map))].compactMap { $0 }
    })

  /// The same with numbers drawn in the place of the traits', none of them twice in a draw: a mean of
  /// three strays less than one number does.
  private static func drawn(_ numbers: [Double?], _ audit: AuditCase) -> [Double] {
    let known = numbers.compactMap { $0 }
    let (own, lacking) = (audit.traits.own.count, audit.traits.lacking.count)
    return audit.draws(of: known.count, picking: own + lacking).map { places in
      let some = places.map { known[$0] }
      return AuditTraits.difference(some.prefix(own), some.dropFirst(own)) ?? 0
    }
  }
}
