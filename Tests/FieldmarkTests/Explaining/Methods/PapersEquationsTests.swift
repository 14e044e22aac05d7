import Fieldmark
import Glibc
import Testing

private let model = TinyModel(name: "vit")
private let k = 3
private let (light, shadow, space) = (1.5, 1.0, 2.0)
private let settings = Method.Settings().with(Method.points, k)
  .with(Method.sigmaLight, Float(light)).with(Method.sigmaShadow, Float(shadow))
  .with(Method.sigmaSpace, Float(space))

/// softmax(logits)[place] of an embedding, out of plain inner products.
private func probability(_ place: Int, _ classes: [Target], _ embedding: Matrix) -> Double {
  let powers = classes.map { exp(Double($0(embedding))) }
  return powers[place] / powers.reduce(0, +)
}

/// Equations 1 to 3 for one pixel after the other; distances are in steps of the grid.
private func glas(
  _ view: View, _ part: String, _ p: (_ embedding: Matrix) -> Double
) -> [Double] {
  let (width, height) = (view.pixels.width, view.pixels.height)
  func square(_ x: Int, _ y: Int, _ point: Int) -> Double {
    let across = (Double(x) + 0.5) * Double(k) / Double(width) - (Double(point % k) + 0.5)
    let down = (Double(y) + 0.5) * Double(k) / Double(height) - (Double(point / k) + 0.5)
    return across * across + down * down
  }
  func ask(_ seen: (_ x: Int, _ y: Int) -> Double) -> Double {
    var changed = view.planes
    for row in 0..<3 {
      for pixel in 0..<width * height {
        changed[row, pixel] *= Float(seen(pixel % width, pixel / width))
      }
    }
    return p(view.encoder.layers(changed))
  }
  let whole = ask { _, _ in 1 }
  let factors = (0..<k * k).map { point -> Double in
    let lit = ask { exp(-square($0, $1, point) / (2 * light * light)) }
    let dark = ask { 1 - exp(-square($0, $1, point) / (2 * shadow * shadow)) }
    let shaded = abs(whole - dark) + 1e-5
    return part == "glas-light" ? lit : part == "glas-shadow" ? shaded : lit * shaded
  }
  return (0..<width * height).map { pixel in
    (0..<k * k).reduce(0) { sum, point in
      let near = exp(-square(pixel % width, pixel / width, point) / (space * space))
      return sum + near * factors[point] / Double(k * k)
    }
  }
}

private func expectEqual(_ map: Heatmap, _ expected: [Double]) {
  let size = expected.map(abs).max() ?? 0
  let worst = zip(map.values.elements, expected).map { abs(Double($0) - $1) }.max() ?? .infinity
  #expect(map.values.elements.count == expected.count && size > 0)
  #expect(worst < 1e-4 * size, "differs by \(worst / size) of the largest")
}

@Test(arguments: ["glas-light", "glas-shadow", "glas"])
func glasReadsTheSoftmaxOverTheHeadsClasses(_ name: String) throws {
  let view = View(try model.encoder(), try model.picture())
  let classes = model.targets(4, .linear, width: 24)
  let method = try #require(Method(named: name))
  let map = try method(view, Classifier(classes).targets[1], settings)
  expectEqual(map, glas(view, name) { probability(1, classes, $0) })
}

@Test(arguments: Weighting.all.map(\.name).filter { $0 != "maps" && !$0.contains("clip") })
func glasReadsTheSoftmaxOverConceptAndReferences(_ name: String) throws {
  let view = View(try model.encoder(), try model.picture())
  let all = model.targets(2, .cosine(scale: 20), width: 24)
  let weighting = try #require(Weighting(named: name))
  for strength: Float in [0, 0.6] {
    let question = Question(all[0], against: [all[1]], strength: strength, weighting: weighting)
    let highlight = try Highlight(question, .glas, view, settings)
    expectEqual(highlight.heatmap, glas(view, "glas") { probability(0, all, $0) })
    #expect(!highlight.notes.contains { $0.contains("logit") })
  }
}

@Test func classesOfAHeadAreComparedByTheirProbabilities() throws {
  let view = View(try model.encoder(), try model.picture())
  let classes = model.targets(4, .linear, width: 24)
  let known = Classifier(classes).targets
  let contrast = Weighting.mean.contrast(known[0], [known[2], known[3]], 0.6).target
  let map = try Method.glas(view, contrast, settings)
  let expected = glas(view, "glas") { embedding in
    let p = (0..<4).map { probability($0, classes, embedding) }
    return p[0] - 0.6 * (p[2] + p[3]) / 2
  }
  expectEqual(map, expected)
}

