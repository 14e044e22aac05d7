import Ground
import Measures
import Nuisances
import Reports

/// What each change takes away from the margin of a pair, as a chart whose rows are those of a table.
struct AuditPageChanges {
  private let judged: JudgedPair
  private let rows: [ChangeRow]

  init(_ judged: JudgedPair) {
    self.judged = judged
    let findings = judged.findings
    let deciding = Set(findings.deciding.map(\.name))
    let all = [findings.traits].compactMap { $0 } + findings.nuisances
    let order = ChangeRow.order(all.map(\.name))
    rows = order.compactMap { name in
      all.first { $0.name == name }.map { ChangeRow($0, decides: deciding.contains(name)) }
    }
  }

  func written(id: String) -> [HTML] { chart(id: id) + unchanged }

  private func chart(id: String) -> [HTML] {
    guard !rows.isEmpty else { return [] }
    let bar = RelianceBar(rows.map(\.found.reliance))
    var table = AuditPageTable(
      "How much of the margin each change takes away",
      [
        .init("what is changed"), .init(.share), .init("", drawing: bar.axis),
        .init("what that says"), .init(.flips), .init("pictures"), .init(.rate), .init(.power),
      ])
    for row in rows {
      let reliance = row.found.reliance
      table.add([
        .init([row.link]), .init(reliance.share, reliance.brief),
        .init([bar.drawn(reliance, row.kind)]),
        .init([.tag("span", ["class": "verdict"], [.text(row.said)])]),
        .init(reliance.flips, reliance.flips.percent),
        .init(Double(reliance.pictures), "\(reliance.pictures)"),
        .init(row.found.rate, row.found.rate.asChance),
        .init(reliance.least, reliance.least.percent),
      ])
    }
    return [table.written(id: id, isSorted: false)]
  }

  /// What could not be changed, with the reason; and what could be changed in too few pictures to tell.
  private var unchanged: [HTML] {
    let pair = judged.pair
    let known = Set(rows.map(\.found.name))
    let names = Set(pair.unchanged.keys).union(pair.nuisances).subtracting(known)
      .subtracting([Interventions.margin])
    guard !names.isEmpty else { return [] }
    let list = ChangeRow.order(Array(names)).map { name -> HTML in
      let reason: [HTML] =
        pair.unchanged[name].map { [.own($0)] }
        ?? [
          .text("changed in fewer than \(Reliance.fewest) pictures that count, or without a margin")
        ]
      return .tag("li", [:], [ChangeInWords(name).phrase, .text(": ")] + reason)
    }
    return [
      .paragraph(
        "What could not be changed in enough of these pictures, so that nothing is known of it:"),
      .tag("ul", [:], list),
    ]
  }
}

/// One change of a pair.
struct ChangeRow {
  let found: PairFindings.Found
  let decides: Bool

  init(_ found: PairFindings.Found, decides: Bool) { (self.found, self.decides) = (found, decides) }

  private var isTraits: Bool { found.name == Interventions.traits }

  var kind: RelianceBar.Kind { isTraits ? .traits : decides ? .decides : .other }

  var link: HTML {
    if isTraits { return .link(found.phrase, to: .traits) }
    return Nuisance(named: found.name).map { .link(found.phrase, to: .nuisance($0)) }
      ?? .own(found.phrase)
  }

  var said: String {
    let least = isTraits ? Verdict.traitShare : Verdict.decisive
    if found.isSure(least: least) {
      if isTraits { return "counts" }
      if !found.isBeyondTraits { return "changes the traits, too" }
      return decides ? "decides" : "is a part of what decides"
    }
    if found.rate > Verdict.sure { return "not sure to be more than chance" }
    return "less than the \(least.percent) that are asked"
  }

  /// The traits, the nuisances in the order in which they are listed, and others by name.
  static func order(_ names: [String]) -> [String] {
    let known = [Interventions.traits] + Nuisance.all.map(\.name)
    func place(_ name: String) -> Int { known.firstIndex(of: name) ?? known.count }
    return names.sorted { (place($0), $0) < (place($1), $1) }
  }
}
