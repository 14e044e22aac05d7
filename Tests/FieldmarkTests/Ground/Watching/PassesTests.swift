import Fieldmark
import Synchronization
import Testing

@Test func passesAreToldOfAndGiveTheirResultsInOrder() throws {
  let told = Mutex<[Int]>([])
  let passes = Passes(
    begin: { count in told.withLock { $0.append(count) } },
    end: { told.withLock { $0.append(-1) } })
  #expect(try passes.concurrently(3) { 10 * $0 } == [0, 10, 20])
  #expect(told.withLock { $0 } == [3, -1, -1, -1])
  #expect(try Passes.silent.each { 7 } == 7)
}

@Test func afterANoNoPassBegins() {
  let ended = Mutex(0)
  let begun = Mutex(0)
  let passes = Passes(
    end: { ended.withLock { $0 += 1 } }, goesOn: { ended.withLock { $0 < 5 } })
  #expect(throws: Interrupted.self) {
    try passes.concurrently(1000) { _ in begun.withLock { $0 += 1 } }
  }
  // Those that were under way on other cores end too.
  #expect(begun.withLock { $0 } < 5 + Cores.allowed)
}
