/// What a server takes before it refuses: sizes, connections, time, and how many requests wait.
///
/// ```swift
/// var limits = ServerLimits()
/// limits.body = 1 << 20      // one mebibyte
/// ```
public struct ServerLimits: Equatable, Sendable {
  /// The bytes of a body.
  public var body = 32 << 20
  /// The bytes of a request's head: its first line and its headers.
  public var head = 16 << 10
  /// The connections at once. Further ones are closed as soon as they are made.
  public var connections = 32
  /// The seconds within which the head of a request must be there. Its body and the answer have as
  /// long, and a second more for each 64 KiB.
  public var patience = 10.0
  /// The computing requests that wait while one is being answered. Further ones are refused.
  public var waiting = 16

  public init() {}
}
