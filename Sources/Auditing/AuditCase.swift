/// The attributes that tell two classes apart in one picture.
struct AuditTraits: Sendable {
  struct Entry: Sendable {
    let attribute: Int
    let evidence: Evidence
    /// What share of each place lies near its parts; empty where none is seen.
    let near: [Float]
  }

  /// Those that the class has and its rival has not.
  let own: [Entry]
  /// Those that the rival has and the class has not: what speaks for them speaks against the class.
  let lacking: [Entry]

  /// What an agreement has on them. With a the agreement of each with the classifier's evidence:
  ///
  ///     (mean of a over the class's own - mean of a over those that it lacks) / 2
  ///
  /// and one of these alone where there are no others.
  func value(_ agreement: Agreement, _ classifier: Evidence) -> Double? {
    func values(_ traits: [Entry]) -> [Double] {
      traits.compactMap { agreement(classifier, $0.evidence, near: $0.near) }
    }
    return AuditTraits.difference(values(own), values(lacking))
  }

  /// What is for less what is against, where there are both; nil where there is neither.
  static func difference(
    _ own: some Collection<Double>, _ lacking: some Collection<Double>
  ) -> Double? {
    switch (own.mean, lacking.mean) {
    case (let own?, let lacking?): (own - lacking) / 2
    case (let own?, nil): own
    case (nil, let lacking?): -lacking
    case (nil, nil): nil
    }
  }
}

/// All that one picture's audit compares: the classifier's evidence, and that of its traits and controls.
struct AuditCase: Sendable {
  let classifier: Evidence
  let traits: AuditTraits
  let absent: [AuditTraits.Entry]
  let directions: [Evidence]
  let elsewhere: [AuditTraits]
  /// Of two other classes, and which of these each shuffle has.
  let rows: [Evidence]
  let shuffles: [Int]
  let draws: ControlDraws
}

extension Collection<Double> {
  /// Nil of none.
  var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }
}
