import Ground
import Measures
import Pictures
import Reports

/// A run of `evaluate` as one self-contained page: the table, curves, the pictures on which two
/// rows differ most, what each measure means, and the settings.
///
/// ```swift
/// let page = try EvaluationPage(run, table) { try dataset.examples[$0].picture() }
/// try write(Array(page.written.utf8), to: "birds.html")
/// ```
public struct EvaluationPage: Sendable {
  private let table: EvaluationTable
  private let inside: [HTML]
  private let model: String

  /// - Parameter picture: Returns a picture by its number. If it throws, the maps of that picture
  ///   are not drawn.
  public init(
    _ run: RunFile, _ table: EvaluationTable, picture: (_ number: Int) throws -> Picture
  ) throws {
    self.table = table
    model = table.plan.inputs.model ?? "a model"
    let curves = try EvaluationCurves(run, table)
    var inside = [EvaluationPage.numbers(table)]
    inside += EvaluationPage.section("Curves", curves.drawn)
    inside += EvaluationPage.section(
      "Pictures on which two methods differ most",
      try EvaluationPage.differences(run, table, picture))
    inside += EvaluationPage.section(
      "What the numbers mean", table.measures.map { meaning($0, table.settings) })
    if !table.failures.isEmpty {
      let list = table.failures.map { HTML.tag("li", [:], [.text($0)]) }
      inside += EvaluationPage.section("Pictures that failed", [.tag("ul", [:], list)])
    }
    inside += EvaluationPage.section(
      "What was asked", [EvaluationPage.settings(table.settings)])
    self.inside = inside
  }

  public var written: String {
    let accuracy =
      table.accuracy.map { ", \(Int((100 * $0).rounded())) % of them classified right" } ?? ""
    return Page(
      "What explanation methods show about \(model)",
      remark: (table.extent.sentence.map { $0 + " " } ?? "")
        + "\(counted(table.pictures, "picture"))\(accuracy). Every mean comes with its 95 % bootstrap "
        + "interval over pictures and with the number of pictures behind it. A line that begins with "
        + "'minus' has the difference between the row above it and another row on the same pictures; if "
        + "its interval contains 0, no difference was seen.", inside
    ).written
  }

  private static func section(_ title: String, _ inside: [HTML]) -> [HTML] {
    inside.isEmpty ? [] : [.tag("h2", [:], [.text(title)])] + inside
  }

  private static func numbers(_ table: EvaluationTable) -> HTML {
    func cell(_ name: String, _ text: String) -> HTML { .tag(name, [:], [.text(text)]) }
    let head = HTML.tag("tr", [:], (["method"] + table.measures).map { cell("th", $0) })
    let rows = table.rows.flatMap { row -> [HTML] in
      let own = HTML.tag(
        "tr", [:], [cell("th", row.name)] + row.summaries.map { cell("td", $0.description) })
      guard let against = row.against else { return [own] }
      let gains = zip(table.measures, row.gains).map { measure, gain in
        HTML.tag("td", [:], [.tag("small", [:], [.text(said(gain, measure))])])
      }
      return [own, .tag("tr", [:], [cell("td", "minus \(against)")] + gains)]
    }
    return .tag(
      "div", ["style": "overflow-x: auto"],
      [.tag("table", [:], [.tag("thead", [:], [head]), .tag("tbody", [:], rows)])])
  }

  /// A gain such as `0.051 (0.021 to 0.083), 240 of 240: better`.
  private static func said(_ gain: Summary?, _ measure: String) -> String {
    guard let gain, gain.mean != nil else { return "" }
    guard let interval = gain.interval, let measure = Measure(named: measure) else {
      return gain.description
    }
    let sign = interval.lowerBound > 0 ? 1 : interval.upperBound < 0 ? -1 : 0
    guard sign != 0 else { return "\(gain.description): no difference seen" }
    switch measure.better {
    case .neither: return "\(gain.description): a difference"
    case .higher: return "\(gain.description): \(sign > 0 ? "better" : "worse")"
    case .lower: return "\(gain.description): \(sign < 0 ? "better" : "worse")"
    }
  }

  private static func settings(_ settings: RunSettings) -> HTML {
    .tag(
      "table", [:],
      settings.members.map { member in
        .tag(
          "tr", [:],
          [
            .tag("th", [:], [.text(member.key)]),
            .tag("td", [:], [.text(member.value.string ?? member.value.written())]),
          ])
      })
  }
}

/// A fold-out text with everything that must be known to compare a number with somebody else's.
private func meaning(_ name: String, _ settings: RunSettings) -> HTML {
  guard let measure = Measure(named: name) else { return .tag("p", [:], [.text(name)]) }
  let better =
    switch measure.better {
    case .higher: "Higher is better."
    case .lower: "Lower is better."
    case .neither: "Neither higher nor lower is better."
    }
  let lines =
    [measure.summary + " " + better, measure.paper] + measure.card(in: settings.members).lines
  return .tag(
    "details", [:],
    [
      .tag("summary", [:], [.text(name)]),
      .tag("ul", [:], lines.map { .tag("li", [:], [.text($0)]) }),
    ])
}

extension Card {
  /// A line for each thing that a number depends on.
  var lines: [String] {
    settings.map { "\($0.key): \($0.value.string ?? $0.value.written())" }
      + leftOut.map { "left out: \($0.what), if \($0.why)" }
  }
}
