import CFieldmark
import Glibc
import Ground

/// An observer of a download, which is told how it goes and may end it.
package struct DownloadObserver: Sendable {
  /// Shows a line that stays.
  package var note: @Sendable (String) -> Void
  /// Shows a line that the next one replaces; nil if nobody looks.
  package var progress: (@Sendable (String) -> Void)?
  /// Is asked several times a second. If it returns false, the download ends and can be continued
  /// later.
  package var goesOn: @Sendable () -> Bool
  /// Waits so many seconds before the next try.
  package var pause: @Sendable (Double) -> Void
  /// The number of seconds without a byte after which a connection counts as broken.
  package var stall = 30

  package init(
    note: @escaping @Sendable (String) -> Void, progress: (@Sendable (String) -> Void)? = nil,
    goesOn: @escaping @Sendable () -> Bool, pause: @escaping @Sendable (Double) -> Void,
    stall: Int = 30
  ) {
    self.note = note
    self.progress = progress
    self.goesOn = goesOn
    self.pause = pause
    self.stall = stall
  }

  /// The observer for a person at a terminal, whose Ctrl-C ends the download in good order.
  package static func person(
    note: @escaping @Sendable (String) -> Void, progress: (@Sendable (String) -> Void)?
  ) -> DownloadObserver {
    let interrupts = Interrupts.signals
    interrupts.watch()
    return DownloadObserver(
      note: note, progress: progress, goesOn: { !interrupts.isNoted() },
      pause: { seconds in
        for _ in 0..<Int(seconds * 10) where !interrupts.isNoted() { usleep(100_000) }
      })
  }
}
