import Synchronization

extension Audit {
  /// What attributes have on other pictures, which all pictures of two classes share: kept for a few
  /// pairs of classes, since all of a large dataset's would be gigabytes.
  final class Elsewhere: Sendable {
    typealias Known = [(number: Int, traits: AuditTraits)]

    private struct Question: Hashable {
      let chosen: Chosen
      let rival: Int
    }

    private let known = Mutex<[Question: Known]>([:])
    private static let most = 64

    /// Two threads may work the same out at the same time; both find the same.
    func of(_ chosen: Chosen, _ rival: Int, _ make: () throws -> Known) rethrows -> Known {
      let question = Question(chosen: chosen, rival: rival)
      if let found = known.withLock({ $0[question] }) { return found }
      let made = try make()
      known.withLock { known in
        if known.count >= Elsewhere.most { known = [:] }
        known[question] = made
      }
      return made
    }
  }
}
