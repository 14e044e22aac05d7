import Fieldmark

/// A run of an audit made by hand, as `Audit` writes one.
struct SmallAudit {
  var model = "<demo>"
  var classes = ["Red-winged Blackbird", "<script>alert(1)</script>", "شحرور أسود"]
  var attributes = ["has_wing_color::red", "has_bill_shape::hooked", "has_tail_shape::forked"]
  var phrases = ["red wings", "a <hooked> bill", "a forked tail"]
  /// What is moved toward the look-alike; nil where only maps are compared.
  var nuisances: [String]? = ["background", "color", "compression"]
  var records: [RunRecord] = []

  var settings: RunSettings {
    func list(_ words: [String]) -> JSON { .array(words.map { .string($0) }) }
    return RunSettings(
      [
        .init("command", "audit"), .init("model", .string(model)), .init("thing", "bird"),
        .init("classes", list(classes)), .init("attributes", list(attributes)),
        .init("phrases", list(phrases)), .init("seed", 0),
      ] + (nuisances.map { [.init("nuisances", list($0))] } ?? []))
  }

  /// What differs between the pictures of the tests.
  struct Told {
    var label = 0
    var rival: Int? = 1
    var predicted: Int?
    /// What the traits have, by every agreement, and what every set of other pairs has.
    var value: Double? = 0.5
    var draws: [Float] = Array(repeating: 0, count: 99)
    var traits = [0]
    var lacking: [Int] = []
    /// What each attribute has, by the agreement that verdicts go by.
    var cells: [Float] = [0.5, 0.2, 0.1]
    /// How far the words for each attribute fit the picture; by default those for its traits do.
    var words: [Float]?
    var margin: Double? = 4
    /// The share of the margin that each change takes away, beside what it is compared with.
    var changes: [String: Double] = ["traits": 0.8, "background": 0.1, "color": 0]
    var unchanged = ["compression": "cannot be changed in this picture"]
    var inside: Double? = 0.4
    var area: Float = 0.3
    var path: String?
  }

  static let (width, height) = (40, 30)

  mutating func add(_ told: Told = Told()) {
    let number = records.count
    var record = RunRecord(
      number: number, path: told.path ?? "birds/\(number).png", label: told.label,
      predicted: told.predicted ?? told.label,
      place: .init(
        width: SmallAudit.width, height: SmallAudit.height,
        region: Region(x: 5, y: 0, width: 30, height: 30)))
    guard let rival = told.rival else {
      records.append(record)
      return
    }
    /// Nine pictures one after the other have their only spot at nine places, so that maps of different
    /// ones have the rank correlation -1/8. What the class lacks is everywhere else.
    func map(_ name: String, isLacking: Bool = false) -> RunRecord.Map {
      let spots = (0..<9).map { $0 == number * 4 % 9 ? Float(1) : 0 }
      return .init(
        name: name, grid: Matrix(rows: 3, columns: 3, isLacking ? spots.map { 1 - $0 } : spots))
    }
    record.maps = [map("classifier"), map("classifier, several")]
    record.numbers = [
      .init(map: "classifier", measure: "rival", value: Double(rival)),
      .init(map: "classifier", measure: "margin", value: told.margin),
      .init(map: "classifier", measure: "inside", value: told.inside, counts: [told.area]),
    ]
    for (trait, sign) in told.traits.map({ ($0, 1.0) }) + told.lacking.map({ ($0, -1.0) }) {
      let name = attributes[trait]
      record.maps.append(map(name, isLacking: sign < 0))
      record.numbers.append(
        .init(map: name, measure: "points", value: sign * (60 - Double(trait))))
      record.numbers.append(
        .init(map: name, measure: "on parts", value: told.value, counts: [told.area]))
      record.numbers += Agreement.all.map {
        .init(map: name, measure: $0.name, value: told.value)
      }
    }
    if !(told.traits + told.lacking).isEmpty { record.numbers += held(told) }
    record.numbers.append(
      .init(map: "attributes", measure: "rank", value: nil, counts: told.cells))
    let words =
      told.words ?? attributes.indices.map { told.traits.contains($0) ? 1 : Float(number) / 1000 }
    record.numbers.append(
      .init(map: "attributes", measure: "words", value: nil, counts: words))
    if nuisances != nil { record.numbers += changes(told, number: number) }
    records.append(record)
  }

