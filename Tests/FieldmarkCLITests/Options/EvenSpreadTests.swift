import FieldmarkCLI
import Parsing
import Testing

@Test func everyBeginningOfASpreadIsSpreadEvenly() {
  #expect(evenSpread(of: 0) == [] && evenSpread(of: 1) == [0] && evenSpread(of: 2) == [0, 1])
  #expect(evenSpread(of: 8) == [0, 5, 2, 7, 4, 1, 6, 3])
  for count in [3, 4, 6, 7, 12, 30, 64, 100, 360, 500, 1024, 2520, 5794, 11788] {
    let order = evenSpread(of: count)
    #expect(order.sorted() == Array(0..<count))
    for part in [2, 3, 5, 8, 10, 20, 50, 120, 200, 1000, 4000] where part <= count {
      let places = order.prefix(part).sorted()
      let ends = places.dropFirst() + [places[0] + count]
      let largest = zip(places, ends).map { $1 - $0 }.max() ?? 0
      #expect(
        Double(largest) <= 2.5 * Double(count) / Double(part) + 1, "\(part) of \(count): \(largest)"
      )
    }
  }
}

/// Tables written class by class in turn: every second, every fourth picture is of one class.
@Test func aSpreadPassesFromClassToClass() {
  for (classes, count) in [(2, 100), (4, 128), (8, 1024), (3, 300)] {
    for part in [classes, 2 * classes, 5 * classes] {
      let counts = evenSpread(of: count).prefix(part).reduce(into: [Int: Int]()) {
        $0[$1 % classes, default: 0] += 1
      }
      #expect(counts.count == classes && Set(counts.values) == [part / classes])
    }
  }
}

@Test func whatARunHasCountsAndIsFilledUp() {
  let asked = SelectedPictures(order: [0, 5, 2, 7, 4, 1, 6, 3], count: 4)
  #expect(asked.numbers(having: []) == [0, 2, 5, 7])
  // As it was interrupted.
  #expect(asked.numbers(having: [7, 0]) == [0, 2, 5, 7])
  // Of another order, or more than is asked for.
  #expect(asked.numbers(having: [3]) == [0, 2, 3, 5])
  #expect(asked.numbers(having: [0, 1, 2, 3, 4, 5]) == [0, 1, 2, 3, 4, 5])
  // A part of the pictures has its own.
  #expect(asked.numbers(having: [99]) == [0, 2, 5, 7])
}
