import Ground
import Parsing
import Reports

/// Some of what a map can be written as, parted by commas.
struct Formats: OptionValue {
  /// Of which each map has a file.
  let formats: [HighlightFormat]
  /// Whether all maps go to a page besides.
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

  /// What the name of a file says that it holds: `page.html`, `map.heat.png`; nil of a folder, and of
  /// an ending that says nothing.
  init?(namedBy file: Path) {
    let name = file.lastComponent.description.lowercased()
    guard file.kind != .folder, !file.hasSuffix("/") else { return nil }
    if name.hasSuffix(".\(Formats.sheet)") {
      self.init([], hasSheet: true)
      return
    }
    // `.heat.png` is a `.png`, too: the longest ending counts.
    let matching = HighlightFormat.all.filter { name.hasSuffix($0.ending(.init())) }
    guard let format = matching.max(by: { $0.ending(.init()).count < $1.ending(.init()).count })
    else { return nil }
    self.init([format])
  }

  /// How many files so many maps are.
  func files(_ maps: Int) -> Int { maps * formats.count + (hasSheet ? 1 : 0) }

  /// What the name of the only file may end in, the overlay's being given.
  func endings(_ overlays: [String]) -> [String] {
    guard let format = formats.first else { return [".\(Formats.sheet)"] }
    return format == .png
      ? overlays : [".\(format.ending(.init()).split(separator: ".").last ?? "")"]
  }
}
