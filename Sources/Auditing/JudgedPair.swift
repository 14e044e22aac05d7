/// Two classes with what an audit says of them among all pairs.
public struct JudgedPair: Sendable {
  public let pair: AuditPair
  public let findings: PairFindings
  public let verdict: Verdict
  /// The picture that shows the verdict best, and the one that shows it least; none where nothing was
  /// found.
  public let examples: [Int]
}
