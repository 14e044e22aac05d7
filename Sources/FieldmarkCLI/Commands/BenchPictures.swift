import Ground
import Parsing
import Pictures

private struct Options: OptionGroup {
  let size = Option<Int>("size", default: 224, "The side of the model's input in pixels.")
  let rounds = Option<Int>("rounds", default: 5, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench pictures photos/`: the timings and digest that Benchmarks/pictures.py
  /// compares with Pillow and torchvision.
  package static let benchPictures = Command(
    "bench pictures", "Checks and times the decoding and preprocessing of pictures.",
    operands: .one("FOLDER", "A folder of pictures, which may have folders in it."),
    options: Options.self,
    notes: """
      Prints one JSON object: the median seconds of a round on one thread, from files to numbers as OpenAI's
      transform gives them, the shares of its steps, and the SHA-256 of all numbers.
      """
  ) { input, output in
    let size = input[Options.size]
    guard Preprocessing.sides.contains(size) else {
      throw InputError(
        "option --size", expected: "a side that models have", found: "\(size)", kind: .words)
    }
    let preprocessing = Preprocessing.openAI(size)
    let files = try files(below: input.paths[0])
    guard !files.isEmpty else {
      throw InputError(
        input.paths[0].description, expected: "a folder with pictures", found: "an empty one")
    }
    var rounds: [Times] = []
    for _ in 0..<max(1, input[Options.rounds]) {
      var times = Times()
      for file in files {
        let picture = try times.decoding.measure { try Picture(file) }
        let pixels = times.resizing.measure { preprocessing.pixels(of: picture) }
        _ = times.normalizing.measure { preprocessing.tensor(ofPixels: pixels) }
      }
      rounds.append(times)
    }
    var digest = Digest.sha256
    for file in files {
      preprocessing.tensor(of: try Picture(file)).withUnsafeBytes { digest.add($0) }
    }
    let median = rounds.sorted { $0.all < $1.all }[rounds.count / 2]
    let report: JSON = [
      "pictures": .integer(files.count),
      "seconds": .number(median.all),
      "decoding": .number(median.decoding.seconds),
      "resizing": .number(median.resizing.seconds),
      "normalizing": .number(median.normalizing.seconds),
      "sha256": .string(digest.hexadecimal),
    ]
    try output.print(report.written())
    return .done
  }

  /// Every file below a folder, in the order of names.
  private static func files(below folder: Path) throws -> [Path] {
    try folder.names().flatMap { name -> [Path] in
      let path = folder / name
      return path.kind == .folder ? try files(below: path) : [path]
    }
  }
}

/// The seconds that the steps of a round took.
private struct Times {
  var decoding = Stopwatch()
  var resizing = Stopwatch()
  var normalizing = Stopwatch()
  var all: Double { decoding.seconds + resizing.seconds + normalizing.seconds }
}

private struct Stopwatch {
  private(set) var seconds = 0.0

  mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try body()
    seconds += (ContinuousClock.now - start) / .seconds(1)
    return result
  }
}
