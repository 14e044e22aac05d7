import Ground
import Reports

/// How small a reliance the audit finds with this model and these pictures: what was planted, what of it
/// was found, and how that compares with the marks of the verdicts.
struct AuditPageCalibration {
  private let calibration: Calibration

  init(_ calibration: Calibration) { self.calibration = calibration }

  static let title = "How small a reliance could be found here"

  var written: [HTML] {
    [.paragraph(calibration.sentence), .paragraph(AuditPageCalibration.explanation)]
      + calibration.marks.map(mark) + leftOut + [table, powers]
      + (calibration.marks.isEmpty ? [] : [.paragraph(calibration.caution)]) + [pairs]
  }

  private static let explanation =
    "Each mark was planted in half of the pictures of either class. On these pictures an honest head was trained, "
    + "which tells the classes apart and cannot learn the mark, and a cheating one, which tells marked pictures from "
    + "others. Heads that mix both were then audited on other pictures, in which one class has the mark and the other "
    + "has not, as a shortcut in real data does it. What such a head truly owes to the mark is known: it is the "
    + "part of its margin that is lost when the mark is taken from the one class and given to the other. (It can be "
    + "more than 100 %: then the other class wins.)"

  private func mark(_ mark: Calibration.Mark) -> HTML {
    let pictures = mark.pictures.map { pictures in
      [
        figure(pictures.before, "a picture as it is"),
        figure(pictures.after, "with \(mark.what)"),
      ]
    }
    return .tag(
      "div", ["class": "of-picture"],
      [
        .tag("h3", [:], [.text(mark.name)]),
        .tag("p", [:], [.own(mark.sentence.startingLarge)]),
        .tag("div", ["class": "maps"], pictures ?? []),
      ])
  }

  private func figure(_ url: String, _ caption: String) -> HTML {
    .tag(
      "figure", [:],
      [
        .tag("img", ["src": url, "alt": caption]), .tag("figcaption", [:], [.own(caption)]),
      ])
  }

  private var leftOut: [HTML] {
    calibration.leftOut.map {
      .tag(
        "p", [:], [.text("\($0.mark.startingLarge) was left out, because "), .own($0.reason + ".")])
    }
  }

  private var table: HTML {
    guard !calibration.marks.isEmpty else { return .paragraph("No mark could be tested.") }
    var table = AuditPageTable(
      "What is found of each mark",
      [
        .init("mark"), .init("shown by"), .init("honest heads stay below"),
        .init("found from a share of"), .init("of which it truly decides"),
        .init("the verdicts' marks find it from"), .init("AUC of share 1 against 0"),
        .init("heads"),
      ])
    for mark in calibration.marks {
      let least = mark.steps.first { $0.share == mark.leastShare }
      table.add([
        .init([.text(mark.name)]), .init([.text(mark.shownBy.joined(separator: ", "))]),
        .init(mark.threshold, mark.threshold.percent),
        .init(mark.leastShare, mark.leastShare?.percent ?? "blind here"),
        .init(least?.truth, least?.truth?.percent),
        .init(mark.leastShareByRule, mark.leastShareByRule?.percent ?? "never"),
        .init(mark.auc), .init(Double(mark.heads), "\(mark.heads)"),
      ])
    }
    return table.written(id: "calibration-marks")
  }

  /// How many heads were found, with intervals.
  private var powers: HTML {
    guard !calibration.marks.isEmpty else { return .tag("p") }
    var table = AuditPageTable(
      "Heads found, by the share of the head that goes by the mark",
      [
        .init("mark"), .init("share"), .init("truly decides"), .init("estimate"), .init("found"),
        .init("found by the verdicts' marks"),
      ])
    for mark in calibration.marks {
      for step in mark.steps {
        table.add([
          .init([.text(mark.name)]), .init(step.share, step.share.percent),
          .init(step.truth, step.truth?.percent), .init(step.estimate, step.estimate?.percent),
          cell(step.found), cell(step.byRule),
        ])
      }
    }
    return .tag(
      "details", [:],
      [
        .tag("summary", [:], [.text("All shares, with intervals of 95 %")]),
        table.written(id: "calibration-powers"),
      ])
  }

  private func cell(_ rate: Calibration.Rate) -> AuditPageTable.Cell {
    .init(
      rate.share, [.text(rate.share.percent)],
      beside: "(\(rate.low.percent) to \(rate.high.percent))")
  }

  private var pairs: HTML {
    .tag(
      "details", [:],
      [
        .tag("summary", [:], [.text("The pairs of classes that marks were planted in")]),
        .tag(
          "ul", [:],
          calibration.pairs.map { pair in
            .tag(
              "li", [:],
              [
                .own(pair.first), .text(" and "), .own(pair.second),
                .text(", \(counted(pair.pictures, "picture")) of each"),
              ])
          }),
      ])
  }
}

extension String {
  fileprivate var startingLarge: String { prefix(1).uppercased() + dropFirst() }
}
