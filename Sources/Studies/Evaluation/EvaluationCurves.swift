import Ground
import Reports

/// The curves of a run: the scores of a class and of the class most similar to it while a map's
/// best pixels are changed (figure 5 of Finer-CAM), and measures as functions of the strength
/// (figure 6).
struct EvaluationCurves: Sendable {
  private let plots: [LinePlot]

  init(_ run: RunFile, _ table: EvaluationTable) throws {
    var plots: [LinePlot] = []
    for measure in table.measures {
      for row in table.rows {
        guard let mean = try MeanCurve(run, row.name, measure) else { continue }
        plots.append(mean.plot("\(measure), \(row.name)"))
      }
    }
    self.plots = plots + EvaluationCurves.strengths(table)
  }

  var drawn: [HTML] {
    guard !plots.isEmpty else { return [] }
    let figures = plots.map { plot in
      Page.figure(
        "data:image/svg+xml;base64," + base64(Array(plot.svg.utf8)), plot.title, title: plot.title,
        [plot.note].compactMap { $0 })
    }
    return [.tag("section", ["class": "plots"], figures)]
  }

  /// A line for each method with at least three strengths.
  private static func strengths(_ table: EvaluationTable) -> [LinePlot] {
    var methods: [(name: String, rows: [(strength: Double, row: EvaluationTable.Row)])] = []
    for row in table.rows {
      guard let method = row.asked.method, let strength = row.asked.strength else { continue }
      let known = (JSON(strength).number ?? 0, row)
      if let place = methods.firstIndex(where: { $0.name == method }) {
        methods[place].rows.append(known)
      } else {
        methods.append((method, [known]))
      }
    }
    let several = methods.filter { $0.rows.count > 2 }
    guard !several.isEmpty else { return [] }
    return table.measures.enumerated().map { index, measure in
      LinePlot(
        "\(measure) by strength", x: "strength", y: measure,
        several.map { method in
          LinePlot.Line(
            method.name,
            method.rows.sorted { $0.strength < $1.strength }.compactMap { strength, row in
              row.summaries[index].mean.map { (strength, $0) }
            })
        })
    }
  }
}

/// The mean of the curves of all pictures that have the same steps.
private struct MeanCurve {
  let shares: [Double]
  let target: [Double]
  let rival: [Double]
  let count: Int

  /// Nil if the measure has no curve.
  init?(_ run: RunFile, _ row: String, _ measure: String) throws {
    var (shares, target, rival, count) = ([Float](), [Double](), [Double](), 0)
    try run.eachCurve(of: row, measure) { _, curve in
      if count == 0 {
        shares = curve.shares
        target = curve.target.map { _ in 0 }
        rival = target
      }
      guard curve.shares == shares else { return }
      count += 1
      for place in shares.indices {
        target[place] += Double(curve.target[place])
        rival[place] += Double(curve.rival[place])
      }
    }
    guard count > 0, shares.count > 1 else { return nil }
    self.shares = shares.map { Double($0) }
    self.target = target.map { $0 / Double(count) }
    self.rival = rival.map { $0 / Double(count) }
    self.count = count
  }

  func plot(_ title: String) -> LinePlot {
    let gap = zip(shares, zip(target, rival)).filter { $0.0 <= 0.2 }.map { $0.1.0 - $0.1.1 }
    let mean = gap.reduce(0, +) / Double(max(1, gap.count))
    return LinePlot(
      title, x: "share of the pixels that are changed", y: "score",
      [
        .init("the class", Array(zip(shares, target))),
        .init("the most similar one", Array(zip(shares, rival))),
      ], note: "mean of \(counted(count, "picture")); up to 0.2 the gap is \(mean.short)")
  }
}
