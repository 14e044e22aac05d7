import Encoders
import Explaining
import Ground
import Measures
import Models
import Parsing
import Pictures

private struct Options: OptionGroup {
  let model = ModelOptions()
  let file = Option<Path>(
    "file", default: "passes.npz", "The file with pictures, maps and classes.")
  let measured = Option<Listed<PassMeasure>>(
    "measures", default: Listed(PassMeasure.all),
    "The measures that are timed, with commas between.")
  let step = Option<Int>(
    "step", default: 224, "How many pixels a step of deletion and insertion changes.")
  let rounds = Option<Int>("rounds", default: 1, "How often the timing is repeated.")
}

extension Command {
  /// `fieldmark bench passes MODEL`: the timings that Benchmarks/passes.py compares with PyTorch.
  package static func benchPasses(_ environment: Environment) -> Command {
    Command(
      "bench passes", "Times measures that run the model on hundreds of changed pictures.",
      options: Options.self,
      notes: """
        The file has 'planes' (pictures x 3 x height x width), 'maps' (pictures x pixels), 'directions' (a row for
        each class, cosines times 100), and 'labels' and 'references' (as floats). Prints one JSON object for
        each measure: its passes per picture, the median seconds of all pictures, the seconds of as many bare
        passes, and its value for each picture. ROAD is computed without noise.
        """
    ) { input, output in
      let model = try ModelOptions.open(input, environment, output)
      let encoder = try ImageEncoder(model, precision: input[ModelOptions.precision])
      let rows = try BenchedPictures(Checkpoint(input[Options.file]), encoder)
      let clock = ContinuousClock()
      for measure in input[Options.measured].values {
        let passes = measure.passes(rows.pixels.pixels, input[Options.step])
        var (values, seconds, bare): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<max(1, input[Options.rounds]) {
          bare.append(
            try clock.measure {
              for planes in rows.planes {
                _ = try concurrently(passes) { _ in encoder.layers(planes) }
              }
            } / .seconds(1))
          seconds.append(
            try clock.measure {
              values = try rows.planes.indices.map {
                try measure.value(rows, $0, step: input[Options.step])
              }
            } / .seconds(1))
        }
        let report: JSON = [
          "measure": .string(measure.rawValue), "passes": .integer(passes),
          "seconds": .number(seconds.sorted()[seconds.count / 2]),
          "bare": .number(bare.sorted()[bare.count / 2]),
          "values": .array(values.map(JSON.number)),
        ]
        try output.print(report.written())
      }
      return .done
    }
  }
}

/// A measure that is timed.
private enum PassMeasure: String, CaseIterable, Named, OptionValue {
  static let kind = "a measure"
  case deletion, insertion
  case relativeDrop = "rd-5"
  case road

  func passes(_ pixels: Int, _ step: Int) -> Int {
    switch self {
    case .deletion, .insertion: (pixels + step - 1) / max(1, step) + 1
    case .relativeDrop: 2
    case .road: 19
    }
  }

  func value(_ rows: BenchedPictures, _ index: Int, step: Int) throws -> Double {
    let (planes, map, label) = (rows.planes[index], rows.maps[index], rows.labels[index])
    switch self {
    case .deletion, .insertion:
      var path = self == .deletion ? PixelPath.deletion : .insertion
      path.step = step
      return try path.curve(planes, rows.pixels, map, rows.scorer).area(of: label)
    case .relativeDrop:
      return try RelativeDrop()(
        planes, rows.pixels, map, of: label, against: rows.references[index], rows.scorer
      ).relative
    case .road:
      let found = try ROAD(noise: 0)(planes, rows.pixels, map, of: label, rows.scorer)
      return found.combined ?? .nan
    }
  }
}

/// Pictures with maps, and the classes that the measures ask about.
private struct BenchedPictures {
  let planes: [Matrix]
  let pixels: Grid
  let maps: [[Float]]
  let labels: [Int]
  let references: [Int]
  let scorer: Scorer

  init(_ file: Checkpoint, _ encoder: ImageEncoder) throws {
    let preprocessing = encoder.preprocessing
    let pixels = Grid(width: preprocessing.width, height: preprocessing.height)
    func rows(_ name: String, of columns: Int) throws -> [[Float]] {
      let numbers = try file.tensor(name).floats()
      guard !numbers.isEmpty, numbers.count.isMultiple(of: columns) else {
        throw InputError(
          "'\(name)'", expected: "rows of \(columns) numbers", found: "\(numbers.count) numbers")
      }
      return stride(from: 0, to: numbers.count, by: columns).map {
        Array(numbers[$0..<$0 + columns])
      }
    }
    planes = try rows("planes", of: 3 * pixels.pixels).map {
      Matrix(rows: 3, columns: pixels.pixels, $0)
    }
    maps = try rows("maps", of: pixels.pixels)
    let targets = try rows("directions", of: encoder.architecture.embedding).enumerated().map {
      Target("\($0)", $1, .cosine(scale: 100))
    }
    let count = planes.count
    func classes(_ name: String) throws -> [Int] {
      let found = try file.tensor(name).floats().map { Int(exactly: $0) ?? -1 }
      guard found.count == count, found.allSatisfy(targets.indices.contains) else {
        throw InputError(
          "'\(name)'", expected: "a class below \(targets.count) for each of \(count) pictures",
          found: "\(found)")
      }
      return found
    }
    (labels, references) = (try classes("labels"), try classes("references"))
    guard maps.count == count else {
      throw InputError("'maps'", expected: "\(count), one a picture", found: "\(maps.count)")
    }
    self.pixels = pixels
    scorer = encoder.scorer(targets)
  }
}
