import Fieldmark
import Testing

@Test func partsKeepToTheirColor() {
  let grid = Grid(width: 30, height: 20)
  var colors = Matrix(rows: 3, columns: grid.pixels)
  for pixel in 0..<grid.pixels where pixel % 30 + pixel / 30 > 24 { colors[1, pixel] = 80 }
  let parts = Superpixels(colors, over: grid, count: 12)
  #expect(parts.count > 6 && parts.count < 24)
  #expect(Set(parts.labels) == Set(0..<parts.count))
  for part in 0..<parts.count {
    let colors = Set((0..<grid.pixels).filter { parts.labels[$0] == part }.map { colors[1, $0] })
    #expect(colors.count == 1, "part \(part)")
  }
}

@Test func aFlatPictureHasPartsOfOneSize() {
  let grid = Grid(width: 40, height: 20)
  let parts = Superpixels(Matrix(rows: 3, columns: 800), over: grid, count: 8)
  #expect(parts.count == 8)
  for part in 0..<8 { #expect(parts.labels.count { $0 == part } == 100) }
}

@Test(arguments: [1, 2, 64, 1000])
func smallPicturesHaveWhatPartsTheyCan(_ count: Int) {
  let grid = Grid(width: 5, height: 3)
  let colors = Matrix(rows: 3, columns: 15, (0..<45).map { Float($0 * 37 % 100) })
  let parts = Superpixels(colors, over: grid, count: count)
  #expect(parts.labels.count == 15 && parts.count >= 1)
  #expect(parts.labels.allSatisfy { (0..<parts.count).contains($0) })
}

@Test func colorsBecomeCIELAB() {
  let cases: [(SIMD3<Float>, SIMD3<Float>)] = [
    (SIMD3(1, 1, 1), SIMD3(100, 0, 0)), (SIMD3(0, 0, 0), SIMD3(0, 0, 0)),
    (SIMD3(1, 0, 0), SIMD3(53.24, 80.09, 67.2)),
    (SIMD3(0.2, 0.4, 0.01), SIMD3(38.22, -33.19, 43.29)),
  ]
  for (color, expected) in cases {
    let way = cieLab(color) - expected
    #expect((way * way).sum() < 0.01, "\(color): \(cieLab(color))")
  }
}
