import Fieldmark
import Testing

/// Twelve drawn birds of two species that look alike, a head for them that is never asked, and a tiny model.
private struct SmallCalibration {
  let dataset: Dataset
  let audit: Audit

  static func run(
    ofEach: Int = 6, size: Int = 96, passes: Passes = .silent,
    nuisances: [Nuisance]? = Nuisance.all,
    changing change: (Fieldmark.Path) throws -> Void = { _ in },
    _ body: (SmallCalibration) throws -> Void
  ) throws {
    try inTemporaryFolder { folder in
      let species = try ["Redshouldered Brackle", "Plain Brackle"].map { try Species.find($0) }
      let world = World(seed: 4, size: size, species: species)
      _ = try WorldFolder(world, at: folder / "birds", captions: 0).write(
        2 * ofEach, goesOn: { true }
      ) { _ in }
      try change(folder / "birds")
      let dataset = try Dataset(folder / "birds")
      let model = try TinyModel(name: "vit").model()
      let encoder = try ImageEncoder(model)
      let width = encoder.architecture.embedding
      func direction(_ phrase: String) -> [Float] {
        numbers(width, seed: phrase.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
      }
      let table = try #require(dataset.classAttributes)
      let head = Classifier(
        dataset.classes.indices.map {
          Target(dataset.spokenName(of: $0), direction(dataset.classes[$0]), .linear)
        })
      let context = EvaluationContext(model, encoder, dataset, head, passes: passes) {
        try ImageEncoder($0)
      }
      let vocabulary = AuditVocabulary(table, AttributeWords(of: table.attributes)) {
        Target($0, direction($0), .cosine(scale: 10))
      }
      try body(
        SmallCalibration(
          dataset: dataset, audit: Audit(context, vocabulary, nuisances: nuisances)))
    }
  }

  func calibration() throws -> Calibration {
    try Calibrator(audit, pairs: 1).calibration(of: "these")
  }
}

@Test func everyMarkIsPlantedAndFoundOrNotAndThePassesAreCounted() throws {
  try SmallCalibration.run { small in
    let calibrator = try Calibrator(small.audit, pairs: 1)
    // Of each of twelve pictures: itself, 5 with a word, 5 with a border, 2 with a cast, 3 with a
    // background, 3 with a colored part.
    #expect(calibrator.passes == 12 * 19 && calibrator.plantings == 12 * 5)
    let found = try calibrator.calibration(of: "these")
    #expect(found.passes <= calibrator.passes && found.passes > 12 * 10)
    #expect(found.pairs == [.init("Redshouldered Brackle", "Plain Brackle", pictures: 6)])
    #expect(
      (found.marks.map(\.name) + found.leftOut.map(\.mark)).sorted()
        == PlantedMark.all.map(\.name).sorted())
    #expect(found.marks.map(\.name).starts(with: ["text", "frame", "tint"]))
    for mark in found.marks {
      #expect(mark.steps.count == 11 && mark.heads == MixedHeads.divisions && mark.pictures != nil)
    }
    #expect(try small.calibration() == found, "the same seed gives the same")
  }
}

@Test func marksThatTheAuditDoesNotLookForAreLeftOut() throws {
  try SmallCalibration.run(nuisances: [.color]) { small in
    let found = try small.calibration()
    #expect(found.marks.allSatisfy { ["tint", "trait"].contains($0.name) })
    #expect(
      found.leftOut.filter { $0.mark != "trait" }
        == ["text", "frame", "background"].map {
          .init($0, "this audit does not change what would show it")
        })
  }
}

@Test func tooFewPicturesOrPairsAreRefused() throws {
  try SmallCalibration.run(ofEach: 3) { small in
    #expect(
      sentence { _ = try small.calibration() }
        == "a calibration: expected two classes that look alike with at least 6 pictures of each, found none."
    )
  }
  try SmallCalibration.run { small in
    #expect(
      sentence { _ = try Calibrator(small.audit, pairs: 2) }
        == "a calibration: expected at most 1 pair of classes, as many as look alike and have 6 pictures of "
        + "each, found 2.")
  }
}

/// Paints every picture of a dataset in one gray.
private func makeGray(_ birds: Fieldmark.Path) throws {
  let gray = Picture(width: 96, height: 96, pixels: [UInt8](repeating: 120, count: 3 * 96 * 96))
  for example in try Dataset(birds).examples {
    try write(gray.png(text: [("Software", OwnFile.artist)]), to: birds / "images" / example.name)
  }
}

/// Nothing tells the classes apart, so that nobody can be honest.
@Test func grayPicturesMakeNoHeads() throws {
  try SmallCalibration.run(changing: makeGray) { small in
    let found = try small.calibration()
    #expect(found.marks.isEmpty)
    #expect(found.leftOut.map(\.mark) == PlantedMark.all.map(\.name))
    for left in found.leftOut.prefix(3) {
      #expect(
        left.reason
          == "the model does not tell these pictures apart, so that no head could be trained")
    }
    // The outline of the bird is seen before another background.
    #expect(
      found.leftOut[3].reason.hasPrefix(
        "the pictures hardly tell the classes apart without it: heads that were trained to be honest owe "
      ))
  }
}

@Test func aCalibrationEndsWhenItIsInterrupted() throws {
  var passes = Passes.silent
  passes.goesOn = { false }
  try SmallCalibration.run(passes: passes) { small in
    #expect(throws: Interrupted.self) { _ = try small.calibration() }
  }
}
