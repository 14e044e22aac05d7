/// How far long work is. Everything that is printed about it follows from these numbers alone.
///
/// ```swift
/// Progress(done: 12, of: 500, seconds: 61).line      // 12 of 500 pictures, about 41 min left
/// ```
package struct Progress: Equatable, Sendable {
  /// The things that are counted.
  package var unit = "pictures"
  package var done: Int
  package var of: Int
  /// The number of things that were done before this work began.
  package var before = 0
  /// The seconds since this work began.
  package var seconds: Double
  /// The number of things that are under way at the same time.
  package var atOnce = 1

  package init(
    unit: String = "pictures", done: Int, of: Int, before: Int = 0, seconds: Double, atOnce: Int = 1
  ) {
    (self.unit, self.done, self.of, self.before) = (unit, done, of, before)
    (self.seconds, self.atOnce) = (seconds, atOnce)
  }

  /// The estimated seconds of the whole work; nil before anything is done.
  package var whole: Double? {
    guard done > 0 else { return nil }
    // Things finish in waves as large as the number of cores: when the first is done, the others
    // nearly are.
    return seconds * Double(of) / Double(max(done, min(atOnce, of)))
  }

  /// `12 of 500 pictures, about 41 min left`
  package var line: String {
    let count = "\(before + done) of \(before + of) \(unit)"
    guard let whole, done < of else { return count }
    return "\(count), \(Progress.told(max(0, whole - seconds))) left"
  }

  /// The announcement of work that takes more than a minute, which is printed once: `About 41 min
  /// for 500 pictures`. Nil for shorter work, and while too little is known.
  package var announcement: String? {
    guard let whole, whole >= 60, seconds >= 2, done < of else { return nil }
    let told = Progress.told(whole)
    let some = before > 0 ? "the \(of) of \(before + of) \(unit) that are left" : "\(of) \(unit)"
    return "\(told.prefix(1).uppercased() + told.dropFirst()) for \(some)"
  }

  /// A rough duration: `about 41 min`, `about 9 h`.
  package static func told(_ seconds: Double) -> String {
    if seconds < 59.5 { return "about \(Int(seconds.rounded())) s" }
    if seconds < 59.5 * 60 { return "about \(Int((seconds / 60).rounded())) min" }
    if seconds < 48 * 3600 {
      // Half hours are shown below ten hours.
      let halves = Int((seconds / 1800).rounded())
      let hours = halves < 20 ? halves : Int((seconds / 3600).rounded()) * 2
      return "about \(hours / 2)\(hours.isMultiple(of: 2) ? "" : ".5") h"
    }
    guard seconds < 1e9 else { return "years" }
    return "about \(Int((seconds / 86400).rounded())) days"
  }
}

/// When a line is printed into a log: after a minute, then at doubling intervals of up to ten
/// minutes.
package struct Pace: Equatable, Sendable {
  private var next = 60.0
  private var gap = 60.0

  package init() {}

  package mutating func isDue(at seconds: Double) -> Bool {
    guard seconds >= next else { return false }
    gap = min(2 * gap, 600)
    next = seconds + gap
    return true
  }
}
