import Fieldmark
import Testing

@Test func whatWasNotUsedForTheLongestTimeGoesFirst() {
  let kept = Bounded<String, Int>(most: 10)
  _ = kept.value(of: "a", cost: \.self) { 4 }
  _ = kept.value(of: "b", cost: \.self) { 4 }
  #expect(kept.known("a") == 4)
  _ = kept.value(of: "c", cost: \.self) { 5 }
  #expect(kept.keys == ["a", "c"])
  #expect(kept.cost == 9)
}

@Test func aValueIsMadeOnce() {
  let kept = Bounded<Int, Int>(most: 3)
  #expect(kept.value(of: 1) { 7 } == 7)
  #expect(kept.value(of: 1) { 8 } == 7)
  #expect(kept.forget(1) == 7)
  #expect(kept.value(of: 1) { 8 } == 8)
  #expect(kept.cost == 1)
}

@Test func aValueThatGrewPushesOthersOut() {
  let kept = Bounded<Int, Int>(most: 10)
  for key in 1...3 { _ = kept.value(of: key) { key } }
  kept.weigh(3, cost: 9)
  #expect(kept.keys == [2, 3])
  kept.weigh(3, cost: 100)
  #expect(kept.keys == [3])
  #expect(kept.cost == 100)
  kept.weigh(1, cost: 5)
  #expect(kept.cost == 100)
}

@Test func manyThreadsGetTheValueThatIsKept() throws {
  let kept = Bounded<Int, Int>(most: 100)
  let values = try concurrently(400) { index in kept.value(of: index % 4) { index } }
  for key in 0..<4 {
    let last = try #require(kept.known(key))
    #expect(values.enumerated().filter { $0.offset % 4 == key }.map(\.element).contains(last))
  }
  #expect(kept.cost == 4)
}
