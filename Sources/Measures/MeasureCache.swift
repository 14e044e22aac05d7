import Synchronization

/// Intermediate results about one map, kept for the next measure that needs them. For example,
/// three measures come from one ROAD, which takes nineteen passes.
package final class MeasureCache: Sendable {
  private let kept = Mutex<[String: any Sendable]>([:])

  /// The result with this name, computed when it is first asked for.
  package func answer<Answer: Sendable>(_ name: String, _ find: () throws -> Answer) rethrows
    -> Answer
  {
    if let known = kept.withLock({ $0[name] }) as? Answer { return known }
    let answer = try find()
    kept.withLock { $0[name] = answer }
    return answer
  }
}
