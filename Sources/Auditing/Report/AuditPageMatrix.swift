import Ground
import Measures
import Reports

/// Attributes by classes, in short cells: of a hundred classes there may be twenty thousand. Only what was
/// a trait of some class is listed.
///
/// A value's color is one of sixteen of viridis. Color is not the only sign: the number stands in the
/// cell, and a trait of the class has a dot.
struct AuditPageMatrix {
  let summary: AuditSummary
  let words: AuditPageWords
  private let rows: [Int]
  private let columns: [Int]
  private let range: ClosedRange<Double>

  static let steps = 16

  init(_ summary: AuditSummary, _ words: AuditPageWords) {
    (self.summary, self.words) = (summary, words)
    let columns = summary.classes.map(\.label)
    let cells = columns.compactMap { summary.cells[$0] }
    let rows = summary.attributes.indices.filter { attribute in
      cells.contains { $0[attribute].listed > 0 }
    }
    let values = cells.flatMap { cells in rows.compactMap { cells[$0].value } }
    (self.rows, self.columns) = (rows, columns)
    range = (values.min() ?? 0)...(values.max() ?? 0)
  }

  var written: [HTML] {
    guard !rows.isEmpty else { return [.paragraph("No attribute was a trait of any class.")] }
    let heads = columns.map {
      HTML.tag("th", ["scope": "col"], [.tag("div", [:], [.own(words.name(of: $0))])])
    }
    let body = rows.map { attribute in
      HTML.tag(
        "tr", [:],
        [
          .tag(
            "th", ["scope": "row", "title": summary.attributes[attribute].name],
            [.own(summary.attributes[attribute].phrase)])
        ] + columns.map { cell(summary.cells[$0]?[attribute]) })
    }
    let name = "Attributes by class"
    let table = HTML.tag(
      "table", ["class": "matrix"],
      [
        .tag("thead", [:], [.tag("tr", [:], [.tag("th", ["scope": "col"], [meaning])] + heads)]),
        .tag("tbody", [:], body),
      ])
    return [legend, .scrolling(name, [table])]
  }

  private var meaning: HTML { .link("hundredths", to: .agreement(.decisive)) }

  private func cell(_ cell: AuditSummary.Cell?) -> HTML {
    guard let cell, let value = cell.value else { return .tag("td", [:], [.text("–")]) }
    let kinds = "v\(step(value))" + (cell.listed > 0 ? " l" : "")
    // Numbers that somebody else wrote may be anything.
    let hundredths = Int((100 * max(-99, min(99, value))).rounded())
    guard cell.listed > 0 else {
      return .tag("td", ["class": kinds], [.text("\(hundredths)")])
    }
    let listed = "a trait in \(counted(cell.listed, "picture"))"
    return .tag("td", ["class": kinds, "title": listed], [.text("•\(hundredths)")])
  }

  private func step(_ value: Double) -> Int {
    let size = range.upperBound - range.lowerBound
    guard size > 0, size.isFinite else { return 0 }
    let share = (value - range.lowerBound) / size
    return min(AuditPageMatrix.steps - 1, Int(share * Double(AuditPageMatrix.steps)))
  }

  private var legend: HTML {
    let swatches = (0..<AuditPageMatrix.steps).map {
      HTML.tag("span", ["class": "v\($0)"], [.text(" ")])
    }
    return .tag(
      "p", ["class": "legend"],
      [
        .text(
          "How far the classifier's maps of each class lie where those of each attribute lie: \(range.lowerBound.short) "
        ),
        .tag("span", ["class": "swatches", "aria-hidden": "true"], swatches),
        .text(
          " \(range.upperBound.short), as rank correlations. A dot marks a trait of the class. Rows are the "
            + "attributes that are a trait of some class; others were never in question."),
      ])
  }
}
