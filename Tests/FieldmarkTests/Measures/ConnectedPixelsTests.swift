import Fieldmark
import Testing

@Test func partsAreWhatTouchesStraightOrDiagonally() {
  // # . #
  // . # .
  // . . .
  // # # .
  let isIn = [true, false, true, false, true, false, false, false, false, true, true, false]
  #expect(connectedPixels(in: isIn, width: 3, height: 4) == [[0, 2, 4], [9, 10]])
  #expect(connectedPixels(in: [], width: 0, height: 0) == [])
}

@Test func partsHaveTheSizesAndTheOrderOfComponents() {
  var random = SplitMix(seed: 8)
  for _ in 0..<30 {
    let isIn = (0..<12 * 9).map { _ in random.below(3) == 0 }
    let parts = connectedPixels(in: isIn, width: 12, height: 9)
    let components = Component.all(in: isIn, width: 12, height: 9, touching: .sidesAndCorners)
    #expect(parts.map(\.count) == components.map(\.count))
    #expect(parts.map { $0[0] } == components.map(\.first))
  }
}
