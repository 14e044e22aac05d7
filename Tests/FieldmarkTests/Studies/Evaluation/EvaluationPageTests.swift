import Fieldmark
import Foundation
import Testing

/// A small run of two strengths more than the method alone, with a picture that cannot be read.
private func inRun(_ body: (RunFile, Dataset) throws -> Void) throws {
  try SmallEvaluation.run { small in
    try inTemporaryFolder { folder in
      let evaluation = Evaluation(
        small.context, [.method(.gradCAM, [0, 0.6, 1])],
        [.relativeDrop5, .deletion, .boxAccuracy], changes: .init(step: 200))
      let rows = evaluation.rows.map { row -> JSON in
        ["name": .string(row.name), "against": row.against.map { .string($0) } ?? .null]
      }
      let settings = RunSettings([
        .init("model", "<demo>"), .init("rows", .array(rows)),
        .init("measures", .array(evaluation.measures.map { .string($0.name) })),
        .init("pixels_a_step", 200), .init("fill", "blur"), .init("score", .null),
      ])
      let run = try RunFile(folder / "a.run", settings)
      for number in 0..<6 { try run.add(evaluation.record(small.dataset.examples[number])) }
      var failed = RunRecord(number: 6, path: "gone.png")
      failed.failure = "gone.png: expected a picture, found <nothing>."
      try run.add(failed)
      try body(run, small.dataset)
    }
  }
}

@Test func aPageHasTheTableCurvesPicturesAndWhatWasAsked() throws {
  try inRun { run, dataset in
    let table = try EvaluationTable(run)
    let page = try EvaluationPage(run, table) { try dataset.examples[$0].picture() }.written
    #expect(page.contains("<title>What explanation methods show about &lt;demo&gt;</title>"))
    #expect(page.contains("<p>7 pictures, "))
    for row in table.rows {
      #expect(page.contains("<th>\(row.name)</th>"))
      for summary in row.summaries { #expect(page.contains("<td>\(summary.description)</td>")) }
    }
    #expect(page.contains("<b>deletion, grad-cam + finer 1.0</b>"))
    #expect(page.contains("<b>rd-5 by strength</b>"))
    // The three best and the three worst, of pictures where the two differ.
    var numbers: [Int: [Double?]] = [:]
    for row in ["grad-cam", "grad-cam + finer 0.6"] {
      try run.eachNumber(of: row, "rd-5") { numbers[$0, default: []].append($1.value) }
    }
    let differing = numbers.values.count { $0.count == 2 && $0[0] != $0[1] }
    let sections = page.components(separatedBy: "<b>grad-cam + finer 0.6</b>").count - 1
    #expect(differing > 3 && sections == 2 * min(3, differing / 2))
    #expect(page.contains("<summary>max-box-acc</summary>"))
    // Each card says what this run asked for, where the measure goes by it.
    #expect(page.contains("<li>fill: blur</li><li>pixels_a_step: 200</li>"))
    #expect(page.contains("<li>fill: blur</li><li>share: 0.05</li>"))
    #expect(page.contains("<li>gone.png: expected a picture, found &lt;nothing&gt;.</li>"))
    #expect(page.hasSuffix("</html>\n"))
  }
}

@Test func mapsOfPicturesThatAreGoneAreNotDrawn() throws {
  try inRun { run, _ in
    let page = try EvaluationPage(run, EvaluationTable(run)) { _ in
      throw InputError("it", expected: "a picture", found: "none")
    }
    #expect(!page.written.contains("<b>grad-cam + finer 0.6</b>"))
    #expect(page.written.contains("<b>deletion, grad-cam + finer 0.6</b>"))
  }
}
