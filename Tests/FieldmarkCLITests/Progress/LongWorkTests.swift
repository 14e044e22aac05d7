import Fieldmark
import FieldmarkCLI
import Parsing
import Synchronization
import Testing

/// Work whose clock is set by hand, and all that is said of it.
private final class Watched: Sendable {
  let time = Mutex(0.0)
  let isInterrupted = Mutex(false)
  let notes = Mutex<[String]>([])
  let lines = Mutex<[String]>([])

  func work(onTerminal: Bool = false) -> LongWork {
    let progress: @Sendable (String) -> Void = { [self] line in
      lines.withLock { $0.append(line) }
    }
    return LongWork(
      Output(
        print: { _ in }, note: { [self] note in notes.withLock { $0.append(note) } },
        progress: onTerminal ? progress : nil),
      interrupts: Interrupts(
        watch: {}, isNoted: { [self] in isInterrupted.withLock { $0 } }, obey: {}),
      clock: { [self] in time.withLock { $0 } })
  }

  func set(_ seconds: Double) { time.withLock { $0 = seconds } }
  var said: [String] { notes.withLock { $0 } }
  var shown: [String] { lines.withLock { $0 } }
}

@Test func longWorkSaysHowLongOnceAndThenALineNowAndThen() {
  let watched = Watched()
  let work = watched.work()
  watched.set(1000)
  work.begin("rounds", of: 300, "Ctrl-C keeps what is done")
  for round in 1...300 {
    watched.set(1000 + Double(round))
    work.reach(round)
  }
  work.end()
  #expect(
    watched.said == [
      "About 5 min for 300 rounds; Ctrl-C keeps what is done.",
      "60 of 300 rounds, about 4 min left.", "180 of 300 rounds, about 2 min left.",
    ])
}

@Test func shortWorkSaysNothing() {
  let watched = Watched()
  let work = watched.work()
  work.begin(of: 300, "Ctrl-C keeps what is done")
  for picture in 1...300 {
    watched.set(Double(picture) / 10)
    work.step()
  }
  #expect(watched.said == [])
}

@Test func onATerminalALineFollowsTheWorkAndIsTakenAwayAtItsEnd() {
  let watched = Watched()
  let work = watched.work(onTerminal: true)
  work.begin(of: 100, "Ctrl-C keeps what is done")
  for (seconds, picture) in [(0.5, 40), (0.55, 50), (1, 75), (1.01, 100)] {
    watched.set(seconds)
    work.reach(picture, detail: picture == 75 ? "loss 0.5" : "")
  }
  work.end()
  // The second came too soon to be read; the last is always shown.
  #expect(
    watched.shown == [
      "40 of 100 pictures, about 1 s left", "75 of 100 pictures, about 0 s left, loss 0.5",
      "100 of 100 pictures", "",
    ])
  #expect(watched.said == [])
}

@Test func ofOnePictureThePassesAreCounted() {
  let watched = Watched()
  let work = watched.work()
  work.begin(of: 1, "Ctrl-C ends it")
  work.passes.begin(4000)
  for pass in 1...1000 {
    watched.set(0.1 * Double(pass))
    work.passes.end()
  }
  #expect(
    watched.said == [
      "About 7 min for 4000 passes through the model; Ctrl-C ends it.",
      "600 of 4000 passes through the model, about 6 min left.",
    ])
  #expect(work.reached == "1000 of 4000 passes through the model")
}

@Test func beforeTheFirstOfManyIsDoneThePassesShowThatSomethingHappens() {
  let watched = Watched()
  let work = watched.work()
  work.begin(of: 500, before: 100, "Ctrl-C keeps what is done")
  work.passes.begin(4000)
  watched.set(61)
  work.passes.end()
  #expect(watched.said == ["100 of 600 pictures, 1 passes through the model."])
  #expect(work.reached == "100 of 600 pictures")
}

@Test func interruptedWorkStopsAtTheNextPassAndIsSilent() {
  let watched = Watched()
  let work = watched.work()
  work.begin(of: 1, "Ctrl-C ends it")
  watched.isInterrupted.withLock { $0 = true }
  watched.set(100)
  #expect(throws: Interrupted.self) { try work.passes.concurrently(10) { $0 } }
  #expect(watched.said == [] && !work.goesOn)
}
