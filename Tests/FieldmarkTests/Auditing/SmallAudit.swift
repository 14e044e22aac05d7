import Fieldmark

/// A run of an audit made by hand, as `Audit` writes one.
struct SmallAudit {
  var classes = ["Red-winged Blackbird", "<script>alert(1)</script>", "شحرور أسود"]
  var attributes = ["has_wing_color::red", "has_bill_shape::hooked", "has_tail_shape::forked"]
  var phrases = ["red wings", "a <hooked> bill", "a forked tail"]
  var records: [RunRecord] = []

  var settings: RunSettings {
    func list(_ words: [String]) -> JSON { .array(words.map { .string($0) }) }
    return RunSettings([
      .init("command", "audit"), .init("model", "<demo>"), .init("thing", "bird"),
      .init("classes", list(classes)), .init("attributes", list(attributes)),
      .init("phrases", list(phrases)), .init("seed", 0),
    ])
  }

  /// What differs between the pictures of the tests.
  struct Told {
    var label = 0
    var rival = 1
    var predicted: Int?
    /// What the traits have, by every agreement, and what the draws of every control have.
    var value: Double? = 0.5
    var draws: [Float] = Array(repeating: 0, count: 99)
    var traits = [0]
    /// What each attribute has, and those that neither class has.
    var cells: [Float] = [0.5, 0.2, 0.1]
    var absent: [Float] = [1, 2]
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
    func map(_ name: String) -> RunRecord.Map {
      .init(name: name, grid: Matrix(rows: 3, columns: 3, (0..<9).map { Float($0 + number) }))
    }
    record.maps = [map("classifier"), map("classifier, several")]
    record.numbers = [
      .init(map: "classifier", measure: "rival", value: Double(told.rival)),
      .init(map: "classifier", measure: "inside", value: told.inside, counts: [told.area]),
    ]
    for trait in told.traits {
      let name = attributes[trait]
      record.maps.append(map(name))
      record.numbers.append(.init(map: name, measure: "points", value: 60 - Double(trait)))
      record.numbers += Agreement.all.map {
        .init(map: name, measure: $0.name, value: told.value)
      }
    }
    if !told.traits.isEmpty { record.numbers += held(told) }
    record.numbers.append(
      .init(map: "attributes", measure: "together", value: nil, counts: told.cells))
    record.numbers.append(
      .init(map: "attributes", measure: "absent", value: nil, counts: told.absent))
    records.append(record)
  }

  private func held(_ told: Told) -> [RunRecord.Number] {
    Agreement.all.flatMap { agreement -> [RunRecord.Number] in
      let own = RunRecord.Number(map: "traits", measure: agreement.name, value: told.value)
      return [own]
        + Control.all.map { control in
          .init(
            map: "traits", measure: "\(agreement.name):\(control.name)",
            value: told.value.map { Chance.p(of: $0, among: told.draws.map(Double.init)) },
            counts: told.draws)
        }
    }
  }

  mutating func addFailure(_ sentence: String) {
    var record = RunRecord(number: records.count, path: "gone.png")
    record.failure = sentence
    records.append(record)
  }

  /// Some of everything: classes that look, do not look, and are never right.
  static let mixed: SmallAudit = {
    var audit = SmallAudit()
    for value in [0.4, 0.6, 0.5, 0.3] { audit.add(.init(value: value)) }
    for _ in 0..<2 {
      audit.add(
        .init(
          label: 1, rival: 0, value: -0.1, traits: [1, 2], cells: [0.1, 0, -0.1], absent: [0],
          inside: 0.1))
    }
    audit.add(.init(label: 2, rival: 0, predicted: 0, path: "طائر & <b>.png"))
    audit.addFailure("gone.png: expected a picture, found <nothing>.")
    return audit
  }()

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
