import Fieldmark
import Testing

@Test func whatIsKnownIsNotWorkedOutAgainUntilThereIsTooMuch() {
  let squares = OnceEach<Int, Int>(most: 2)
  var asked: [Int] = []
  func square(_ number: Int) -> Int {
    squares.value(of: number) {
      asked.append(number)
      return number * number
    }
  }
  #expect([3, 3, 4, 3].map(square) == [9, 9, 16, 9])
  #expect(asked == [3, 4])
  #expect([5, 3].map(square) == [25, 9])
  #expect(asked == [3, 4, 5, 3], "a third makes both go")
}

@Test func anErrorIsNotKept() {
  struct Fault: Error {}
  let once = OnceEach<String, Int>(most: 1)
  #expect(throws: Fault.self) { try once.value(of: "a") { throw Fault() } }
  #expect(once.value(of: "a") { 7 } == 7)
}
