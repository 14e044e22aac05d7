import Ground
import Parsing
import Reports

/// The value of an option that lists formats of maps, separated by commas.
struct Formats: OptionValue {
  /// The formats of which each map has its own file.
  let formats: [HighlightFormat]
  /// Whether all maps are also written to one page.
  let hasSheet: Bool

  private static let sheet = "html"
  private static let words = HighlightFormat.all.map(\.name) + [sheet]
  static let placeholder = "png,json,..."
  static let completion = Completion.list(words)
  static func hint(for text: String) -> String? {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    return parts.first { !words.contains($0) }.flatMap { nearest(to: $0, among: words) }
      .map { "did you mean '\($0)'?" }
  }
  static let expectation = "some of \(words.joined(separator: ",")) with commas between"

  init(_ formats: [HighlightFormat], hasSheet: Bool = false) {
    self.formats = formats
    self.hasSheet = hasSheet
  }

  init?(text: String) {
    let found = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard found.allSatisfy(Formats.words.contains) else { return nil }
    self.init(
      HighlightFormat.all.filter { found.contains($0.name) },
      hasSheet: found.contains(Formats.sheet))
  }

  /// The format that the name of a file implies: `page.html`, `map.heat.png`. Nil for a folder and
  /// for an unknown ending.
  init?(namedBy file: Path) {
    let name = file.lastComponent.description.lowercased()
    guard file.kind != .folder, !file.hasSuffix("/") else { return nil }
    if name.hasSuffix(".\(Formats.sheet)") {
      self.init([], hasSheet: true)
      return
    }
    // `.heat.png` also ends in `.png`, so the longest matching ending decides.
    let matching = HighlightFormat.all.filter { name.hasSuffix($0.ending(.init())) }
    guard let format = matching.max(by: { $0.ending(.init()).count < $1.ending(.init()).count })
    else { return nil }
    self.init([format])
  }

  /// The number of files that `maps` maps are written to.
  func files(_ maps: Int) -> Int { maps * formats.count + (hasSheet ? 1 : 0) }

  /// The endings that the name of a single output file may have, where `overlays` are those of
  /// overlays.
  func endings(_ overlays: [String]) -> [String] {
    guard let format = formats.first else { return [".\(Formats.sheet)"] }
    return format == .png
      ? overlays : [".\(format.ending(.init()).split(separator: ".").last ?? "")"]
  }
}
