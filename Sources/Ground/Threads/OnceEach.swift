import Synchronization

/// What is worked out for each of many keys when it is first asked for, and kept for some of them: all
/// of a large dataset's would be gigabytes.
///
/// ```swift
/// let squares = OnceEach<Int, Int>(most: 64)
/// squares.value(of: 7) { 7 * 7 }      // worked out; the next time it is known
/// ```
package final class OnceEach<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let kept = Mutex<[Key: Value]>([:])
  private let most: Int

  package init(most: Int) { self.most = most }

  /// Two threads may work the same out at the same time; both find the same. When it is full, all that
  /// is kept goes.
  package func value(of key: Key, _ make: () throws -> Value) rethrows -> Value {
    if let known = kept.withLock({ $0[key] }) { return known }
    let value = try make()
    kept.withLock { kept in
      if kept.count >= most { kept = [:] }
      kept[key] = value
    }
    return value
  }
}
