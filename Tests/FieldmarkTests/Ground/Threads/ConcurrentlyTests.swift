import Fieldmark
import Glibc
import Synchronization
import Testing

private struct Failure: Error, Equatable { let index: Int }

/// With so many threads, whatever the machine has.
private func allowing(_ threads: Int, _ body: () throws -> Void) rethrows {
  let before = Cores.allowed
  defer { Cores.allowed = before }
  Cores.allowed = threads
  try body()
}

@Test(arguments: [1, 2, 5])
func resultsAreDeliveredInTheirOrder(_ threads: Int) throws {
  try allowing(threads) {
    let delivered = Mutex<[Int]>([])
    try concurrently(200) { index in
      usleep(UInt32(index * 7919 % 300))
      return index * index
    } delivering: { index, result in
      let value = try result.get()
      delivered.withLock { $0.append(value) }
      return value == index * index
    }
    #expect(delivered.withLock { $0 } == (0..<200).map { $0 * $0 })
  }
}

@Test func eachThingHasOneCoreWhereThereAreMany() throws {
  try allowing(3) {
    try concurrently(12) { _ in
      Cores.allowed
    } delivering: { _, result in
      let cores = try result.get()
      #expect(cores == 1)
      return true
    }
    #expect(Cores.allowed == 3)
    try concurrently(1) { _ in
      Cores.allowed
    } delivering: { _, result in
      let cores = try result.get()
      #expect(cores == 3, "a single one has them all")
      return true
    }
  }
}

/// And what each of them does at once again shares what it has: never more threads than cores.
@Test func fewThingsShareAllCores() throws {
  try allowing(6) {
    let shares = try concurrently(2) { _ in Cores.allowed }
    #expect(shares == [3, 3])
    let inner = try concurrently(2) { _ in try concurrently(12) { _ in Cores.allowed } }
    #expect(inner.allSatisfy { $0.allSatisfy { $0 == 1 } })
    let uneven = try concurrently(4) { _ in Cores.allowed }
    #expect(uneven == [1, 1, 1, 1])
    #expect(Cores.allowed == 6)
  }
}

/// Twelve pictures, each with twelve passes: as many passes run at a time as there are cores.
@Test func nestedThingsRunOnAsManyThreadsAsThereAreCores() throws {
  try allowing(3) {
    let running = Mutex((now: 0, most: 0))
    _ = try concurrently(12) { _ in
      try concurrently(12) { _ in
        running.withLock { running in
          running.now += 1
          running.most = max(running.most, running.now)
        }
        usleep(300)
        running.withLock { $0.now -= 1 }
      }
    }
    let most = running.withLock { $0.most }
    #expect(most == 3)
  }
}

@Test(arguments: [1, 3])
func oneFailureIsDeliveredAndTheOthersGoOn(_ threads: Int) throws {
  try allowing(threads) {
    let failures = Mutex<[Int]>([])
    try concurrently(50) { index in
      if index % 10 == 3 { throw Failure(index: index) }
      return index
    } delivering: { index, result in
      if case .failure = result { failures.withLock { $0.append(index) } }
      return true
    }
    #expect(failures.withLock { $0 } == [3, 13, 23, 33, 43])
  }
}

@Test(arguments: [1, 3])
func whoeverTakesResultsCanEndTheWork(_ threads: Int) throws {
  try allowing(threads) {
    let taken = Mutex(0)
    try concurrently(10_000) {
      $0
    } delivering: { _, _ in
      taken.withLock { $0 += 1 }
      return taken.withLock { $0 } < 10
    }
    #expect(taken.withLock { $0 } == 10)
    #expect(throws: Failure(index: 4)) {
      try concurrently(10_000) {
        $0
      } delivering: { index, _ in
        if index == 4 { throw Failure(index: index) }
        return true
      }
    }
  }
}
