import Nuisances
import Reports

/// What all words and numbers of the page mean.
struct AuditPageDefinitions {
  /// Beside those that are built in, those that only this run has.
  private let others: [String]

  init(_ summary: AuditSummary) {
    others = (summary.plan.nuisances ?? []).filter { Nuisance(named: $0) == nil }
  }

  var written: [HTML] {
    [list([.verdict, .words, .p, .rate, .right, .points])]
      + section("Agreements: how far two maps lie at the same places")
      + [
        list(
          Agreement.all.map { .agreement($0) } + [.sets, .otherClasses, .otherPictures, .onParts])
      ]
      + section("Changes: what happens to the decision when the picture is changed")
      + [list([.margin, .share, .flips, .power, .traits, .others])]
      + section("What is changed that is no trait")
      + [list(Nuisance.all.map { .nuisance($0) })] + own
  }

  private var own: [HTML] {
    others.isEmpty
      ? []
      : [
        .tag(
          "p", [:],
          [.text("This run changed these, too: ")]
            + AuditPageWords.list(others.map { [.own($0)] }) + [.text(".")])
      ]
  }

  private func section(_ title: String) -> [HTML] { [.tag("h3", [:], [.text(title)])] }

  private func list(_ definitions: [AuditPageDefinition]) -> HTML {
    .tag(
      "dl", [:],
      definitions.flatMap { definition in
        [.tag("dt", ["id": definition.id], [.text(definition.name)])]
          + definition.meaning.map { HTML.tag("dd", [:], [.text($0)]) }
      })
  }
}
