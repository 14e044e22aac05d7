import Ground
import Reports
import Studies

/// All that was asked of a run, as it says itself. Long lists are counted and folded.
struct AuditPageProvenance {
  private let run: RunFile
  private let expected: Int?
  private let maker: String?
  private let done: Int

  init(_ run: RunFile) throws {
    self.run = run
    expected = try run.expected()
    maker = try run.maker()
    done = try run.done().count
  }

  var written: [HTML] {
    var rows = [
      row("run", [.own(run.path.description)]),
      row("pictures done", [.text(expected.map { "\(done) of \($0)" } ?? "\(done)")]),
      row("made by", [.text("fieldmark "), .own(maker ?? "of an unknown version")]),
      row("page by", [.text("fieldmark \(fieldmarkVersion)")]),
    ]
    rows += run.settings.members.map { row($0.key, AuditPageProvenance.told($0.value)) }
    return [
      .scrolling(
        "What was asked",
        [.tag("table", ["class": "settings"], [.tag("tbody", [:], rows)])])
    ]
  }

  private func row(_ name: String, _ value: [HTML]) -> HTML {
    .tag("tr", [:], [.tag("th", ["scope": "row"], [.own(name)]), .tag("td", [:], value)])
  }

  /// More than so many are folded.
  private static let few = 6

  private static func told(_ value: JSON) -> [HTML] {
    if value == .null { return [.text("none")] }
    guard let list = value.array else { return [.own(value.string ?? value.written())] }
    let words = list.map { $0.string ?? $0.written() }
    guard words.count > few else { return [.own(words.joined(separator: ", "))] }
    return [
      .tag(
        "details", [:],
        [
          .tag("summary", [:], [.text("\(words.count) of them")]),
          .tag("ol", ["start": "0"], words.map { .tag("li", [:], [.own($0)]) }),
        ])
    ]
  }
}

extension RunFile {
  /// The version that began it; nil where it does not say.
  fileprivate func maker() throws -> String? {
    try tables.rows("SELECT value FROM about WHERE name = 'fieldmark'").first.flatMap { $0[0].text }
  }
}
