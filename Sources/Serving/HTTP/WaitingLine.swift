import Glibc
import Ground
import Synchronization

/// The line in which computing requests wait, so that the model answers one at a time.
///
/// ```swift
/// let line = WaitingLine(of: 16)
/// try line.wait(goesOn: { true }) { 1 + 1 }      // 2
/// ```
package final class WaitingLine: Sendable {
  private let most: Int
  private let state = Mutex(State())

  private struct State {
    var isBusy = false
    var waiting: [Int] = []
    var next = 0
  }

  package init(of most: Int) { self.most = most }

  /// Does the work when it is its turn. If too many wait already it throws a refusal, and if nobody
  /// waits for the result any more, `Interrupted`.
  package func wait<Value>(
    goesOn: () -> Bool, _ work: () throws -> Value
  ) throws -> Value {
    let ticket = try state.withLock { state in
      guard state.isBusy || !state.waiting.isEmpty else {
        state.isBusy = true
        return nil as Int?
      }
      guard state.waiting.count < most else {
        throw Refusal(
          503, "Too many requests are waiting; ask again in a moment.",
          headers: ["Retry-After": "1"])
      }
      state.next += 1
      state.waiting.append(state.next)
      return state.next
    }
    if let ticket { try pass(ticket, goesOn) }
    defer { state.withLock { $0.isBusy = false } }
    return try work()
  }

  private func pass(_ ticket: Int, _ goesOn: () -> Bool) throws {
    while true {
      let isFirst = state.withLock { state in
        guard !state.isBusy, state.waiting.first == ticket else { return false }
        state.waiting.removeFirst()
        state.isBusy = true
        return true
      }
      if isFirst { return }
      guard goesOn() else {
        state.withLock { $0.waiting.removeAll { $0 == ticket } }
        throw Interrupted()
      }
      usleep(1000)
    }
  }
}
