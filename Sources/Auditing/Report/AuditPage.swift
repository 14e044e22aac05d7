import Ground
import Pictures
import Reports
import Studies

/// A run of `audit` as one page that needs no other file: what was found in one sentence and one
/// picture, then every pair of classes with its evidence and pictures, what each number means, and
/// what was asked.
///
///     let page = try AuditPage(run, AuditSummary(run)) { try dataset.examples[$0].picture() }
///     try write(Array(page.written.utf8), to: "birds.html")
///
/// All of it can be read where scripts do not run; with them tables are sorted and filtered. The page
/// of a single picture opens on the picture and says what its changes did.
public struct AuditPage: Sendable {
  private let title: String
  private let remark: String
  private let inside: [HTML]

  /// - Parameters:
  ///   - changes: Makes the changed pictures again; without it, only their numbers are told.
  ///   - picture: Returns a picture by its number. If it throws, the maps of that picture are not
  ///     drawn.
  public init(
    _ run: RunFile, _ summary: AuditSummary, changes: ChangedPictures? = nil,
    picture: (_ number: Int) throws -> Picture
  ) throws {
    let words = AuditPageWords(summary)
    let pictures = AuditPagePicture(run, words, changes)
    let model = summary.plan.inputs.model ?? "a model"
    let isSingle = summary.pictures == 1 && summary.failures.isEmpty
    title = "What a classifier on \(model) goes by" + (isSingle ? " in one picture" : "")
    var sections =
      isSingle
      ? try AuditPage.single(run, summary, pictures, picture)
      : try AuditPage.whole(run, summary, pictures, picture)
    sections.append(
      Section("definitions", "What the numbers mean", AuditPageDefinitions(summary).written))
    if !summary.failures.isEmpty {
      let list = summary.failures.map { HTML.tag("li", [:], [.own($0)]) }
      sections.append(Section("failures", "Pictures that failed", [.tag("ul", [:], list)]))
    }
    sections.append(
      Section("provenance", "What was asked", try AuditPageProvenance(run).written))
    remark =
      (summary.extent.sentence.map { $0 + " " } ?? "")
      + (isSingle ? AuditPageSingle.sentence : summary.sentence)
    let links = sections.map {
      HTML.tag("li", [:], [.tag("a", ["href": "#\($0.name)"], [.text($0.title)])])
    }
    // The picture stands right below the sentence, and the way to the rest below both.
    let navigation = HTML.tag(
      "nav", ["aria-label": "On this page"], [.tag("ul", [:], links)])
    inside =
      sections.prefix(1).map(\.written) + [navigation] + sections.dropFirst().map(\.written)
      + [AuditPage.script]
  }

  /// Of how many pairs changed pictures are drawn, from the first that should be looked at: to make them
  /// again takes pictures of both classes.
  private static let mostWithChanges = 40

  public var written: String {
    Page(title, remark: remark, inside, style: AuditPage.style).written
  }

  private static func whole(
    _ run: RunFile, _ summary: AuditSummary, _ pictures: AuditPagePicture,
    _ picture: (_ number: Int) throws -> Picture
  ) throws -> [Section] {
    let words = pictures.words
    let chosen = try ChosenPictures(run, summary)
    let opening = try AuditPageOpening(summary, chosen, pictures).written(picture)
    return [
      Section("opening", "What shows it best", opening),
      Section("summary", "In short", AuditPageSummary(summary, words).written),
      Section("pairs", "Pairs of classes", AuditPagePairs(summary, words).written),
      Section(
        "each", "Each pair",
        try summary.worstFirst.enumerated().map { place, judged in
          let shown = try chosen.of(judged).map {
            try pictures.written(
              $0, of: judged, showsChanges: place < mostWithChanges, picture: picture)
          }
          return AuditPagePair(judged, words).written(shown)
        }),
      Section("matrix", "Attributes by class", AuditPageMatrix(summary, words).written),
    ]
  }

  private static func single(
    _ run: RunFile, _ summary: AuditSummary, _ pictures: AuditPagePicture,
    _ picture: (_ number: Int) throws -> Picture
  ) throws -> [Section] {
    var audited: AuditPicture?
    try run.eachAudited { audited = $0 }
    guard let audited else { return [] }
    let single = AuditPageSingle(audited, summary.pairs.first, pictures)
    return [
      Section("opening", "The picture", single.opening(picture)),
      Section("changes", "What changes do to it", single.changes),
      Section("pair", "The two classes", single.pair),
    ]
  }

  private struct Section {
    let name: String
    let title: String
    let inside: [HTML]

    init(_ name: String, _ title: String, _ inside: [HTML]) {
      (self.name, self.title, self.inside) = (name, title, inside)
    }

    var written: HTML {
      .tag("div", ["class": "part", "id": name], [.tag("h2", [:], [.text(title)])] + inside)
    }
  }
}
