import Ground
import Parsing
import Words

private struct Options: OptionGroup {
  let normalizer = Option<Normalizer>(
    "normalizer", default: .huggingface, "How prompts are cleaned.")
  let rounds = Option<Int>("rounds", default: 5, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench words prompts.txt`: the timing and checksum that Benchmarks/words.py compares
  /// with other tokenizers.
  package static let benchWords = Command(
    "bench words", "Checks and times the tokenizer on a file of prompts.",
    operands: .one("FILE", "A text file with one prompt on each line."),
    options: Options.self,
    notes: """
      Prints one JSON object: the median seconds for all prompts at once on one thread, and a checksum of all
      token numbers, by which other tokenizers can be compared.
      """
  ) { input, output in
    let text = String(decoding: try input.paths[0].read(limit: 1 << 28), as: UTF8.self)
    let prompts = text.split(separator: "\n").map(String.init)
    let tokenizer = Tokenizer(normalizer: input[Options.normalizer])
    let expected = try prompts.map(tokenizer.ids(of:))
    var seconds: [Double] = []
    for _ in 0..<max(1, input[Options.rounds]) {
      let start = ContinuousClock.now
      let ids = try tokenizer.ids(of: prompts)
      seconds.append((ContinuousClock.now - start) / .seconds(1))
      precondition(ids == expected, "Many prompts at once are read otherwise than each alone.")
    }
    let median = seconds.sorted()[seconds.count / 2]
    let report: JSON = [
      "normalizer": .string(tokenizer.normalizer.name),
      "prompts": .integer(prompts.count),
      "tokens": .integer(expected.map(\.count).reduce(0, +)),
      "sum": .string(String(sum(expected), radix: 16)),
      "seconds": .number(median),
    ]
    try output.print(report.written())
    return .done
  }

  /// A checksum modulo 2^64: a polynomial in 31 whose coefficients are each token number plus one,
  /// and 0 where a prompt ends.
  private static func sum(_ ids: [[Int32]]) -> UInt64 {
    var sum: UInt64 = 0
    for prompt in ids {
      for id in prompt { sum = sum &* 31 &+ UInt64(id) &+ 1 }
      sum = sum &* 31
    }
    return sum
  }
}
