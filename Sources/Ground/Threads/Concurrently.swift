import CFieldmark
import Glibc
import Synchronization

/// Calls the body for every index, several at a time, and returns the results in order. Each call
/// runs on a thread that uses one core, or its share of the cores if there are more cores than
/// indices.
///
/// ```swift
/// let files = try concurrently(paths.count) { try paths[$0].read(limit: 1 << 20) }
/// ```
///
/// Indices are taken up in order. After an error no more are taken up, and the error of the first
/// failing index is thrown. If only one thread may be used, or there is only one index, the caller
/// does the work itself with all the threads that it has.
package func concurrently<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
) throws -> [Value] {
  var values: [Value] = []
  values.reserveCapacity(count)
  let collected = Mutex(values)
  try concurrently(count, body) { _, result in
    let value = try result.get()
    collected.withLock { $0.append(value) }
    return true
  }
  return collected.withLock { $0 }
}

/// Does the same for calls that may fail one by one. Results are delivered in order as soon as they
/// are ready, so that they can go out while others are still being computed, and none is lost.
/// `delivering` returns whether to go on. It gets one result at a time, on any of the threads.
package func concurrently<Value: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value,
  delivering: @escaping @Sendable (Int, Result<Value, any Error>) throws -> Bool
) throws {
  let allowed = Cores.allowed
  let threads = min(count, allowed)
  let work = Work(count, threads, body, delivering)
  // One call may itself do many things at the same time, for which it gets no more than its share.
  let share = allowed / max(1, threads)
  let workers =
    threads > 1 ? (1..<threads).compactMap { _ in start(onCores: share) { work.run() } } : []
  if threads > 1 { Cores.allowed = share }
  work.run()
  Cores.allowed = allowed
  for worker in workers { pthread_join(worker, nil) }
  try work.check()
}

/// The indices that have not been taken up yet, and the results that wait to be delivered.
private final class Work<Value: Sendable>: Sendable {
  private let count: Int
  private let ahead: Int
  private let body: @Sendable (Int) throws -> Value
  private let deliver: @Sendable (Int, Result<Value, any Error>) throws -> Bool
  private let state = Mutex(State())
  private let delivery = Mutex(Delivery())

  private struct State {
    var next = 0
    var goesOn = true
    var error: (any Error)?
  }

  private struct Delivery {
    var next = 0
    var waiting: [Int: Result<Value, any Error>] = [:]
  }

  init(
    _ count: Int, _ threads: Int, _ body: @escaping @Sendable (Int) throws -> Value,
    _ deliver: @escaping @Sendable (Int, Result<Value, any Error>) throws -> Bool
  ) {
    self.count = count
    // Threads run at most this far ahead of the delivery, so that the results of all others do not
    // pile up behind one slow call.
    ahead = 64 * max(1, threads)
    self.body = body
    self.deliver = deliver
  }

  func run() {
    while let index = take() {
      let result = Result { try body(index) }
      delivery.withLock { delivery in
        delivery.waiting[index] = result
        while let result = delivery.waiting.removeValue(forKey: delivery.next) {
          pass(delivery.next, result)
          delivery.next += 1
        }
      }
      while delivery.withLock({ index > $0.next + ahead }), state.withLock({ $0.goesOn }) {
        usleep(1000)
      }
    }
  }

  private func pass(_ index: Int, _ result: Result<Value, any Error>) {
    guard state.withLock({ $0.goesOn }) else { return }
    do {
      let goesOn = try deliver(index, result)
      state.withLock { $0.goesOn = goesOn }
    } catch {
      state.withLock {
        $0.goesOn = false
        $0.error = error
      }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < count, state.goesOn else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func check() throws {
    if let error = state.withLock({ $0.error }) { throw error }
  }
}

/// Starts a thread that does one thing on so many cores and then ends. The result is nil if the
/// system gives no thread, which leaves more work to the others.
private func start(onCores cores: Int, _ body: @escaping @Sendable () -> Void) -> pthread_t? {
  let box = Unmanaged.passRetained(Body(cores, body))
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { pointer in
      let body = Unmanaged<Body>.fromOpaque(pointer!).takeRetainedValue()
      Cores.allowed = body.cores
      body.run()
      return nil
    }, box.toOpaque())
  guard status == 0 else {
    box.release()
    return nil
  }
  return thread
}

private final class Body: Sendable {
  let cores: Int
  let run: @Sendable () -> Void
  init(_ cores: Int, _ run: @escaping @Sendable () -> Void) {
    (self.cores, self.run) = (cores, run)
  }
}
