import Fieldmark
import Testing

@Test func theLargestComesFirst() {
  #expect(([0.5, 2, 0.5, -1] as [Float]).orderFromLargest == [1, 0, 2, 3])
  #expect(([-0.0, 0, -0.0] as [Float]).orderFromLargest == [0, 1, 2], "two zeros are one number")
  #expect(
    ([-1, -.infinity, .infinity, -.leastNonzeroMagnitude] as [Float]).orderFromLargest == [
      2, 3, 0, 1,
    ])
  #expect([Float]().orderFromLargest == [])
}

/// The plain way: by comparing.
@Test func dealingSortsAsComparingDoes() {
  var random = SplitMix(seed: 6)
  for count in [1, 2, 100, 5000] {
    let lists: [[Float]] = [
      (0..<count).map { _ in random.normal() },
      (0..<count).map { _ in Float(random.below(5)) - 2 },
      (0..<count).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: random.next())) }
        .map { $0.isNaN ? 0 : $0 },
    ]
    for numbers in lists {
      let plain = numbers.indices.sorted {
        numbers[$0] == numbers[$1] ? $0 < $1 : numbers[$0] > numbers[$1]
      }
      #expect(numbers.orderFromLargest == plain)
    }
  }
}

@Test func aStandingIsRanksFromTheirMeanAndTheBest() {
  let numbers: [Float] = [3, 1, 3, 2, -5]
  let standing = numbers.standing(best: 3)
  #expect(standing.ranks == [1.5, -1, 1.5, 0, -2])
  #expect(standing.ranks.map { Double($0) + 3 } == numbers.ranks)
  #expect(standing.squares == 1.5 * 1.5 * 2 + 1 + 4)
  #expect(standing.best == [0, 2, 3])
  #expect([Float](repeating: 7, count: 4).standing(best: 1).squares == 0, "all are equal")
  #expect([Float]().standing(best: 1).best == [])
}
