import Auditing
import Ground
import Measures
import Reports
import Studies

/// Lists of a run's pictures, and single pictures with all that is known of them, alone or beside another
/// run.
struct RunPicturePages {
  let served: ServedRun
  let filter: RunFilter
  /// The run whose maps are shown beside.
  let other: ServedRun?
  let runs: [ServedRun]

  private var address: String { "/runs/\(served.id)/pictures" }
  private var way: [(name: String, address: String)] {
    [(served.name, "/runs/\(served.id)"), ("pictures", address + filter.query())]
  }

  /// The entries that the filter allows.
  var found: [ServedRun.Entry] { served.entries.filter(filter.allows) }

  // MARK: Lists

  func list() -> RunPage {
    let all = found
    let shown = all.dropFirst(filter.from).prefix(RunFilter.page)
    let names = ShortNames(shown.map { Path($0.path) })
    let wall = HTML.tag(
      "ul", ["class": "wall"],
      shown.map { entry in
        let picture = HTML.tag(
          "img",
          [
            "src": "\(address)/\(entry.number).jpg?side=320", "alt": printable(entry.path.utf8),
            "loading": "lazy",
          ])
        return .tag(
          "li", [:],
          [
            RunPage.link(
              "\(address)/\(entry.number)\(filter.query())",
              [picture, .tag("span", [:], HTML.name(names[Path(entry.path)]))]),
            .tag("span", ["class": "said"], [.text(said(entry))]),
          ])
      })
    let range =
      shown.isEmpty
      ? "No picture is like this."
      : "Pictures \(filter.from + 1) to \(filter.from + shown.count) of \(all.count)."
    return RunPage(
      "Pictures of \(served.name)", remark: range, way: [(served.name, "/runs/\(served.id)")],
      [form, wall] + turns(all.count))
  }

  /// What a list says of a picture.
  private func said(_ entry: ServedRun.Entry) -> String {
    if let failure = entry.failure { return failure }
    let own = served.name(of: entry.label)
    let seen = served.name(of: entry.predicted)
    let named =
      switch (own, seen) {
      case (let own?, let seen?): own == seen ? "\(own), seen as such" : "\(own), seen as \(seen)"
      case (let own?, nil): own
      case (nil, let seen?): "seen as \(seen)"
      case (nil, nil): ""
      }
    return ([named] + (entry.verdict.map { [$0.summary] } ?? [])).filter { !$0.isEmpty }
      .joined(separator: "; ")
  }

  private var form: HTML {
    func field(_ name: String, _ inside: HTML) -> HTML {
      .tag("label", [:], [.text(name), inside])
    }
    func choice(
      _ name: String, _ values: [(String, String)], chosen: String?, none: String = "any"
    ) -> HTML {
      .tag(
        "select", ["name": name],
        ([("", none)] + values).map { value, text in
          let isChosen = value == chosen ?? ""
          return isChosen
            ? .tag("option", ["value": value, "selected": ""], [.text(text)])
            : .tag("option", ["value": value], [.text(text)])
        })
    }
    let classes = Set(served.entries.compactMap(\.label)).sorted().compactMap {
      served.name(of: $0)
    }
    var fields = [
      field(
        "Name has",
        .tag("input", ["type": "search", "name": "text", "value": filter.text]))
    ]
    if !classes.isEmpty {
      fields += [
        field(
          "Class",
          choice("class", classes.map { ($0, $0) }, chosen: served.name(of: filter.label))),
        field(
          "Classified right",
          choice(
            "right", [("yes", "yes"), ("no", "no")],
            chosen: filter.isRight.map { $0 ? "yes" : "no" })),
      ]
    }
    if served.audit != nil {
      fields.append(
        field(
          "Verdict on the pair",
          choice(
            "verdict", Verdict.Kind.allCases.map { ($0.rawValue, $0.summary) },
            chosen: filter.verdict?.rawValue)))
    }
    let others = runs.filter { $0.id != served.id }
    if !others.isEmpty {
      fields.append(
        field(
          "Show beside",
          choice(
            "beside", others.map { ($0.id, $0.name) }, chosen: filter.beside, none: "none")))
    }
    let button = HTML.tag("button", ["type": "submit"], [.text("Show")])
    return .tag("form", ["class": "ask", "action": address, "method": "get"], fields + [button])
  }

