import Fieldmark
import Testing

private func find(_ path: Fieldmark.Path) -> OwnFile? {
  OwnFile.find(
    path, tables: EvaluationTable.formats + AuditSummary.formats + [ClassCosines.format])
}

/// Files of others whose names and beginnings are like those of ours are others' all the same.
@Test func tablesHeadsAndRunsAreRecognized() throws {
  try inTemporaryFolder { folder in
    let run = folder / "a.run"
    _ = try RunFile(run, RunSettings([]))
    #expect(find(run)?.kind == .run)
    let tables = try Tables(folder / "b.run", .write)
    try tables.run("CREATE TABLE about (name TEXT, value TEXT)")
    #expect(find(folder / "b.run") == nil)

    let cosines = ClassCosines(Matrix([[1, 0], [0, 1]]), names: ["wren", "robin, American"])
    try cosines.write(to: folder)
    #expect(find(folder / "cosines.csv")?.kind == .table)
    #expect(find(folder / "cosines.svg")?.kind == .plot)

    let weight = Tensor("weight", shape: [1, 2], [1, 2])
    let head = folder / "head.safetensors"
    for (metadata, isOurs) in [
      (["fieldmark": "0.2"], true), (["classes": "[]", "probe": "{}"], true),
      (["epoch": "3"], false),
      ([:], false),
    ] as [([String: String], Bool)] {
      try writeSafetensors([weight], metadata: metadata, to: head)
      #expect((find(head)?.kind == .head) == isOurs, "\(metadata)")
    }
    try write(Array("method,measure,mean\n".utf8), to: folder / "mine.csv")
    #expect(find(folder / "mine.csv") == nil)
    #expect(find(folder) == nil)
    try write(Array(Page("A", remark: "b", [], source: "3f9a").written.utf8), to: folder / "a.html")
    #expect(find(folder / "a.html")?.kind == .page)
    #expect(find(folder / "a.html")?.source == "3f9a")
  }
}

@Test func filesBesideARunSayWhoseTheyAre() {
  #expect(Fieldmark.Path("x/birds.run").beside(".csv") == "x/birds.run.csv")
  #expect(Fieldmark.Path("birds").beside(".md") == "birds.run.md")
}
