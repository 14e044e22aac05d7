import Ground
import Parsing
import Synchronization

/// Work that may take hours. It tells the user how long it will take and how far it is, and can be
/// interrupted.
///
/// ```swift
/// let work = LongWork(output)
/// work.begin(of: 500, "Ctrl-C keeps what is done")
/// for number in 1...500 {
///   try work.passes.check()
///   work.reach(number)
/// }
/// work.end()
/// ```
///
/// The expected time is announced once, as soon as it can be estimated and if it exceeds a minute.
/// On a terminal, a progress line then follows the work; elsewhere a line is printed now and then.
/// Work of a few seconds prints nothing. If there is only one picture, its passes through the model
/// are counted instead.
package final class LongWork: Sendable {
  private let output: Output
  private let interrupts: Interrupts
  private let clock: @Sendable () -> Double
  private let state = Mutex(State())

  package init(
    _ output: Output, interrupts: Interrupts = .signals,
    clock: @escaping @Sendable () -> Double = LongWork.secondsFromNow()
  ) {
    (self.output, self.interrupts, self.clock) = (output, interrupts, clock)
  }

  /// Starts the work. From now on Ctrl-C is caught, and `promise` says what it preserves.
  package func begin(
    _ unit: String = "pictures", of count: Int, before: Int = 0, _ promise: String
  ) {
    interrupts.watch()
    let atOnce = min(count, Cores.allowed)
    state.withLock { state in
      state = State()
      (state.unit, state.promise) = (unit, promise)
      (state.of, state.before, state.atOnce, state.start) = (count, before, atOnce, clock())
    }
  }

  /// Sets the number of things that are done.
  package func reach(_ done: Int, of count: Int? = nil, detail: String = "") {
    tell { state in
      state.done = done
      state.of = count ?? state.of
      state.detail = detail
    }
  }

  /// Counts one more thing as done.
  package func step() { tell { $0.done += 1 } }

  /// Counts passes and checks for interrupts on behalf of views and scorers.
  package var passes: Passes {
    Passes(
      begin: { [self] count in tell { $0.allPasses += count } },
      end: { [self] in tell { $0.passes += 1 } }, goesOn: { [self] in goesOn })
  }

  package var goesOn: Bool { !interrupts.isNoted() }

  /// Clears the progress line. From now on Ctrl-C ends the program at once again.
  package func end() {
    output.progress?("")
    interrupts.obey()
  }

  /// How far the work was when it was interrupted: `12 of 500 pictures`.
  package var reached: String {
    state.withLock { state in
      state.passesCount
        ? "\(state.passes) of \(state.allPasses) passes through the model"
        : "\(state.before + state.done) of \(state.before + state.of) \(state.unit)"
    }
  }

  private func tell(_ change: (inout State) -> Void) {
    let (note, progress) = state.withLock { state -> (String?, String?) in
      change(&state)
      guard goesOn else { return (nil, nil) }
      return state.lines(at: clock() - state.start, hasTerminal: output.progress != nil)
    }
    if let note { output.note(note) }
    if let progress { output.progress?(progress) }
  }

  package static func secondsFromNow() -> @Sendable () -> Double {
    let start = ContinuousClock.now
    return { (ContinuousClock.now - start) / .seconds(1) }
  }
}

/// The state of work that is under way, and of what was printed about it.
private struct State {
  var unit = "pictures"
  var promise = ""
  var (done, of, before, atOnce) = (0, 1, 0, 1)
  /// A text at the end of the progress line.
  var detail = ""
  /// The passes that are done and all passes, summed over the pictures that have begun.
  var (passes, allPasses) = (0, 0)
  var start = 0.0
  private var pace = Pace()
  private var shown = -1.0
  private var isAnnounced = false

  /// Whether there is only one thing to do, so that its passes are counted instead.
  var passesCount: Bool { of == 1 && allPasses > 0 }

  private func progress(_ seconds: Double) -> Progress {
    passesCount
      ? Progress(unit: "passes through the model", done: passes, of: allPasses, seconds: seconds)
      : Progress(
        unit: unit, done: done, of: of, before: before, seconds: seconds, atOnce: atOnce)
  }

  /// Returns a note that stays on the screen, and a progress line that the next one replaces.
  mutating func lines(
    at seconds: Double, hasTerminal: Bool
  ) -> (note: String?, progress: String?) {
    let progress = progress(seconds)
    var note: String?
    if !isAnnounced, let announcement = progress.announcement {
      isAnnounced = true
      note = "\(announcement); \(promise)."
    }
    var line = progress.line
    // Before the first thing is done, passes are the only sign of progress.
    if progress.done == 0, passes > 0 { line += ", \(passes) passes through the model" }
    if !detail.isEmpty { line += ", \(detail)" }
    // Ten updates a second are as many as anybody can read.
    if hasTerminal, seconds >= shown + 0.1 || progress.done == progress.of {
      shown = seconds
      return (note, of > 1 || passesCount ? line : nil)
    }
    if !hasTerminal, progress.done < progress.of, pace.isDue(at: seconds), note == nil {
      note = line + "."
    }
    return (note, nil)
  }
}
