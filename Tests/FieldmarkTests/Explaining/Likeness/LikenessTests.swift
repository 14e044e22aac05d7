import Fieldmark
import Testing

private func views(_ model: TinyModel) throws -> [View] {
  let encoder = try model.encoder()
  return try ["wide", "tall"].map { View(encoder, try model.picture($0)) }
}

@Test func everyLikenessHasANameOfItsOwn() {
  let names = Likeness.all.map(\.name)
  #expect(Set(names).count == names.count)
  #expect(Likeness(named: "cg-ram")?.name == "cg-ram")
  #expect(Likeness(named: "grad-cam") == nil)
}

@Test(arguments: Likeness.all.map(\.name), TinyModel.transformers + [TinyModel(name: "resnet")])
func everyLikenessGivesBothPicturesAMap(name: String, model: TinyModel) throws {
  let likeness = try #require(Likeness(named: name))
  let views = try views(model)
  let (query, supports) = likeness(views[0], like: [views[1]])
  let maps = [query] + supports
  #expect(maps.map(\.heatmap.width) == [96, 50])
  for map in maps {
    let values = map.heatmap.values.elements
    let isFinite = values.allSatisfy { $0.isFinite }
    #expect(isFinite)
    #expect(Set(values).count > 1, "a map shows something")
  }
}

/// v = (3, 4) of length 5 beside (2, 0) in two places: (2, 0) / (2 5 2).
@Test func sharesOfACosineByHand() {
  #expect(Likeness.shares([3, 4], [2, 0], places: 2) == [0.1, 0])
  #expect(Likeness.shares([0, 0], [2, 0], places: 2) == [0, 0], "nothing has no share")
}

@Test func aDecompositionSumsToTheCosine() throws {
  let views = try views(TinyModel(name: "vit"))
  let (query, supports) = Likeness.decomposition(views[0], like: [views[1]])
  let unit = Matrix(views.map(\.features)).scaledToUnitRows()
  let cosine = zip(unit[row: 0], unit[row: 1]).reduce(Float(0)) { $0 + $1.0 * $1.1 }
  for map in [query, supports[0]] {
    #expect(abs(map.score - cosine) < 1e-5)
    #expect(abs(map.heatmap.values.elements.reduce(0, +) - cosine) < 1e-5)
  }
}

/// The mean of <A_i, v> is <v, v>.
@Test func theMeanOfAPicturesRankingIsItsLength() throws {
  let views = try views(TinyModel(name: "vit"))
  let map = Likeness.ram(views[0], like: [views[1]]).query
  let length = views[0].features.reduce(Float(0)) { $0 + $1 * $1 }
  let values = map.heatmap.values.elements
  #expect(abs(map.score - length) < 1e-4 * length)
  #expect(abs(values.reduce(0, +) / Float(values.count) - length) < 1e-4 * length)
  #expect(
    Likeness.ram(views[0], like: [views[0]]).query.heatmap == map.heatmap, "whatever it is like")
}

/// Each channel's weight is what a small step of that channel in all places does to the score,
/// divided by their number.
@Test(arguments: ["cg-ram", "grad-fam"], [TinyModel(name: "vit"), TinyModel(name: "resnet")])
func gradientsOfLikenessEqualSmallSteps(name: String, model: TinyModel) throws {
  let views = try views(model)
  let (view, other) = (views[0], views[1])
  let tap = view.tap
  func score(_ activation: Matrix) -> Double {
    let pair = [tap.rest(activation), other.embedding].map { $0.elements.map { Double($0) } }
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let length = product(pair[0], pair[0]).squareRoot()
    if name == "grad-fam" { return length }
    return product(pair[0], pair[1]) / (length * product(pair[1], pair[1]).squareRoot())
  }
  let likeness = try #require(Likeness(named: name))
  let map = likeness(view, like: [other]).query
  #expect(abs(Double(map.score) - score(tap.activation)) < 1e-5)
  // Steps of 0.02 up and down, over two.
  let places = tap.skipped..<tap.activation.rows
  let slopes = (0..<tap.activation.columns).map { channel -> Double in
    let ends = [Float(0.02), -0.02].map { step -> Double in
      var moved = tap.activation
      for row in places { moved[row, channel] += step }
      return score(moved)
    }
    return (ends[0] - ends[1]) / 0.04 / Double(places.count)
  }
  let expected = places.map { row -> Double in
    let products = zip(tap.activation[row: row], slopes).map { Double($0) * $1 }
    return products.reduce(0, +)
  }
  let size = expected.map(abs).max() ?? 0
  for (a, b) in zip(map.heatmap.values.elements, expected) {
    #expect(abs(Double(a) - b) < 0.02 * size)
  }
}
