import Fieldmark
import Testing

/// Two pixels, of which red counts: 10 times the first and once the second, and 7 for nothing.
private let score = Score { planes in 10 * planes[0, 0] + planes[0, 1] + 7 }
private let planes = Matrix([[2, 3], [100, 100], [100, 100]])
private let two = Grid(width: 2, height: 1)

@Test func aChannelGainsWhatIsSeenThroughIt() throws {
  // Places in rows: channels are 0 1, 5 3, 2 2, and so show the second, the first, and nothing.
  let activation = Matrix([[0, 5, 2], [1, 3, 2]])
  let gains = try activation.gainsThroughEachColumn(two, of: planes, two, score, above: score)
  #expect(gains == [3, 20, 0])
}

@Test func aChannelIsWorthWhatIsLostWithoutItInThePicturesPlaces() throws {
  // The first row is no place and stays: score = 7 + x_00 + 10 x_10 + x_11.
  let activation = Matrix([[1000, 1000], [4, 5]])
  let score = Score { rows in rows[0, 0] + 10 * rows[1, 0] + rows[1, 1] + 7 }
  let losses = try activation.lossesWithoutEachColumn(from: 1, score)
  #expect(losses == [40, 5])
}

@Test func theLargestAreFoundInTheOrderOfTheirPlaces() {
  #expect([Float]([1, 5, -9, 5, 2]).largest(2) == [1, 3])
  #expect([Float]([1, 5, 5, 5, 2]).largest(2) == [1, 2])
  #expect([Float]([1, 5]).largest(300) == [0, 1])
}

@Test func masksHideAllColorsAlike() {
  #expect(
    planes.seen(through: Matrix([[0.5, 0]])) == Matrix([[1, 0], [50, 0], [50, 0]]))
}
