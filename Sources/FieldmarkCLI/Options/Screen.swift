import Glibc
import Ground
import Parsing
import Pictures
import Reports

/// Maps drawn in the terminal.
struct Screen: Sendable {
  struct Options: OptionGroup {
    let show = Option<Bool>(
      "show", role: .silent,
      "Draws maps in the terminal. Files are then written only if --out or --save is given.")
  }

  private let columns: Int
  private let hasColors: Bool

  /// What a first look needs: not wider than half a terminal, and no colors where nobody sees them.
  static func small(_ environment: Environment) -> Screen {
    Screen(
      columns: min(56, width), hasColors: environment.text("NO_COLOR") == nil && isTerminal)
  }

  private init(columns: Int, hasColors: Bool) {
    (self.columns, self.hasColors) = (columns, hasColors)
  }

  /// Nil where nobody asked for drawings. NO_COLOR is respected: the map alone is shown, in shades.
  init?(_ input: Input, _ environment: Environment) {
    guard input[Options.show] else { return nil }
    let told = environment.text("COLUMNS").flatMap { Int($0) } ?? Screen.width
    columns = max(2, min(told, 120))
    hasColors = environment.text("NO_COLOR") == nil
  }

  /// What was asked, and where that is.
  func lines(
    _ highlight: any Explanation, _ picture: Picture, _ colors: ColorMap
  ) throws -> [String] {
    let drawing =
      hasColors
      ? try highlight.heatmap.overlaid(on: picture, colors: colors).terminalLines(columns: columns)
      : highlight.heatmap.terminalLines(columns: columns)
    return [printable(highlight.description.utf8)] + drawing
  }

  private static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Of the terminal that standard output is; 80 where it is none.
  private static var width: Int {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }
}
