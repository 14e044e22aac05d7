import Fieldmark
import Testing

private let model = TinyModel(name: "vit")

/// 1 less the mean distance of two maps in units of the first: 1 for the same.
private let near = SanityCheck.Similarity("near") { a, b in
  let pairs = zip(a.values.elements, b.values.elements)
  let distance = pairs.reduce(0.0) { $0 + Double(abs($1.0 - $1.1)) }
  return 1 - distance / a.values.elements.reduce(0.0) { $0 + Double(abs($1)) }
}

private func map(_ model: Model, _ target: Target) throws -> PixelMap {
  let view = View(try ImageEncoder(model), try TinyModel(name: "vit").picture())
  return try Method.gradCAM(view, target).resized()
}

@Test func theMapChangesFromTheEndOfTheModelToItsBeginning() throws {
  let target = model.targets(1, .cosine(scale: 20), width: 24)[0]
  let whole = try model.model()
  let check = SanityCheck([near, .init("one") { _, _ in 1 }])
  let result = try check.cascade(whole) { try map($0, target) }
  #expect(result.steps.map(\.name) == whole.imageLayers.map(\.name))
  #expect(
    result.steps.allSatisfy { $0.values[0] ?? 1 < 0.9 && $0.values[1] == 1 }, "\(result.steps)")
  let mean = result.steps.reduce(0) { $0 + ($1.values[0] ?? .nan) } / Double(result.steps.count)
  #expect(result.mean(of: "near") == mean && result.mean(of: "far") == nil)
  #expect(try check.cascade(whole) { try map($0, target) } == result)
  let alone = try check.cascade(whole, .independent) { try map($0, target) }
  #expect(alone.steps[0] == result.steps[0] && alone.steps[1] != result.steps[1])
}

/// What shows the picture and not the model stays.
@Test func aMapOfThePictureAloneDoesNotChange() throws {
  let picture = try model.picture()
  let result = try SanityCheck([near]).cascade(model.model()) { model in
    let view = View(try ImageEncoder(model), picture)
    return view.heatmap(Matrix([[1, 2], [3, 4]])).resized()
  }
  #expect(result.mean(of: "near") == 1)
}

@Test func aMapChangesWithTheDirectionThatIsAskedFor() throws {
  let whole = try model.model()
  let target = model.targets(1, .cosine(scale: 20), width: 24)[0]
  let check = SanityCheck([near])
  var lengths: [Float] = []
  let result = try check.prompts(target, draws: 3, seed: 5) { target in
    lengths.append(target.directions.elements.reduce(0) { $0 + $1 * $1 })
    return try map(whole, target)
  }
  #expect(result.steps.map(\.name) == ["direction 0", "direction 1", "direction 2"])
  #expect(result.steps.allSatisfy { $0.values[0] ?? 1 < 0.9 }, "\(result.steps)")
  #expect(Set(result.steps.map { $0.values[0] }).count == 3)
  #expect(lengths.count == 4 && lengths.allSatisfy { abs($0 - 1) < 1e-5 }, "\(lengths)")
  #expect(
    result.card.json.written()
      == #"{"measure":"prompt randomisation","paper":"Adebayo et al. 2018, arXiv 1810.03292","#
      + #""fill":"directions of each prompt's own length, all as likely","seed":"5","steps":3,"#
      + #""score":null,"left_out":[]}"#)
}

@Test func noDrawsAreRefused() throws {
  let target = model.targets(1, .cosine(scale: 20), width: 24)[0]
  let error = #expect(throws: InputError.self) {
    try SanityCheck([near]).prompts(target, draws: 0) { _ in preconditionFailure("Not asked.") }
  }
  #expect(error?.description == "the prompts' draws: expected at least 1, found 0.")
}

/// A model drawn anew may light nothing, and with nothing there is no correlation: its step is left
/// out of the mean instead of making it none.
@Test func aSimilarityWithoutANumberIsLeftOut() throws {
  let target = model.targets(1, .cosine(scale: 20), width: 24)[0]
  let check = SanityCheck([
    .init("pearson") { $0.pearson(with: $1) }, .init("nan") { _, _ in .nan },
  ])
  let heatmaps = try [
    Matrix([[1, 2], [3, 4]]), Matrix([[2, 2], [2, 2]]), Matrix([[4, 3], [2, 1]]),
  ]
  .map { values in
    let view = View(try model.encoder(), try model.picture())
    return view.heatmap(values).resized()
  }
  var call = 0
  let result = try check.prompts(target, draws: 2) { _ in
    call += 1
    return heatmaps[call - 1]
  }
  #expect(result.steps[0].values == [nil, nil])
  let mean = try #require(result.mean(of: "pearson"))
  #expect(abs(mean + 1) < 1e-9)
  #expect(result.mean(of: "nan") == nil)
  #expect(
    result.card.leftOut.map(\.what) == [
      "pearson at direction 0", "nan at direction 0", "nan at direction 1",
    ])
}
