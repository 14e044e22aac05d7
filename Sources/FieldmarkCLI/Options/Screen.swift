import Glibc
import Ground
import Parsing
import Pictures
import Reports

/// Draws maps in the terminal.
struct Screen: Sendable {
  struct Options: OptionGroup {
    let show = Option<Bool>(
      "show", role: .silent,
      "Draws maps in the terminal. Files are then written only if --out or --save is given.")
  }

  private let columns: Int
  private let hasColors: Bool

  /// The screen of `fieldmark demo`: at most 56 columns wide, and without colors if NO_COLOR is set
  /// or standard output is no terminal.
  static func small(_ environment: Environment) -> Screen {
    Screen(
      columns: min(56, width), hasColors: environment.text("NO_COLOR") == nil && isTerminal)
  }

  private init(columns: Int, hasColors: Bool) {
    (self.columns, self.hasColors) = (columns, hasColors)
  }

  /// Nil without `--show`. NO_COLOR is respected: the map is then drawn alone, in shades of text
  /// characters.
  init?(_ input: Input, _ environment: Environment) {
    guard input[Options.show] else { return nil }
    let told = environment.text("COLUMNS").flatMap { Int($0) } ?? Screen.width
    columns = max(2, min(told, 120))
    hasColors = environment.text("NO_COLOR") == nil
  }

  /// The question in words, followed by the drawing.
  func lines(
    _ highlight: any Explanation, _ picture: Picture, _ colors: ColorMap, scale top: Float? = nil
  ) throws -> [String] {
    let drawing =
      hasColors
      ? try highlight.heatmap.overlaid(on: picture, colors: colors, scale: top)
        .terminalLines(columns: columns)
      : highlight.heatmap.terminalLines(columns: columns, scale: top)
    return [printable(highlight.description.utf8)] + drawing
  }

  private static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The width of the terminal on standard output; 80 columns if it is no terminal.
  private static var width: Int {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }
}
