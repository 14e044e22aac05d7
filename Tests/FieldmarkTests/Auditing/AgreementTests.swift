import Fieldmark
import Testing

private let region = Region(x: 0, y: 0, width: 50, height: 50)

/// Five by five places of ten pixels.
private func evidence(gradient: [Float]? = nil, _ values: (Int) -> Float) -> Evidence {
  Evidence(
    Heatmap(
      Matrix(rows: 5, columns: 5, (0..<25).map(values)), region: region, width: 50, height: 50),
    gradient: gradient.map { Matrix([$0]) })
}

private let rising = evidence(gradient: [3, 4]) { Float($0) }
private let falling = evidence(gradient: [-3, -4]) { -Float($0) }

/// Nothing but one place lies near the part.
private func near(_ place: Int) -> [Float] { (0..<25).map { $0 == place ? 1 : 0 } }

@Test func aMapAgreesWithItself() {
  #expect(isClose(Agreement.rank(rising, rising), 1))
  #expect(isClose(Agreement.words(rising, rising), 1))
  #expect(Agreement.overlap(rising, rising) == 1)
  #expect(Agreement.distance(rising, rising) == 0)
  // 20 to 24 of 0 + 1 + ... + 24.
  #expect(isClose(Agreement.energy(rising, rising), 110.0 / 300))
}

@Test func oppositeMapsDoNotAgree() {
  #expect(isClose(Agreement.rank(rising, falling), -1))
  #expect(isClose(Agreement.words(rising, falling), -1))
  #expect(Agreement.overlap(rising, falling) == 0)
  // The peaks are the middles of opposite corners.
  #expect(isClose(Agreement.distance(rising, falling), 0.8))
  #expect(isClose(Agreement.energy(rising, falling), 10.0 / 300))
}

/// 3 * 4 + 4 * 3 of 5 * 5.
@Test func wordsAgreeByTheCosineOfTheirDirections() {
  let other = evidence(gradient: [4, 3]) { Float($0) }
  #expect(isClose(Agreement.words(rising, other), 24.0 / 25))
  let longer = evidence(gradient: [400, 300]) { Float($0) }
  #expect(isClose(Agreement.words(rising, longer), 24.0 / 25), "lengths do not count")
}

@Test func evidenceWithoutADirectionHasNoCosine() {
  let bare = evidence { Float($0) }
  #expect(isClose(Agreement.rank(rising, bare), 1))
  #expect(Agreement.words(rising, bare) == nil)
  let nowhere = evidence(gradient: [0, 0]) { Float($0) }
  #expect(Agreement.words(rising, nowhere) == nil)
  let wider = evidence(gradient: [3, 4, 0]) { Float($0) }
  #expect(Agreement.words(rising, wider) == nil, "another space")
}

@Test func partsHaveTheEnergyNearThem() {
  #expect(isClose(Agreement.parts(rising, falling, near: near(24)), 24.0 / 300))
  #expect(isClose(Agreement.parts(rising, falling, near: near(1)), 1.0 / 300))
  #expect(isClose(Agreement.parts(rising, falling, near: (0..<25).map { _ in 0.5 }), 0.5))
  #expect(Agreement.parts(rising, rising) == nil, "no part is seen")
}

@Test func aMapThatSaysNothingAgreesWithNothing() {
  let flat = evidence { _ in 3 }
  for agreement in [Agreement.rank, .overlap, .distance, .words] {
    #expect(agreement(flat, rising) == nil && agreement(rising, flat) == nil, "\(agreement.name)")
  }
  #expect(Agreement.energy(rising, flat) == nil)
  #expect(Agreement.energy(falling, rising) == nil, "nothing speaks for")
  let broken = evidence { $0 == 3 ? .nan : 1 }
  for agreement in Agreement.all {
    #expect(agreement(broken, rising, near: near(3)) == nil, "\(agreement.name)")
  }
}

private func isClose(_ number: Double?, _ expected: Double) -> Bool {
  number.map { abs($0 - expected) < 1e-6 } ?? false
}
