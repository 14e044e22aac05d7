import Encoders
import Fieldmark
import Testing

private let region = Region(x: 0, y: 0, width: 50, height: 50)

/// Five by five places of ten pixels.
private func map(_ values: (Int) -> Float) -> Heatmap {
  Heatmap(Matrix(rows: 5, columns: 5, (0..<25).map(values)), region: region, width: 50, height: 50)
}

private let rising = map { Float($0) }
private let falling = map { -Float($0) }

@Test func aMapAgreesWithItself() throws {
  let parts = [PartPoint("tail", x: 45, y: 45)]
  #expect(Agreement.rank(rising, rising, parts) == 1)
  #expect(Agreement.overlap(rising, rising, parts) == 1)
  #expect(Agreement.distance(rising, rising, parts) == 0)
  // 20 to 24 of 0 + 1 + ... + 24.
  #expect(Agreement.energy(rising, rising, parts) == 110.0 / 300)
  let near = try #require(Agreement.parts(rising, falling, parts))
  let far = try #require(Agreement.parts(rising, falling, [PartPoint("tail", x: 5, y: 5)]))
  #expect(near > far)
}

@Test func oppositeMapsDoNotAgree() throws {
  #expect(Agreement.rank(rising, falling, []) == -1)
  #expect(Agreement.overlap(rising, falling, []) == 0)
  // The peaks are the middles of opposite corners.
  #expect(abs(try #require(Agreement.distance(rising, falling, [])) - 0.8) < 1e-12)
  #expect(Agreement.energy(rising, falling, []) == 10.0 / 300)
}

@Test func aMapThatSaysNothingAgreesWithNothing() {
  let flat = map { _ in 3 }
  for agreement in Agreement.all where agreement.name != "parts" {
    if agreement.name == "energy" {
      #expect(agreement(rising, flat, []) == nil)
      continue
    }
    #expect(agreement(flat, rising, []) == nil && agreement(rising, flat, []) == nil)
  }
  #expect(Agreement.energy(map { -Float($0) }, rising, []) == nil, "nothing speaks for")
  #expect(Agreement.parts(rising, rising, []) == nil)
  for agreement in Agreement.all {
    let parts = [PartPoint("tail", x: 5, y: 5)]
    #expect(agreement(map { $0 == 3 ? .nan : 1 }, rising, parts) == nil, "\(agreement.name)")
  }
}
