import Synchronization

/// Values that are computed for each of many keys when they are first asked for. Only some of them
/// are kept, since all those of a large dataset would take gigabytes.
///
/// ```swift
/// let squares = OnceEach<Int, Int>(most: 64)
/// squares.value(of: 7) { 7 * 7 }      // worked out; the next time it is known
/// ```
package final class OnceEach<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let kept = Mutex<[Key: Value]>([:])
  private let most: Int

  package init(most: Int) { self.most = most }

  /// Returns the value of a key. Two threads may compute the same value at the same time. When as
  /// many are kept as may be, all of them are dropped before the next one is kept.
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
