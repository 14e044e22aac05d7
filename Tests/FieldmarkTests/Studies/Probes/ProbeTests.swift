import Fieldmark
import Testing

private let names = ["Blue, small \"Jay\"", "Crow", "Gull"]

@Test func aProbeIsReadBackAsAClassifier() throws {
  try inTemporaryFolder { folder in
    let rows = try LabeledRows(
      Matrix([[2, 0], [0, 2], [-2, -2], [3, 0]]), labels: [0, 1, 2, 0], classes: 3)
    let probe = try Probe.trained(on: rows, names: names, with: .leastSquares)
    try probe.write(to: folder / "probe.safetensors", about: [.init("model", "demo")])
    let classifier = try Classifier(folder / "probe.safetensors")
    #expect(classifier.targets.map(\.name) == names)
    #expect(
      classifier.targets.map(\.directions) == (0..<3).map { probe.head.weights.rows($0..<$0 + 1) })
    let about = try Checkpoint(folder / "probe.safetensors").metadata["probe"]
    #expect(
      about == """
        {"training":"least-squares","seed":"0","standardised":false,"model":"demo"}
        """)
  }
}

@Test func cosinesOfClassesAreThoseOfRows() {
  let cosines = ClassCosines(
    Matrix([[3, 4], [4, 3], [-3, -4], [0, 0]]), names: names + ["Nothing"])
  #expect(abs(cosines.values[0, 1] - 0.96) < 1e-6 && abs(cosines.values[0, 2] + 1) < 1e-6)
  #expect(cosines.values[0, 3] == 0)
  #expect(cosines.nearest(to: 0, 2) == [1, 3])
  // Of the first class 0.96, 0, -1; of the second 0.96, 0, -0.96; of the third 0, -0.96, -1.
  let ranks = cosines.meanByRank
  #expect(abs(ranks[0] - 0.48) < 1e-6 && abs(ranks[1] + 0.24) < 1e-6)
  let lines = cosines.csv.split(separator: "\n")
  #expect(
    lines[0] == "fieldmark cosines,\"Blue, small \"\"Jay\"\"\",Crow,Gull,Nothing"
      && lines.count == 5)
}
