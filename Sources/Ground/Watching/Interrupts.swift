import CFieldmark

/// The user's request to end what is under way, by Ctrl-C or SIGTERM.
///
/// While requests are watched for, the first one is noted and acknowledged at once, and work then
/// stops in good order as soon as it can. The second one ends the program, as does every request
/// that nobody watches for.
package struct Interrupts: Sendable {
  package var watch: @Sendable () -> Void
  package var isNoted: @Sendable () -> Bool
  package var obey: @Sendable () -> Void

  package init(
    watch: @escaping @Sendable () -> Void, isNoted: @escaping @Sendable () -> Bool,
    obey: @escaping @Sendable () -> Void
  ) {
    self.watch = watch
    self.isNoted = isNoted
    self.obey = obey
  }

  /// The requests that reach this process as signals.
  package static let signals = Interrupts(
    watch: { fm_interrupt_watch() }, isNoted: { fm_interrupted() != 0 },
    obey: { fm_interrupt_obey() })
}

/// The error that is thrown when the user ends work that is under way. What was done before is
/// kept.
package struct Interrupted: Error, Equatable {
  package init() {}
}
