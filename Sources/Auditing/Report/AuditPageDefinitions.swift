import Reports

/// What a number of an audit's page means, one click from where it stands.
struct AuditPageDefinition: Equatable, Sendable {
  let id: String
  let name: String
  let meaning: [String]

  private init(_ id: String, _ name: String, _ meaning: String...) {
    self.init(id, name, meaning)
  }

  private init(_ id: String, _ name: String, _ meaning: [String]) {
    (self.id, self.name, self.meaning) = ("define-\(id)", name, meaning)
  }

  static let score = AuditPageDefinition(
    "score", "score",
    "How faithful: what the traits come to (all, by \(Agreement.together.name)) less the mean of what "
      + "comes of attributes that neither class has in their place, in the mean of the pictures that "
      + "the classifier gets right. 0 where it goes with the traits no more than with those.",
    "Beside it the bootstrap's 95 % interval over pictures; of all classes together over classes.")

  static let all = AuditPageDefinition(
    "all", "all",
    "What the traits come to: the mean agreement of those that the class has, less the mean of those "
      + "that it lacks and its rival has, halved; one of both alone where there are no others. Evidence "
      + "for what a class lacks is evidence against it.")

  static let p = AuditPageDefinition(
    "p", "p",
    "How likely so much is by chance: of draws of what cannot be the reason, how many have as much "
      + "or more, the traits themselves counted: p = (1 + as much) / (1 + draws). It is never 0, and "
      + "where a control has few draws never small: of 199 draws the least is 0.005, of 20 pictures "
      + "0.048, of one blob 0.5. Of many pictures each draw has its mean over them.")

  static let rate = AuditPageDefinition(
    "rate", "false discovery rate",
    "Of as many classes as there are some have a small p by chance alone. This is the least share of "
      + "such among all that would be called found together with this one (Benjamini and Hochberg "
      + "1995). Pairs of classes have theirs among pairs.")

  static let right = AuditPageDefinition(
    "right", "right of pictures",
    "How many pictures the classifier gives their own class. Only these count for scores, p and "
      + "traits.")

  static let points = AuditPageDefinition(
    "points", "points",
    "How much more often people saw it in the class than in the one it is told apart from, in "
      + "percentage points; below 0 of what the class lacks and the other has.")

  static let listed = AuditPageDefinition(
    "listed", "listed",
    "In how many pictures that count it was one of the traits compared.")

  static let cell = AuditPageDefinition(
    "cell", "value of an attribute",
    "How far what speaks for the class goes with the attribute (\(Agreement.together.name)), in the "
      + "mean of the class's pictures that count, in hundredths. Its p is its rank among the "
      + "attributes that neither class has.")

  static let verdict = AuditPageDefinition(
    "verdict", "verdict", ["Of p beside absent attributes, and in this order:"] + Verdict.rule)

  static func agreement(_ agreement: Agreement) -> AuditPageDefinition {
    AuditPageDefinition(
      "agreement-\(agreement.name)", agreement.name,
      agreement.summary + (agreement.isHigherBetter ? " More agrees more." : " Less agrees more."))
  }

  static func control(_ control: Control) -> AuditPageDefinition {
    AuditPageDefinition("control-\(control.name)", control.name, control.summary)
  }
}

extension HTML {
  static func link(_ text: String, to definition: AuditPageDefinition) -> HTML {
    .tag("a", ["href": "#\(definition.id)"], [.text(text)])
  }
}

/// All of them.
struct AuditPageDefinitions {
  let words: AuditPageWords

  init(_ words: AuditPageWords) { self.words = words }

  var written: [HTML] {
    [list([.verdict, .score, .all, .p, .rate, .right, .points, .listed, .cell])]
      + [.tag("h3", [:], [.text("Agreements: how far two maps go together")])]
      + [list(Agreement.all.map { .agreement($0) })]
      + [.tag("h3", [:], [.text("Controls: what cannot be the reason")])]
      + [list(Control.all.map { .control($0) })]
  }

  private func list(_ definitions: [AuditPageDefinition]) -> HTML {
    .tag(
      "dl", [:],
      definitions.flatMap { definition in
        [.tag("dt", ["id": definition.id], [.text(definition.name)])]
          + definition.meaning.map { HTML.tag("dd", [:], [.text($0)]) }
      })
  }
}
