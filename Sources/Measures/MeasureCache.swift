import Synchronization

/// What was found out about one map on the way to a number, kept for the next measure that needs it:
/// three numbers come out of one ROAD, which takes nineteen passes.
package final class MeasureCache: Sendable {
  private let kept = Mutex<[String: any Sendable]>([:])

  /// The answer by that name; found out when it is first asked for.
  package func answer<Answer: Sendable>(_ name: String, _ find: () throws -> Answer) rethrows
    -> Answer
  {
    if let known = kept.withLock({ $0[name] }) as? Answer { return known }
    let answer = try find()
    kept.withLock { $0[name] = answer }
    return answer
  }
}
