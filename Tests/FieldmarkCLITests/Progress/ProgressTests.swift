import FieldmarkCLI
import Parsing
import Testing

@Test(
  arguments: [
    (Progress(done: 0, of: 500, seconds: 30), "0 of 500 pictures"),
    (Progress(done: 12, of: 500, seconds: 61), "12 of 500 pictures, about 41 min left"),
    (Progress(done: 499, of: 500, seconds: 499), "499 of 500 pictures, about 1 s left"),
    (Progress(done: 500, of: 500, seconds: 499), "500 of 500 pictures"),
    // The first of a wave on two cores: the second is nearly done as well.
    (
      Progress(done: 1, of: 10, seconds: 60, atOnce: 2), "1 of 10 pictures, about 4 min left"
    ),
    (
      Progress(done: 10, of: 100, before: 400, seconds: 100),
      "410 of 500 pictures, about 15 min left"
    ),
    (
      Progress(unit: "passes through the model", done: 1000, of: 4000, seconds: 20),
      "1000 of 4000 passes through the model, about 1 min left"
    ),
    (Progress(done: 0, of: 0, seconds: 0), "0 of 0 pictures"),
    (Progress(done: 2, of: 1, seconds: 3), "2 of 1 pictures"),
  ])
func aLineOfProgressFollowsFromDoneOfAndSeconds(_ progress: Progress, _ line: String) {
  #expect(progress.line == line)
}

@Test(
  arguments: [
    (Progress(done: 1, of: 500, seconds: 65), "About 9 h for 500 pictures"),
    (Progress(done: 1, of: 500, seconds: 65, atOnce: 16), "About 34 min for 500 pictures"),
    (
      Progress(done: 1, of: 200, before: 300, seconds: 65),
      "About 3.5 h for the 200 of 500 pictures that are left"
    ),
    (Progress(done: 30, of: 31, seconds: 600), "About 10 min for 31 pictures"),
    // Short, or too early to know, or done.
    (Progress(done: 10, of: 500, seconds: 1), nil),
    (Progress(done: 10, of: 20, seconds: 20), nil),
    (Progress(done: 0, of: 500, seconds: 600), nil),
    (Progress(done: 500, of: 500, seconds: 600), nil),
  ])
func whatTakesMoreThanAMinuteIsAnnounced(_ progress: Progress, _ announcement: String?) {
  #expect(progress.announcement == announcement)
}

@Test(
  arguments: [
    (0, "about 0 s"), (59.4, "about 59 s"), (59.6, "about 1 min"), (3569, "about 59 min"),
    (3600, "about 1 h"), (5400, "about 1.5 h"), (32_400, "about 9 h"), (34_300, "about 9.5 h"),
    (36_500, "about 10 h"), (90_000, "about 25 h"), (172_800, "about 2 days"), (1e12, "years"),
    (.infinity, "years"),
  ])
func aTimeIsToldAsRoundlyAsItIsKnown(_ seconds: Double, _ told: String) {
  #expect(Progress.told(seconds) == told)
}

@Test func aLogGetsALineAfterAMinuteAndThenEverMoreSeldom() {
  var pace = Pace()
  let due = (0..<7200).filter { pace.isDue(at: Double($0)) }.map { $0 / 60 }
  #expect(due == [1, 3, 7, 15, 25, 35, 45, 55, 65, 75, 85, 95, 105, 115])
}
