import Fieldmark
import Foundation
import Testing

private let pictures = ModelsFixture.shipped("encoders/pictures")

/// What the program prints, with so many threads and at most such instructions for its products.
private func printed(
  _ words: [String], threads: Int, instructions: String?, home: String
) throws -> String {
  // oneDNN's older versions know the second name only.
  let ended = try ChildProcess.run(
    words + ["--threads", "\(threads)"], home: home,
    environment: instructions.map {
      ["ONEDNN_MAX_CPU_ISA": $0, "DNNL_MAX_CPU_ISA": $0]
    } ?? [:])
  #expect(ended.status == 0, "\(words) with \(threads) threads")
  return ended.results
}

/// Which instructions products may use at most, and for which numbers.
struct Instructions: Sendable, CustomStringConvertible {
  let name: String?
  let precision: Precision
  var description: String { "\(name ?? "all"), \(precision)" }

  static let all = [
    Instructions(name: nil, precision: .fp32),
    Instructions(name: "AVX512_CORE", precision: .fp32),
    Instructions(name: "AVX2", precision: .fp32),
    Instructions(name: nil, precision: .bf16),
    Instructions(name: "AVX512_CORE_BF16", precision: .bf16),
  ].filter { $0.precision.isSupported }
}

@Suite(.enabled(if: ChildProcess.program != nil))
struct SameBytesTests {
  @Test(arguments: Instructions.all)
  func aPictureHasTheSameBytesWhateverTheThreadsAndWhateverIsBesideIt(
    _ instructions: Instructions
  ) throws {
    try ModelsFixture.run { home in
      func embedded(_ names: [String], _ threads: Int) throws -> [Substring] {
        let words = ["embed"] + names.map { "\(pictures)/\($0).png" }
        return try printed(
          words + ["--precision", instructions.precision.rawValue], threads: threads,
          instructions: instructions.name, home: home.home
        ).split(separator: "\n")
      }
      let alone = try embedded(["tall"], 1)
      #expect(alone.count == 1)
      for threads in 2...4 {
        #expect(try embedded(["tall"], threads) == alone, "\(threads) threads")
      }
      for threads in [1, 2] {
        let among = try embedded(["square", "tall", "wide"], threads)
        #expect(among.count == 3 && among[1] == alone[0], "among others, \(threads) threads")
      }
    }
  }

  @Test(arguments: [nil, "AVX2"])
  func aMapHasTheSameBytesWhateverTheThreads(_ instructions: String?) throws {
    try ModelsFixture.run { home in
      func map(_ threads: Int) throws -> [UInt8] {
        let out = "\(home.home)/map-\(threads).npy"
        let words = [
          "highlight", "\(pictures)/tall.png", "-c", "red epaulets", "-a", "bird", "--method",
          "layer-cam", "-o", out,
        ]
        _ = try printed(
          words, threads: threads, instructions: instructions, home: home.home)
        return [UInt8](try Data(contentsOf: URL(fileURLWithPath: out)))
      }
      let one = try map(1)
      for threads in 2...4 { #expect(try map(threads) == one, "\(threads) threads") }
    }
  }
}
