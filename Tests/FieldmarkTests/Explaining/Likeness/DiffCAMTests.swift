import Fieldmark
import Testing

/// References (0, 0), (2, 0): mean (1, 0), scatter diag(2, 0), mean of its diagonal 1. With lambda
/// 0.5 the picture (2, 3) gets w = ((2 - 1) / 2.5, 3 / 0.5).
@Test func weightsByHand() throws {
  let others = try DiffCAM(Matrix([[0, 0], [2, 0]]), lambda: 0.5)
  #expect(others.weights(of: [2, 3]) == [0.4, 6])
  #expect(others.weights(of: [1, 0]) == [0, 0], "nothing tells it from their mean")
}

/// References that do not differ leave the plain difference.
@Test func oneReferenceIsThePlainDifference() throws {
  let other = try DiffCAM(Matrix([[1, 2, 3]]))
  #expect(other.weights(of: [2, 2, 1]) == [1, 0, -2])
}

/// w maximizes J: no other direction separates the picture better.
@Test func noDirectionSeparatesBetter() throws {
  let references = Matrix(
    rows: 9, columns: 4, (0..<36).map { Float(($0 * 7919) % 101) / 50 - 1 })
  let picture: [Float] = [0.9, -0.7, 0.2, 1.4]
  let others = try DiffCAM(references, lambda: 1e-6)
  let mean = references.meanRow().elements
  func quality(_ w: [Float]) -> Float {
    let product = { (z: ArraySlice<Float>) in
      zip(w, zip(z, mean)).reduce(Float(0)) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
    }
    let spread = (0..<9).reduce(Float(0)) { sum, row in
      let p = product(references[row: row])
      return sum + p * p
    }
    let p = product(picture[...])
    return p * p / spread
  }
  let best = quality(others.weights(of: picture))
  for seed in 0..<200 {
    let w = (0..<4).map { Float(((seed * 4 + $0) * 104_729) % 997) / 498 - 1 }
    #expect(quality(w) <= best * 1.0001)
  }
}

@Test func theNearestReferencesAreThoseOfTheLargestCosine() {
  let references = Matrix([[1, 0], [0, 1], [2, 0.1], [-1, 0], [0, 0]])
  #expect(references.nearestRows(2, to: [5, 0]) == [0, 2])
  #expect(references.nearestRows(9, to: [5, 0]) == [0, 2, 1, 4, 3])
  #expect(references.nearestRows(0, to: [5, 0]) == [0], "one at least")
}

/// z - m = (1, 3), w = (0.4, 6) as above: w'(z - m) = 18.4.
@Test func theScoreIsTheDistanceAlongTheWeights() throws {
  let others = try DiffCAM(Matrix([[0, 0], [2, 0]]), lambda: 0.5)
  #expect(others.score([2, 3]) == 18.4)
  #expect(others.score([1, 0]) == 0)
}

/// The values of a kept factor are doubled, with the digest that belongs to them: what comes out
/// then, a fourth, can only come from the file.
@Test func aFactorThatIsKeptIsNotMadeAgain() throws {
  try inTemporaryFolder { folder in
    let references = Matrix([[0, 0], [2, 0], [1, 4], [3, 1]])
    let computed = try DiffCAM(references).weights(of: [2, 3])
    #expect(try DiffCAM(references, remembering: folder).weights(of: [2, 3]) == computed)
    let path = folder / "2.factors"
    let whole = try MappedFile(path).withBytes { Array($0) }
    #expect(whole.count == 32 + 8 * 3 + 8)
    let doubled = Array(whole[32..<56]).numbers(Double.self).map { 2 * $0 }
    let content = Array(whole.prefix(32)) + Array(bytesOf: doubled)
    var digest = Digest.sha256
    digest.add(content)
    try write(content + digest.bytes.prefix(8), to: path)
    let kept = try DiffCAM(references, remembering: folder).weights(of: [2, 3])
    for (a, b) in zip(kept, computed) { #expect(abs(4 * a - b) < 1e-6) }
    // Another lambda and other references have their own.
    #expect(
      try DiffCAM(references, lambda: 0.5, remembering: folder).weights(of: [2, 3])
        == DiffCAM(references, lambda: 0.5).weights(of: [2, 3]))
    let fewer = references.rows(0..<3)
    #expect(
      try DiffCAM(fewer, remembering: folder).weights(of: [2, 3])
        == DiffCAM(fewer).weights(of: [2, 3]))
    // A damaged one is made anew.
    try write(content + [0, 0, 0, 0, 0, 0, 0, 0], to: path)
    #expect(try DiffCAM(references, remembering: folder).weights(of: [2, 3]) == computed)
  }
}

@Test(arguments: [0, -1, Float.infinity, .nan])
func aShareOfNothingIsRefused(share: Float) {
  #expect {
    try DiffCAM(Matrix([[1, 2]]), lambda: share)
  } throws: { error in
    "\(error)" == "Tikhonov's lambda: expected a share above 0, found \(share)."
  }
}

@Test func mapsOfPicturesAgainstPictures() throws {
  let model = TinyModel(name: "vit")
  let encoder = try model.encoder()
  let views = try ["wide", "square", "tall"].map { View(encoder, try model.picture($0)) }
  let others = try DiffCAM(Matrix(views.dropFirst().map(\.features)))
  let map = others.map(of: views[0])
  #expect(map.values.rows == 3 && map.values.columns == 3)
  // The mean of the map is the product of weights and features.
  let weights = others.weights(of: views[0].features)
  let product = zip(weights, views[0].features).reduce(0) { $0 + $1.0 * $1.1 }
  let mean = map.values.elements.reduce(0, +) / 9
  #expect(abs(mean - product) < 1e-4 * max(1, abs(product)))
  #expect(throws: InputError.self) { try DiffCAM(Matrix(rows: 0, columns: 4)) }
}
