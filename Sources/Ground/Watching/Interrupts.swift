import CFieldmark

/// The user's wish to end what is under way: Ctrl-C, or a request to end.
///
/// While it is watched for, the first one is noted and acknowledged at once; work then stops in good
/// order as soon as it can. The second one ends the program, as every one does that nobody watches for.
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

  /// Those of this process.
  package static let signals = Interrupts(
    watch: { fm_interrupt_watch() }, isNoted: { fm_interrupted() != 0 },
    obey: { fm_interrupt_obey() })
}

/// The user ended work that was under way; what was done before is kept.
package struct Interrupted: Error, Equatable {
  package init() {}
}
