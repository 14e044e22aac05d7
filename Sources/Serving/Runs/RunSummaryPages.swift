import Auditing
import Ground
import Reports

/// The list of runs, and what one of them found out.
enum RunSummaryPages {
  static func list(_ runs: [ServedRun]) -> RunPage {
    let rows = runs.map { served -> [[HTML]] in
      [
        [RunPage.link("/runs/\(served.id)", HTML.name(served.name))], [.text(served.kind)],
        [.text("\(served.entries.count)")], [.text(served.sentence)],
      ]
    }
    let inside =
      runs.isEmpty
      ? [RunPage.paragraph("No run was named when the server was started.")]
      : [RunPage.table(["run", "command", "pictures", "what it found"], rows, numbers: [2])]
    return RunPage(
      "Runs", remark: "Each run is what was measured at one time, with all its pictures.", inside)
  }

  static func one(_ served: ServedRun) -> RunPage {
    let address = "/runs/\(served.id)"
    let links = HTML.tag(
      "p", [:],
      [
        RunPage.link("\(address)/pictures", [.text("All pictures")]), .text(" \u{b7} "),
        RunPage.link("\(address)/report", [.text("The whole report on one page")]),
      ])
    let notes = served.notes.map { RunPage.paragraph($0) }
    let body = served.audit.map { audit(served, $0) } ?? evaluation(served)
    return RunPage(
      served.name, remark: served.sentence, way: [(served.name, address)],
      [links] + notes + body + [failures(served)].compactMap { $0 })
  }

  private static func audit(_ served: ServedRun, _ summary: AuditSummary) -> [HTML] {
    let address = "/runs/\(served.id)/pictures"
    let counts = Verdict.Kind.allCases.map { kind -> [[HTML]] in
      let pairs = summary.count(kind)
      let words = kind.summary
      let name: HTML =
        pairs == 0
        ? .text(words)
        : RunPage.link("\(address)?verdict=\(percentEncoded(kind.rawValue))", [.text(words)])
      return [[name], [.text("\(pairs)")]]
    }
    let pairs = summary.worstFirst.map { judged -> [[HTML]] in
      let (first, second) = (
        served.name(of: judged.pair.first), served.name(of: judged.pair.second)
      )
      let shown = judged.examples.map { number in
        RunPage.link("\(address)/\(number)", [.text("picture \(number)")])
      }
      let examples = shown.enumerated().flatMap { place, link in
        place == 0 ? [link] : [HTML.text(", "), link]
      }
      return [
        [first, second].compactMap { $0 }.enumerated().flatMap { place, name in
          [
            HTML.text(place == 0 ? "" : " and "),
            RunPage.link("\(address)?class=\(percentEncoded(name))", HTML.name(name)),
          ]
        },
        [.text(judged.verdict.sentence(about: summary.thing))],
        [.text("\(judged.findings.right) of \(judged.findings.pictures)")], examples,
      ]
    }
    return [
      .tag("h2", [:], [.text("Verdicts")]),
      RunPage.table(["the classifier", "pairs"], counts, numbers: [1]),
      .tag("h2", [:], [.text("Pairs of classes")]),
      RunPage.table(
        ["classes", "verdict", "right", "shown best and least by"], pairs, numbers: [2]),
    ]
  }

  private static func evaluation(_ served: ServedRun) -> [HTML] {
    guard let table = served.evaluation else { return [] }
    let rows = table.rows.map { row -> [[HTML]] in
      [[.text(row.name)]] + row.summaries.map { [.text($0.description)] }
    }
    return [
      .tag("h2", [:], [.text("Means over all pictures")]),
      RunPage.table(["method"] + table.measures, rows),
    ]
  }

  private static func failures(_ served: ServedRun) -> HTML? {
    let count = served.entries.count { $0.failure != nil }
    guard count > 0 else { return nil }
    return .tag(
      "p", [:],
      [
        RunPage.link(
          "/runs/\(served.id)/pictures?failed=yes", [.text("\(counted(count, "picture")) failed.")])
      ])
  }
}