  private func turns(_ count: Int) -> [HTML] {
    var links: [HTML] = []
    if filter.from > 0 {
      let from = max(0, filter.from - RunFilter.page)
      links.append(RunPage.link(address + filter.query(from: from), [.text("Earlier pictures")]))
    }
    if filter.from + RunFilter.page < count {
      let from = filter.from + RunFilter.page
      links.append(RunPage.link(address + filter.query(from: from), [.text("Further pictures")]))
    }
    return links.isEmpty ? [] : [.tag("nav", ["class": "turn", "aria-label": "Pages"], links)]
  }

  // MARK: Pictures

  func one(_ number: Int) throws -> RunPage {
    let record = try served.record(number)
    let sides = [try side(served, record)] + (try other.map { [try beside($0, record)] } ?? [])
    let columns = HTML.tag("div", ["class": sides.count > 1 ? "sides two" : "sides"], sides)
    let entry = served.entries.first { $0.number == number }
    return RunPage(
      printable(record.path.utf8), remark: entry.map { said($0) } ?? "", way: way,
      neighbors(number) + [columns])
  }

  /// The pictures before and after this one in the list that the reader comes from.
  private func neighbors(_ number: Int) -> [HTML] {
    let all = found
    guard let place = all.firstIndex(where: { $0.number == number }) else { return [] }
    var links: [HTML] = []
    func link(_ entry: ServedRun.Entry, _ text: String) -> HTML {
      RunPage.link(
        "\(address)/\(entry.number)\(filter.query(from: filter.from))", [.text(text)])
    }
    if place > 0 { links.append(link(all[place - 1], "Previous picture")) }
    if place + 1 < all.count { links.append(link(all[place + 1], "Next picture")) }
    return links.isEmpty ? [] : [.tag("nav", ["class": "turn", "aria-label": "Pictures"], links)]
  }

  /// The same picture in another run, by its path and bytes.
  private func beside(_ other: ServedRun, _ record: RunRecord) throws -> HTML {
    guard let entry = other.entries.first(where: { $0.path == record.path }) else {
      return RunPage.paragraph("\(other.name) has no picture of this path.")
    }
    let same = try other.record(entry.number)
    guard
      same.identity == nil || record.identity == nil
        || same.identity?.digest == record.identity?.digest
    else { return RunPage.paragraph("In \(other.name) another picture has this path.") }
    return try side(other, same)
  }

  private func side(_ served: ServedRun, _ record: RunRecord) throws -> HTML {
    let address = "/runs/\(served.id)/pictures/\(record.number)"
    let heading = HTML.tag("h2", [:], HTML.name(served.name))
    if let failure = record.failure {
      return .tag("article", [:], [heading, RunPage.paragraph(failure)])
    }
    let maps = try served.run.maps(of: record.number)
    let plain = Page.figure(
      "\(address).jpg?side=640", "the picture as it is", title: "the picture", [])
    let figures = maps.map { map in
      Page.figure(
        "\(address).jpg?side=640&map=\(percentEncoded(map.name))",
        "\(record.path): \(served.title(of: map.name))", title: served.title(of: map.name), [])
    }
    return .tag(
      "article", [:],
      [heading, .tag("div", ["class": "figures"], [plain] + figures)]
        + (try numbers(served, record)))
  }

  /// Every number of the picture that is a number, map by map.
  private func numbers(_ served: ServedRun, _ record: RunRecord) throws -> [HTML] {
    let all = try served.run.numbers(of: record.number).filter {
      $0.value != nil || $0.reason != nil
    }
    guard !all.isEmpty else { return [] }
    let rows = all.map { number -> [[HTML]] in
      [
        [.text(number.map)], [.text(number.measure)],
        [.text(number.value.map(\.short) ?? "-")], [.text(number.reason ?? "")],
      ]
    }
    return [
      .tag(
        "details", [:],
        [
          .tag("summary", [:], [.text("All \(counted(all.count, "number"))")]),
          RunPage.table(["map", "measure", "value", "why there is none"], rows, numbers: [2]),
        ])
    ]
  }
}
