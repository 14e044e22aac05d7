import Glibc
import Ground

/// How much of a file has arrived and how fast, shown ten times a second at most.
struct DownloadProgress {
  private let name: String
  private let size: Int
  private let start: Int
  private let began = now()
  private var shown = 0.0

  init(_ name: String, size: Int, from start: Int) {
    self.name = printable(name.utf8)
    self.size = size
    self.start = start
  }

  /// Returns `model.safetensors: 123.4 MB of 605.2 MB, 45.1 MB/s`; nil if the last line is still
  /// fresh.
  mutating func line(_ count: Int) -> String? {
    let seconds = now() - began
    guard seconds - shown >= 0.1 || count == size else { return nil }
    shown = seconds
    let rate = Int(Double(count - start) / max(seconds, 0.001))
    return "\(name): \(megabytes(count)) of \(megabytes(size)), \(megabytes(rate))/s"
  }
}

private func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
