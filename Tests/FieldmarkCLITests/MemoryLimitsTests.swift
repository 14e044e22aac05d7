import Foundation
import Testing

/// A PNG file that has a size and no pixels: memory is asked for before any are read.
private func hollowPNG(width: UInt32, height: UInt32) -> Data {
  func bytes(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 0xff) } }
  func check(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1
      }
    }
  }
  let header = Array("IHDR".utf8) + bytes(width) + bytes(height) + [8, 2, 0, 0, 0]
  return Data(
    [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + bytes(13) + header + bytes(check(header)))
}

/// Limits as a shell or a cluster sets them, on the program as a process of its own.
@Suite(.enabled(if: ChildProcess.program != nil))
struct MemoryLimitsTests {
  @Test func aPictureForWhichThereIsNoMemoryIsOneSentence() throws {
    try inWorld { home, birds in
      let huge = "\(home.home)/huge.png"
      try hollowPNG(width: 10_000, height: 9_000).write(to: URL(fileURLWithPath: huge))
      let small = try #require(
        FileManager.default.subpaths(atPath: birds)?.first { $0.hasSuffix("_0.png") })
      let words = ["embed", "\(birds)/\(small)", huge, "--threads", "1"]
      let limited = try ChildProcess.run(words, home: home.home, kilobytes: 800_000)
      #expect(limited.status == 3 && !limited.isKilled)
      #expect(
        limited.notes.contains(
          "\(huge): expected memory for 900.0 MB, found less; a smaller copy of the picture needs less."
        ))
      // The other one is done all the same.
      #expect(limited.results.split(separator: "\n").count == 1)
      let free = try ChildProcess.run(words, home: home.home)
      #expect(free.notes.contains("\(huge): expected a whole PNG picture, found one that ends"))
    }
  }

  /// Whatever the limit is, the program ends by itself: with its results, or with a sentence.
  @Test func noLimitThatLeavesRoomForTheProgramEndsInATrap() throws {
    try inWorld { home, birds in
      let bird = try #require(
        FileManager.default.subpaths(atPath: birds)?.first { $0.hasSuffix("_0.png") })
      var statuses: [Int32] = []
      for megabytes in stride(from: 300, through: 1500, by: 150) {
        let ended = try ChildProcess.run(
          [
            "highlight", "\(birds)/\(bird)", "-c", "bird", "--resolution", "2048", "--threads", "1",
            "-o", "\(home.home)/out-\(megabytes)",
          ], home: home.home, kilobytes: megabytes * 1000)
        #expect(!ended.isKilled, "\(megabytes) MB: \(ended.notes)")
        #expect([0, 65].contains(ended.status), "\(megabytes) MB: \(ended.notes)")
        statuses.append(ended.status)
      }
      #expect(statuses.contains(65))
    }
  }
}