  private func held(_ told: Told) -> [RunRecord.Number] {
    ["rank", "energy", "overlap"].flatMap { agreement -> [RunRecord.Number] in
      [
        .init(map: "traits", measure: agreement, value: told.value),
        .init(
          map: "traits", measure: "\(agreement):others",
          value: told.value.map { Chance.p(of: $0, among: told.draws.map(Double.init)) },
          counts: told.draws),
      ]
    }
  }

  /// Pictures differ a little, as no two are alike.
  private func changes(_ told: Told, number: Int) -> [RunRecord.Number] {
    let margin = told.margin ?? 0
    var numbers = [
      RunRecord.Number(
        map: "changes", measure: "margin", value: told.margin, counts: [Float(margin)])
    ]
    for (name, share) in told.changes.sorted(by: { $0.key < $1.key }) {
      let compared = name == "color" ? margin : margin * 0.95
      let wiggle = 0.02 * margin * (Double(number % 3) - 1)
      numbers.append(
        .init(
          map: "changes", measure: name, value: compared - share * margin + wiggle,
          counts: [Float(compared)]))
    }
    for (name, reason) in told.unchanged.sorted(by: { $0.key < $1.key }) {
      numbers.append(.init(map: "changes", measure: name, value: nil, reason: reason))
    }
    return numbers
  }

  mutating func addFailure(_ sentence: String) {
    var record = RunRecord(number: records.count, path: "gone.png")
    record.failure = sentence
    records.append(record)
  }

  func run(_ body: (RunFile) throws -> Void) throws {
    try inTemporaryFolder { folder in
      let run = try RunFile(folder / "a.run", settings)
      try run.add(records)
      try body(run)
    }
  }

  /// A picture of the size that the records say.
  static func picture(_ number: Int) -> Picture {
    Picture(
      width: width, height: height,
      pixels: (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 &* (number + 3)) })
  }
}

extension SmallAudit {
  /// Some of everything: a pair with names that must be escaped, a class that is never right, and a
  /// picture that failed.
  static let mixed: SmallAudit = {
    var audit = SmallAudit()
    // As many sets of other pairs as a run over many classes has.
    let draws = (0..<999).map { Float($0 * 37 % 999) / 9990 }
    for value in [0.4, 0.6, 0.5, 0.3] {
      audit.add(.init(value: value, draws: draws, lacking: [1, 2]))
    }
    for share in [0.7, 0.9] {
      audit.add(
        .init(
          label: 1, rival: 0, value: 0.2, draws: draws, traits: [1, 2], lacking: [0],
          cells: [0.1, 0, -0.1],
          changes: ["traits": share, "background": 0.1], inside: 0.1))
    }
    audit.add(.init(label: 2, rival: 0, predicted: 0, path: "طائر & <b>.png"))
    audit.addFailure("gone.png: expected a picture, found <nothing>.")
    return audit
  }()

  /// A pair for every kind of verdict: class 2 i is told apart from class 2 i + 1 by attribute 0, which
  /// the latter lacks.
  static let everyKind: SmallAudit = {
    var audit = SmallAudit()
    audit.classes = [
      "Avocet", "Bee-eater", "Crane", "Dove", "Egret", "Finch", "Goose", "Heron", "Ibis", "Jay",
    ]
    /// Four pictures of the first class, and four of the second.
    func add(_ pair: Int, _ told: Told) {
      for number in 0..<8 {
        var told = told
        let isFirst = number < 4
        (told.label, told.rival) = isFirst ? (2 * pair, 2 * pair + 1) : (2 * pair + 1, 2 * pair)
        (told.traits, told.lacking) = isFirst ? ([0], []) : ([], [0])
        audit.add(told)
      }
    }
    add(0, .init())
    add(1, .init(changes: ["traits": 0.4, "background": 0.6, "color": 0.5]))
    add(
      2,
      .init(
        value: 0, draws: Array(repeating: 0.1, count: 99),
        changes: ["traits": 0.1, "background": 1.2, "color": 0]))
    add(3, .init(changes: ["traits": 0.1, "background": 0, "color": 0]))
    add(4, .init(words: [0.5, 0.5, 0.5]))
    return audit
  }()

  /// The same without changes.
  var quick: SmallAudit {
    var quick = self
    quick.nuisances = nil
    for place in quick.records.indices {
      quick.records[place].numbers.removeAll { $0.map == "changes" }
    }
    return quick
  }
}
