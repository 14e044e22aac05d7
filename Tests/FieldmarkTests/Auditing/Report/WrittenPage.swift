import Fieldmark
import Foundation

/// A page of a run made by hand, as text that tests look into.
struct WrittenPage {
  let text: String

  init(_ audit: SmallAudit, picture: (Int) throws -> Picture = SmallAudit.picture) throws {
    var text = ""
    try audit.run { run in
      text = try AuditPage(run, AuditSummary(run), picture: picture).written
    }
    self.text = text
  }

  /// What stands between two texts, each time.
  func all(_ start: String, _ end: String) -> [String] {
    text.components(separatedBy: start).dropFirst().map { $0.components(separatedBy: end)[0] }
  }

  /// The section of a pair as a reader reads it.
  func pair(_ first: Int, _ second: Int) -> String {
    let id = "<details class=\"of-pair\" id=\"pair-\(first)-\(second)\">"
    let rest = text.components(separatedBy: id).dropFirst().first ?? ""
    return rest.components(separatedBy: "<details class=\"of-pair\"")[0]
      .components(separatedBy: "id=\"matrix\"")[0].asRead
  }

  /// A part of the page, from its heading to the next part.
  func part(_ name: String) -> String {
    (all("<div class=\"part\" id=\"\(name)\">", "<div class=\"part\"").first ?? "").asRead
  }
}

extension String {
  /// Without tags, and with what they escape. Headings, paragraphs and cells end with a line.
  var asRead: String {
    var text = self
    for end in [
      "</p>", "</h2>", "</h3>", "</h4>", "</td>", "</th>", "</li>", "</dd>", "</summary>",
      "</caption>",
    ] {
      text = text.replacingOccurrences(of: end, with: "\n")
    }
    text = text.replacing(/<[^>]*>/, with: "")
    for (escaped, plain) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
      text = text.replacingOccurrences(of: escaped, with: plain)
    }
    return text
  }
}
