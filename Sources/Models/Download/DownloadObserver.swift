import CFieldmark
import Glibc
import Ground

/// Who watches a download: is told how it goes, and may end it.
package struct DownloadObserver: Sendable {
  /// One line that stays.
  package var note: @Sendable (String) -> Void
  /// A line that the next one replaces; none where nobody looks.
  package var progress: (@Sendable (String) -> Void)?
  /// Asked several times a second; no ends the download, which can be gone on with later.
  package var goesOn: @Sendable () -> Bool
  /// Waits so many seconds before another try.
  package var pause: @Sendable (Double) -> Void
  /// Seconds without a byte after which a connection counts as broken.
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

  /// A person at a terminal, whose Ctrl-C ends the download in good order.
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
