import Ground
import Pictures
import Reports
import Studies

/// A run of `audit` as one page that needs no other file: what was found, every class with some of its
/// pictures, what each number means, and what was asked.
///
/// ```swift
/// let page = try AuditPage(run, AuditSummary(run)) { try dataset.examples[$0].picture() }
/// try write(Array(page.written.utf8), to: "birds.html")
/// ```
///
/// All of it can be read where scripts do not run; with them tables are sorted and filtered.
public struct AuditPage: Sendable {
  private let summary: AuditSummary
  private let inside: [HTML]

  /// The function gives a picture by its number; where it cannot, its maps are not drawn.
  public init(
    _ run: RunFile, _ summary: AuditSummary, picture: (_ number: Int) throws -> Picture
  ) throws {
    self.summary = summary
    let words = AuditPageWords(summary)
    var sections = [
      Section("summary", "In short", AuditPageSummary(summary, words).written),
      Section("classes", "Classes", AuditPageClasses(summary, words).written),
      Section("matrix", "Attributes by class", AuditPageMatrix(summary, words).written),
      Section(
        "each", "Each class", try AuditPageClass.sections(run, summary, words, picture: picture)),
      Section("pairs", "Pairs of classes", AuditPagePairs(summary, words).written),
      Section("definitions", "What the numbers mean", AuditPageDefinitions(words).written),
    ]
    if !summary.failures.isEmpty {
      let list = summary.failures.map { HTML.tag("li", [:], [.tag("bdi", [:], [.text($0)])]) }
      sections.append(Section("failures", "Pictures that failed", [.tag("ul", [:], list)]))
    }
    sections.append(
      Section("provenance", "What was asked", try AuditPageProvenance(run).written))
    let links = sections.map {
      HTML.tag("li", [:], [.tag("a", ["href": "#\($0.name)"], [.text($0.title)])])
    }
    inside =
      [.tag("nav", ["aria-label": "On this page"], [.tag("ul", [:], links)])]
      + sections.map(\.written) + [AuditPage.script]
  }

  public var written: String {
    let model = summary.plan.inputs.model ?? "the classifier"
    let remark =
      (summary.extent.sentence.map { $0 + " " } ?? "")
      + "An audit of \(counted(summary.pictures, "picture")) of "
      + "\(counted(summary.classes.count, "class", "classes")): of each picture, "
      + "how far what speaks for its class and against the class most like it goes with the "
      + "attributes that tell the two apart, beside controls that cannot be the reason."
    return Page(
      "Does \(model) look at what tells classes apart?", remark: remark, inside,
      style: AuditPage.style
    ).written
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
