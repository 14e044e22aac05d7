import Datasets
import Ground
import Words

extension Command {
  /// `fieldmark bench words prompts.txt`: what Benchmarks/words.py holds against other tokenizers.
  package static let benchWords = Command(
    "bench words", "Checks and times the reading of prompts, one a line.",
    operands: .one("FILE", "A text with a prompt on every line."),
    options: [normalizer.declaration, rounds.declaration],
    notes: """
      Prints one object: the median time of reading all prompts at once on one thread, and a sum over
      all numbers that tells whether others got the same.
      """
  ) { input, output in
    let text = String(decoding: try input.paths[0].read(limit: 1 << 28), as: UTF8.self)
    let prompts = text.split(separator: "\n").map(String.init)
    let tokenizer = Tokenizer(normalizer: input[normalizer])
    let expected = try prompts.map(tokenizer.ids(of:))
    var seconds: [Double] = []
    for _ in 0..<max(1, input[rounds]) {
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

  private static let normalizer = Option<Normalizer>(
    "normalizer", default: .huggingface, "How prompts are cleaned.")
  private static let rounds = Option<Int>("rounds", default: 5, "How often they are read.")

  /// A polynomial in all numbers plus one, and 0 where a prompt ends, modulo 2^64.
  private static func sum(_ ids: [[Int32]]) -> UInt64 {
    var sum: UInt64 = 0
    for prompt in ids {
      for id in prompt { sum = sum &* 31 &+ UInt64(id) &+ 1 }
      sum = sum &* 31
    }
    return sum
  }
}
