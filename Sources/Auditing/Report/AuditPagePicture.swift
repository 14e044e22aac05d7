import Explaining
import Pictures
import Reports
import Studies

/// A picture of a pair: where its maps lie, and what its own numbers say.
struct AuditPagePicture {
  let run: RunFile
  let words: AuditPageWords
  /// Nil where changed pictures cannot be made again.
  let changes: ChangedPictures?

  init(_ run: RunFile, _ words: AuditPageWords, _ changes: ChangedPictures?) {
    (self.run, self.words, self.changes) = (run, words, changes)
  }

  static let legend =
    "The colors over a picture say where a score comes from: red is most, blue is least. What the model did "
    + "not see is dimmed."

  func written(
    _ chosen: ChosenPictures.Chosen, of judged: JudgedPair, showsChanges: Bool,
    picture: (_ number: Int) throws -> Picture
  ) throws -> HTML {
    let why = title(chosen.role, judged)
    guard let audited = try run.audited(chosen.number) else {
      return .tag("p", [:], why + [.text(": gone.")])
    }
    return .tag(
      "div", ["class": "of-picture"],
      [
        .tag("h4", [:], why + [.text(": "), .own(audited.record.path)]),
        .tag("p", [:], PictureStory(audited, words).said(chosen.role, of: judged)),
      ] + maps(of: audited, try? picture(chosen.number))
        + (showsChanges ? row(changed(audited, judged.shownChange)) : []) + numbers(audited))
  }

  private func title(_ role: ChosenPictures.Role, _ judged: JudgedPair) -> [HTML] {
    let phrase = ChangeInWords(judged.shownChange).phrase
    let count = judged.examples.count
    switch role {
    case .mostChanged:
      let start = count == 1 ? "Affected by changing " : "Most affected by changing "
      return [.text(start), phrase]
    case .leastChanged: return [.text("Least affected by changing "), phrase]
    case .mostAlike: return [.text("Its maps agree most")]
    case .leastAlike: return [.text("Its maps agree least")]
    case .first: return [.text("The first picture of the pair")]
    }
  }

  /// The picture and the classifier's map over it, as large as a page opens with; with the maps of
  /// the traits where the page is about this picture alone.
  func large(_ audited: AuditPicture, _ picture: Picture, withTraits: Bool = false) -> [HTML] {
    figures(
      audited, PictureStack(picture, id: "opening-picture", side: PictureStack.largeSide),
      withTraits: withTraits)
  }

  /// The picture, the classifier's map, each trait's.
  private func maps(of audited: AuditPicture, _ picture: Picture?) -> [HTML] {
    guard let picture, audited.isOf(picture) else { return [AuditPagePicture.gone] }
    let stack = PictureStack(picture, id: "picture-\(audited.record.number)")
    return [.tag("div", ["class": "maps"], figures(audited, stack, withTraits: true))]
  }

  /// The picture as the change made it, and what it is compared with, each with the margin that it has.
  func changed(
    _ audited: AuditPicture, _ name: String, side: Int = PictureStack.side
  ) -> [HTML] {
    guard let changes, let change = audited.change(name),
      let made = try? changes.made(name, of: audited, run)
    else { return [] }
    let said = ChangeInWords(name)
    let rival = HTML.own(words.name(of: audited.rival))
    func figure(_ picture: Picture, _ kind: String, _ caption: [HTML], _ margin: Double) -> HTML {
      let stack = PictureStack(
        picture, id: "\(kind)-\(name)-\(side)-\(audited.record.number)", side: side)
      return self.figure(
        stack.picture("\(audited.record.path), \(kind)."),
        caption + [.tag("small", [:], [.text("margin \(margin.short)")])])
    }
    var figures = [figure(made.changed, "changed", said.lead(rival), change.changed)]
    let own = HTML.own(words.name(of: audited.record.label))
    if let compared = made.compared, let caption = said.compared(own) {
      figures.append(
        figure(compared, "compared", [.text("To compare, ")] + caption, change.compared))
    }
    return figures
  }

  func row(_ figures: [HTML]) -> [HTML] {
    figures.isEmpty ? [] : [.tag("div", ["class": "maps"], figures)]
  }

  static let gone = HTML.paragraph(
    "The picture is gone or another one, so that its maps are not drawn.")

  private func figures(
    _ audited: AuditPicture, _ stack: PictureStack, withTraits: Bool
  ) -> [HTML] {
    let record = audited.record
    guard let place = record.place else { return [] }
    let (own, rival) = (words.name(of: record.label), words.name(of: audited.rival))
    var figures = [
      figure(
        stack.picture("\(own): \(record.path), as it is."), [.text("The picture")])
    ]
    let maps = Dictionary(
      ((try? run.maps(of: record.number)) ?? []).map { ($0.name, $0.grid) },
      uniquingKeysWith: { a, _ in a })
    func add(_ name: String, _ alternative: String, _ caption: [HTML], _ facts: [HTML] = []) {
      guard let grid = maps[name] else { return }
      let map = Heatmap(grid, region: place.region, width: place.width, height: place.height)
      let most = HTML.text("most lies at \(map.ninth)")
      figures.append(
        figure(
          stack.overlay(map, "\(alternative) Most lies at \(map.ninth)."),
          caption + [.tag("small", [:], facts + [most])]))
    }
    add(
      Audit.map, "What speaks for \(own) against \(rival) in \(record.path).",
      [
        .text("The classifier: what speaks for "), .own(own), .text(" against "), .own(rival),
      ])
    for trait in withTraits ? audited.traits + audited.lacking : [] {
      let phrase = words.phrase(of: trait.name)
      let value = trait.values.first { $0.agreement == Agreement.decisive.name }?.value
      add(
        trait.name, "Where the model sees \(phrase) in \(record.path).",
        [.text("The words: "), .own(phrase)],
        [
          .text("a trait of "), .own(trait.points < 0 ? rival : own),
          .text(value.map { ", rank correlation \($0.short), " } ?? ", "),
        ])
    }
    return figures
  }

  private func figure(_ drawing: HTML, _ caption: [HTML]) -> HTML {
    .tag("figure", [:], [drawing, .tag("figcaption", [:], caption)])
  }

  /// Each trait's agreements, a click away.
  func numbers(_ audited: AuditPicture) -> [HTML] {
    let traits = audited.traits + audited.lacking
    guard !traits.isEmpty else { return [.paragraph("No trait was compared.")] }
    var table = AuditPageTable(
      "How the map of each trait agrees with the classifier's in this picture",
      [.init("trait"), .init(.points)] + Agreement.all.map { .init(.agreement($0)) }
        + [.init(.onParts)])
    for trait in traits {
      let onParts = trait.onParts.map { parts in
        "\(parts.energy.percent)"
          + (parts.area.isFinite ? " on \(parts.area.percent) of the picture" : "")
      }
      table.add(
        [.init([.own(words.phrase(of: trait.name))]), .init(trait.points, trait.points.short)]
          + trait.values.map { .init($0.value) } + [.init(trait.onParts?.energy, onParts)])
    }
    return [
      .tag(
        "details", [:],
        [
          .tag("summary", [:], [.text("The numbers of each trait in this picture")]),
          table.written(id: "numbers-\(audited.record.number)", isSorted: false),
        ])
    ]
  }
}

extension AuditPicture {
  /// Whether a picture has the size of the one that the run saw.
  func isOf(_ picture: Picture) -> Bool {
    record.place.map { $0.width == picture.width && $0.height == picture.height } ?? false
  }
}
