import Fieldmark
import Foundation
import Ground
import Serving
import Synchronization
import Testing

private func isAwaited() -> Bool { true }
private func isNotAwaited() -> Bool { false }

/// Runs bodies on threads of their own and waits for them.
private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread.detachNewThread {
      body(index)
      group.leave()
    }
  }
  group.wait()
}

@Test func oneRequestComputesAtATime() {
  let line = WaitingLine(of: 8)
  let inside = Mutex(0)
  let most = Mutex(0)
  let done = Mutex(0)
  onThreads(8) { _ in
    _ = try? line.wait(goesOn: isAwaited) {
      let now = inside.withLock { inside in
        inside += 1
        return inside
      }
      most.withLock { $0 = max($0, now) }
      usleep(3000)
      inside.withLock { $0 -= 1 }
      done.withLock { $0 += 1 }
    }
  }
  #expect(most.withLock { $0 } == 1 && done.withLock { $0 } == 8)
}

@Test func whoeverComesWhenTheLineIsFullIsToldToComeAgain() throws {
  let line = WaitingLine(of: 1)
  let isInside = Mutex(false)
  let mayEnd = Mutex(false)
  let refusals = Mutex<[Refusal]>([])
  onThreads(3) { index in
    while index > 0, !isInside.withLock({ $0 }) { usleep(500) }
    do {
      try line.wait(goesOn: isAwaited) {
        isInside.withLock { $0 = true }
        while !mayEnd.withLock({ $0 }) { usleep(500) }
      }
    } catch let refusal as Refusal {
      refusals.withLock { $0.append(refusal) }
      mayEnd.withLock { $0 = true }
    } catch {
      Issue.record("\(error)")
      mayEnd.withLock { $0 = true }
    }
  }
  #expect(
    refusals.withLock { $0 } == [
      Refusal(
        503, "Too many requests are waiting; ask again in a moment.", headers: ["Retry-After": "1"])
    ])
}

@Test func whoeverGoesAwayLeavesTheLine() {
  let line = WaitingLine(of: 1)
  let isInside = Mutex(false)
  let left = Mutex(false)
  onThreads(2) { index in
    if index == 0 {
      _ = try? line.wait(goesOn: isAwaited) {
        isInside.withLock { $0 = true }
        while !left.withLock({ $0 }) { usleep(500) }
      }
    } else {
      while !isInside.withLock({ $0 }) { usleep(500) }
      #expect(throws: Interrupted.self) {
        try line.wait(goesOn: isNotAwaited) { Issue.record("Nobody waits for this.") }
      }
      left.withLock { $0 = true }
    }
  }
  #expect((try? line.wait(goesOn: isAwaited) { 7 }) == 7)
}

@Test func workThatThrowsLetsTheNextOneIn() {
  let line = WaitingLine(of: 0)
  #expect(throws: Interrupted.self) { try line.wait(goesOn: isAwaited) { throw Interrupted() } }
  #expect((try? line.wait(goesOn: isAwaited) { 7 }) == 7)
}
