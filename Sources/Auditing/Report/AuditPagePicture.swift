import Explaining
import Pictures
import Reports
import Studies

/// A picture of a class: where its maps lie, and the numbers that its verdict is made of.
struct AuditPagePicture {
  private let run: RunFile
  private let words: AuditPageWords

  init(_ run: RunFile, _ words: AuditPageWords) { (self.run, self.words) = (run, words) }

  func written(
    _ number: Int, _ why: String, picture: (_ number: Int) throws -> Picture
  ) throws -> HTML {
    guard let audited = try run.audited(number) else { return .paragraph("\(why): gone.") }
    let title = HTML.tag("h4", [:], [.text("\(why): "), .own(audited.record.path)])
    return .tag(
      "div", ["class": "of-picture"],
      [title, said(audited)] + (try maps(of: audited, try? picture(number))) + [numbers(audited)])
  }

  private func said(_ audited: AuditPicture) -> HTML {
    let record = audited.record
    let against: [HTML] =
      audited.rival.map { [.text(" Against "), .own(words.name(of: $0)), .text(".")] } ?? []
    return .tag(
      "p", [:],
      [
        .text("Taken for "), .own(words.name(of: record.predicted)), .text(": "),
        .tag(
          "span", ["class": audited.verdict.isAlarm ? "alarm" : "verdict"],
          [.text(audited.verdict.sentence(about: words.thing))]),
        .text(". Score \(audited.score?.short ?? "none")."),
      ] + against)
  }

  /// The picture, the classifier's maps, each trait's.
  private func maps(of audited: AuditPicture, _ picture: Picture?) throws -> [HTML] {
    let record = audited.record
    guard let place = record.place, let picture, picture.width == place.width,
      picture.height == place.height
    else {
      return [.paragraph("The picture is gone or another one, so that its maps are not drawn.")]
    }
    let own = words.name(of: record.label)
    let rival = words.name(of: audited.rival)
    let stack = PictureStack(picture, id: "picture-\(record.number)")
    var figures = [
      figure(
        stack.picture("\(own): \(record.path), as it is."), [.text("the picture")])
    ]
    let maps = Dictionary(
      try run.maps(of: record.number).map { ($0.name, $0.grid) }, uniquingKeysWith: { a, _ in a })
    func add(_ name: String, _ alternative: String, _ caption: [HTML]) {
      guard let grid = maps[name] else { return }
      let map = Heatmap(grid, region: place.region, width: place.width, height: place.height)
      figures.append(
        figure(stack.overlay(map, "\(alternative) Most lies at \(map.ninth)."), caption))
    }
    add(
      Audit.map, "What speaks for \(own) against \(rival) in \(record.path).",
      [.text("classifier, against "), .own(rival)])
    add(
      Audit.mapOfSeveral, "What speaks for \(own) against several classes in \(record.path).",
      [.text("classifier, against several")])
    for trait in audited.traits + audited.lacking {
      let phrase = words.phrase(of: trait.name)
      let kind = trait.points < 0 ? "lacks it; " : ""
      let value = trait.values.first { $0.agreement == Agreement.together.name }?.value
      let said = value.map { ", together \($0.short)" } ?? ""
      add(
        trait.name, "Where the model sees \(phrase) in \(record.path)\(said).",
        [.own(phrase), .tag("small", [:], [.text("\(kind)together \(value?.short ?? "none")")])])
    }
    return [.tag("div", ["class": "maps"], figures)]
  }

  private func figure(_ drawing: HTML, _ caption: [HTML]) -> HTML {
    .tag("figure", [:], [drawing, .tag("figcaption", [:], caption)])
  }

  /// Each trait's agreements, their mean, and p beside each control.
  private func numbers(_ audited: AuditPicture) -> HTML {
    let traits = audited.traits + audited.lacking
    guard !traits.isEmpty else { return .paragraph("No trait was compared.") }
    var table = AuditPageTable(
      "Agreements of each trait, and how likely what they come to is beside each control",
      [.init("trait"), .init(.points)] + Agreement.all.map { .init(.agreement($0)) })
    for trait in traits {
      table.add(
        [.init([.own(words.phrase(of: trait.name))]), .init(trait.points, trait.points.short)]
          + trait.values.map { .init($0.value) })
    }
    table.add(
      [.init([.link("all", to: .all)]), .init([])] + audited.agreements.map { .init($0.value) })
    for (place, control) in Control.all.enumerated() {
      table.add(
        [
          .init([.link("p", to: .p), .text(" beside "), .link(control.name, to: .control(control))])
        ]
          + [.init([])] + audited.agreements.map { .init($0.beside[place].p) })
    }
    return table.written(id: "numbers-\(audited.record.number)", isSorted: false)
  }
}
