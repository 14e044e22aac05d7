import CFieldmark
import Glibc
import Synchronization

/// Does many things at once, each on a thread of its own that uses one core; their results in
/// order, whatever came first.
///
///     let embeddings = try concurrently(pictures.count) { try encoder(pictures[$0]) }
///
/// Things are taken up in order; after an error no more are, and the first one's error is thrown.
/// Where only one thread may be used, or there is only one thing to do, the caller does it itself
/// with all the threads that it has.
func concurrently<Result: Sendable>(
  _ count: Int, _ body: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
  let allowed = Int(fm_threads())
  let threads = min(count, allowed)
  guard threads > 1 else { return try (0..<count).map(body) }
  let work = Work(count, body)
  let workers = (1..<threads).compactMap { _ in start(work) }
  fm_set_threads(1)
  work.run()
  fm_set_threads(Int32(allowed))
  for worker in workers { pthread_join(worker, nil) }
  return try work.results()
}

/// What is to be done, what has been taken up and what came of it.
private final class Work<Value: Sendable>: Sendable {
  private let count: Int
  private let body: @Sendable (Int) throws -> Value
  private let state: Mutex<State>

  private struct State {
    var next = 0
    var values: [Value?]
    var error: (index: Int, error: any Error)?
  }

  init(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Value) {
    self.count = count
    self.body = body
    state = Mutex(State(values: [Value?](repeating: nil, count: count)))
  }

  func run() {
    while let index = take() {
      do {
        let value = try body(index)
        state.withLock { $0.values[index] = value }
      } catch {
        state.withLock { state in
          if index < state.error?.index ?? .max { state.error = (index, error) }
        }
      }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < count, state.error == nil else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func results() throws -> [Value] {
    try state.withLock { state in
      if let error = state.error { throw error.error }
      return state.values.compactMap { $0 }
    }
  }
}

/// A thread that works until there is nothing left; nil where the system gives none, which leaves
/// more to the others.
private func start(_ work: Work<some Sendable>) -> pthread_t? {
  let body = Unmanaged.passRetained(Body { work.run() })
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { pointer in
      let body = Unmanaged<Body>.fromOpaque(pointer!).takeRetainedValue()
      fm_set_threads(1)
      body.run()
      return nil
    }, body.toOpaque())
  guard status == 0 else {
    body.release()
    return nil
  }
  return thread
}

private final class Body: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
