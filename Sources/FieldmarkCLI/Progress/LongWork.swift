import Ground
import Parsing
import Synchronization

/// Work that may take hours, for whoever waits for it: how long it takes, how far it is, and a way to
/// end it.
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
/// How long it takes is said once, as soon as the first of it tells, if it is more than a minute. On a
/// terminal a line then follows the work; elsewhere there is a line now and then. What takes a few
/// seconds says nothing. Of one picture its passes through the model are counted instead.
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

  /// From now on Ctrl-C is watched for. The promise says what it leaves.
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

  /// So many are done.
  package func reach(_ done: Int, of count: Int? = nil, detail: String = "") {
    tell { state in
      state.done = done
      state.of = count ?? state.of
      state.detail = detail
    }
  }

  /// One more is done.
  package func step() { tell { $0.done += 1 } }

  /// What views and judges are given.
  package var passes: Passes {
    Passes(
      begin: { [self] count in tell { $0.allPasses += count } },
      end: { [self] in tell { $0.passes += 1 } }, goesOn: { [self] in goesOn })
  }

  package var goesOn: Bool { !interrupts.isNoted() }

  /// Takes the line away. From now on Ctrl-C ends the program at once, as ever.
  package func end() {
    output.progress?("")
    interrupts.obey()
  }

  /// How far it was when somebody ended it: `12 of 500 pictures`.
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

/// What is known of work that is under way, and what was said of it.
private struct State {
  var unit = "pictures"
  var promise = ""
  var (done, of, before, atOnce) = (0, 1, 0, 1)
  /// Behind the line.
  var detail = ""
  /// Of all pictures that have begun.
  var (passes, allPasses) = (0, 0)
  var start = 0.0
  private var pace = Pace()
  private var shown = -1.0
  private var isAnnounced = false

  /// Whether there is only one thing to do, so that its passes tell more.
  var passesCount: Bool { of == 1 && allPasses > 0 }

  private func progress(_ seconds: Double) -> Progress {
    passesCount
      ? Progress(unit: "passes through the model", done: passes, of: allPasses, seconds: seconds)
      : Progress(
        unit: unit, done: done, of: of, before: before, seconds: seconds, atOnce: atOnce)
  }

  /// A line that stays, and one that the next one replaces.
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
    // Before the first is done there is no more to tell than that something happens.
    if progress.done == 0, passes > 0 { line += ", \(passes) passes through the model" }
    if !detail.isEmpty { line += ", \(detail)" }
    // Nobody reads faster.
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