@Test func aConceptAloneHasNoProbabilityAndANoteSaysSo() throws {
  let view = View(try model.encoder(), try model.picture())
  let question = Question(model.targets(1, .linear, width: 24)[0].renamed("wing"))
  func highlight(_ method: Method, _ score: Scorer.Scale?) throws -> Highlight {
    var settings = settings
    (settings.score, settings[Method.masks]) = (score, 20)
    return try Highlight(question, method, view, settings)
  }
  let note = "glas read the logit: 'wing' has no probability without a classifier or references"
  let (probable, logit) = (try highlight(.glas, nil), try highlight(.glas, .logit))
  #expect(probable.notes.contains(note) && !logit.notes.contains(note))
  #expect(probable.heatmap == logit.heatmap)
  // What is told is what was read.
  #expect(probable.settings == logit.settings)
  #expect(probable.settings.contains(.init("score", "logit")))
  #expect(!(try highlight(.rise, nil).notes.contains { $0.contains("logit") }))
  #expect(try highlight(.rise, .probability).notes.contains { $0.hasPrefix("rise read the logit") })
}

/// `--score` speaks for every method that looks many times, and for no other.
@Test(arguments: Method.all.map(\.name).filter { $0 != "cam" })
func whatIsReadChangesMethodsThatLookManyTimes(_ name: String) throws {
  let method = try #require(Method(named: name))
  let view = View(try model.encoder(), try model.picture())
  let known = Classifier(model.targets(3, .linear, width: 24)).targets
  let maps = try [Scorer.Scale.probability, .logit].map { score in
    try method(
      view, known[0],
      Method.Settings(score: score).with(Method.masks, 30).with(Method.channels, 9)
        .with(Method.iterations, 3).with(Method.points, k))
  }
  let takes = try method.settings(.init(), view.encoder, block: 2).contains { $0.key == "score" }
  #expect((maps[0].values != maps[1].values) == takes)
}

/// Eq. 9:  f(x * H_k)^c - strength f(x * H_k)^d - f(x_b)^c, and the one with the contrast's own zero.
@Test func finerScoreCAMIsThePapersEquation() throws {
  let view = View(try model.encoder(), try model.picture())
  let (c, d) = {
    ($0[0], $0[1])
  }(model.targets(2, .cosine(scale: 20), width: 24))
  let contrast = Weighting.mean.contrast(c, [d], 0.6).target
  let nothing = view.encoder.layers(0 * view.planes)
  let (activation, grid, pixels) = (view.activation, view.grid, view.pixels)
  var own = [Float](repeating: 0, count: grid.pixels)
  var difference = own
  for channel in 0..<activation.columns {
    let places = (0..<grid.pixels).map { activation[$0, channel] }
    let seen = Matrix(rows: grid.height, columns: grid.width, places)
      .stretched(width: pixels.width, height: pixels.height).scaledToUnit()
    var changed = view.planes
    for row in 0..<3 {
      for pixel in 0..<pixels.pixels { changed[row, pixel] *= seen.elements[pixel] }
    }
    let embedding = view.encoder.layers(changed)
    let score = c(embedding) - 0.6 * d(embedding)
    for place in places.indices {
      own[place] += (score - c(nothing)) * places[place]
      difference[place] += (score - c(nothing) + 0.6 * d(nothing)) * places[place]
    }
  }
  expectEqual(try Method.scoreCAM(view, contrast), own.map(Double.init))
  expectEqual(try Method.scoreCAMOfDifferences(view, contrast), difference.map(Double.init))
  // Alone, a concept has one zero.
  #expect(try Method.scoreCAM(view, c) == Method.scoreCAMOfDifferences(view, c))
}

@Test func glassTablesHaveTheWidthsOfTheirPaper() throws {
  try SmallEvaluation.run { small in
    for name in ["glas-1", "glas-2"] {
      let table = try #require(PaperTable(named: name))
      func told(_ settings: Method.Settings) throws -> String {
        try Evaluation(small.context, table.explainers(settings), table.measures)
          .methodSettings().written()
      }
      let widths = #""sigma-light":5.0,"sigma-shadow":3.0,"sigma-space":6.0,"score":"probability""#
      #expect(try told(.init()).contains(widths))
      #expect(!(try told(Method.Settings().with(Method.sigma, 2)).contains(widths)))
    }
  }
}
