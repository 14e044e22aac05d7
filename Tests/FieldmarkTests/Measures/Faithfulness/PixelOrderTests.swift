import Fieldmark
import Testing

@Test func theLargestComeFirstAndEqualsInTheirOrder() {
  let values: [Float] = [0.5, 2, 0.5, -1, 2]
  #expect(PixelOrder.firstOfEquals(values) == [1, 4, 0, 2, 3])
  #expect(PixelOrder.lastOfEquals(values) == [4, 1, 2, 0, 3])
  #expect(PixelOrder.firstOfEquals([]) == [])
}

/// `np.flip(np.argsort([0, 0, 1, 0], kind="stable"))` is [2, 3, 1, 0].
@Test func theLastOfEqualsIsAStableSortTurnedAround() {
  #expect(PixelOrder.lastOfEquals([0, 0, 1, 0]) == [2, 3, 1, 0])
}

@Test func whatIsNoNumberComesLast() {
  #expect(PixelOrder.firstOfEquals([.nan, 1, -.infinity, 0]) == [1, 3, 0, 2])
  #expect(PixelOrder.firstOfEquals([-0.0, 0]) == [0, 1])
}

@Test func anOrderHasEveryPixelOnce() {
  for order in PixelOrder.allCases {
    #expect(order(Toy.ties).sorted() == Array(0..<Toy.pixels.pixels))
  }
}

/// The plain way: two values are compared, and of equals their places.
@Test func anOrderIsThatOfComparisons() {
  let values = (0..<5000).map { Float(($0 * 7919) % 613 - 300) * 1.7e-5 } + [.infinity, -.infinity]
  let pixels = Array(values.indices)
  let plain = pixels.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
  #expect(PixelOrder.firstOfEquals(values) == plain)
  let turned = pixels.sorted { values[$0] == values[$1] ? $0 > $1 : values[$0] > values[$1] }
  #expect(PixelOrder.lastOfEquals(values) == turned)
}
