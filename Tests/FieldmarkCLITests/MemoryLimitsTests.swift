import Foundation
import Testing

/// A PNG file that has a size and no pixels: memory is asked for before any are read.
private func hollowPNG(width: UInt32, height: UInt32) -> Data {
  func bytes(_ number: UInt32) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
  var header: [UInt8] = Array("IHDR".utf8)
  header += bytes(width)
  header += bytes(height)
  header += [8, 2, 0, 0, 0]
  var sum: UInt32 = 0xffff_ffff
  for byte in header {
    sum ^= UInt32(byte)
    for _ in 0..<8 {
      let isOdd = sum & 1 == 1
      sum >>= 1
      if isOdd { sum ^= 0xedb8_8320 }
    }
  }
  var file: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  file += bytes(13)
  file += header
  file += bytes(~sum)
  file += bytes(1000)
  file += Array("IDAT".utf8)
  return Data(file)
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
}
