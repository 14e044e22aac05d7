import Fieldmark

/// Five species in a small world, a tiny model and a head for them: what an evaluation needs.
struct SmallEvaluation {
  let dataset: Dataset
  let model: Model
  let encoder: ImageEncoder
  let classifier: Classifier

  static func run(_ body: (SmallEvaluation) throws -> Void) throws {
    try inTemporaryFolder { folder in
      let names = [
        "Redshouldered Brackle", "Plain Brackle", "Goldshouldered Brackle", "Lemon Thornet",
        "Leafgreen Thornet",
      ]
      let world = World(seed: 4, size: 64, species: try names.map { try Species.find($0) })
      _ = try WorldFolder(world, at: folder / "birds", captions: 0).write(20, goesOn: { true }) {
        _ in
      }
      let dataset = try Dataset(folder / "birds")
      let model = try TinyModel(name: "vit").model()
      let encoder = try ImageEncoder(model)
      let features = Matrix.stacked(try dataset.examples.map { encoder(try $0.picture()) })
      let rows = try LabeledRows(
        features, labels: dataset.examples.map { $0.label ?? 0 }, classes: names.count)
      try Probe.trained(on: rows, names: names, with: .leastSquares)
        .write(to: folder / "probe.safetensors")
      try body(
        SmallEvaluation(
          dataset: dataset, model: model, encoder: encoder,
          classifier: try Classifier(folder / "probe.safetensors")))
    }
  }

  var context: EvaluationContext {
    EvaluationContext(model, encoder, dataset, classifier) { try ImageEncoder($0) }
  }
}
