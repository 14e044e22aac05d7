import Fieldmark
import Testing

@Test func thePageShowsWhatWasPlantedAndWhatOfItIsFound() throws {
  try SmallAudit.everyKind.run { run in
    let summary = try AuditSummary(run)
    func page(_ calibration: Calibration?) throws -> String {
      try AuditPage(run, summary, calibration: calibration, picture: SmallAudit.picture).written
    }
    let written = try page(.sketched)
    #expect(written.contains("<h2>How small a reliance could be found here</h2>"))
    #expect(
      written.contains("<img src=\"data:image/png;base64,BBBB\" alt=\"with a word in a corner\">"))
    #expect(written.contains("Four of five heads are found where 30 % of the head or more"))
    #expect(written.contains("blind here"))
    #expect(written.contains("Trait was left out, because <bdi>no color is known.</bdi>"))
    #expect(!written.contains("<script>alert(1)"))
    #expect(try !page(nil).contains("How small a reliance"))
  }
}
