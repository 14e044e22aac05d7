import Synchronization

/// Values that are kept for as long as they fit, by keys. When they become too many or too large,
/// those go first that were not used for the longest time.
///
/// ```swift
/// let pictures = Bounded<String, [UInt8]>(most: 1 << 20)
/// pictures.value(of: "a", cost: \.count) { [1, 2, 3] }      // made; the next time it is known
/// ```
package final class Bounded<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let most: Int
  private let state = Mutex(State())

  private struct State {
    var kept: [Key: Kept] = [:]
    var cost = 0
    var uses = 0
  }

  private struct Kept {
    let value: Value
    var cost: Int
    var used: Int
  }

  /// - Parameter most: The sum of the costs of what is kept. The value that was used last is kept
  ///   whatever it costs.
  package init(most: Int) { self.most = most }

  /// The value of a key if it is kept.
  package func known(_ key: Key) -> Value? {
    state.withLock { state in
      guard var kept = state.kept[key] else { return nil }
      state.uses += 1
      kept.used = state.uses
      state.kept[key] = kept
      return kept.value
    }
  }

  /// Returns the value of a key. Two threads may make the same value at the same time, of which one
  /// is kept and returned to both.
  package func value(
    of key: Key, cost: (Value) -> Int = { _ in 1 }, _ make: () throws -> Value
  ) rethrows -> Value {
    if let known = known(key) { return known }
    let value = try make()
    return keep(value, as: key, cost: cost(value))
  }

  /// Keeps a value, unless there is one of that key, which is returned then.
  @discardableResult
  package func keep(_ value: Value, as key: Key, cost: Int) -> Value {
    if let known = known(key) { return known }
    state.withLock { state in
      state.uses += 1
      state.kept[key] = Kept(value: value, cost: cost, used: state.uses)
      state.cost += cost
      shrink(&state)
    }
    return value
  }

  /// Notes what a value costs now, if it is still kept.
  package func weigh(_ key: Key, cost: Int) {
    state.withLock { state in
      guard let before = state.kept[key]?.cost else { return }
      state.kept[key]?.cost = cost
      state.cost += cost - before
      shrink(&state)
    }
  }

  /// Forgets a value and returns it; nil if it was not kept.
  @discardableResult
  package func forget(_ key: Key) -> Value? {
    state.withLock { state in
      guard let gone = state.kept.removeValue(forKey: key) else { return nil }
      state.cost -= gone.cost
      return gone.value
    }
  }

  /// The keys of what is kept, those that were used last at the end.
  package var keys: [Key] {
    state.withLock { $0.kept.sorted { $0.value.used < $1.value.used }.map(\.key) }
  }

  /// What all that is kept costs.
  package var cost: Int { state.withLock { $0.cost } }

  private func shrink(_ state: inout State) {
    while state.cost > most, state.kept.count > 1,
      let oldest = state.kept.min(by: { $0.value.used < $1.value.used })
    {
      state.kept.removeValue(forKey: oldest.key)
      state.cost -= oldest.value.cost
    }
  }
}
