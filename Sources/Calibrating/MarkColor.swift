import Pictures

/// The colors of marks, and the colors that the words of attribute tables stand for.
enum MarkColor {
  static let strong = ["red", "yellow", "blue", "green", "white", "black"].compactMap { named[$0] }
  static let ground = ["olive", "brown", "buff", "gray", "green", "blue"].compactMap { named[$0] }

  /// The color that a phrase has in it: that of the first word which is one.
  ///
  ///     MarkColor.named(in: "bright yellow wings")      // yellow's
  static func named(in phrase: String) -> (word: String, color: Color)? {
    let words = phrase.lowercased().split { !$0.isLetter }.map(String.init)
    return words.lazy.compactMap { word in named[word].map { (word, $0) } }.first
  }

  private static let named: [String: Color] = [
    "red": color(200, 30, 30), "crimson": color(170, 20, 50), "scarlet": color(220, 40, 20),
    "orange": color(238, 130, 30), "yellow": color(242, 210, 40), "golden": color(222, 170, 40),
    "green": color(50, 140, 60), "olive": color(120, 122, 60), "turquoise": color(50, 180, 180),
    "blue": color(45, 95, 200), "purple": color(115, 60, 155), "violet": color(130, 70, 190),
    "pink": color(240, 145, 170), "brown": color(112, 76, 48), "rufous": color(165, 80, 44),
    "buff": color(220, 194, 150), "tan": color(210, 180, 140), "white": color(242, 242, 238),
    "black": color(30, 28, 34), "gray": color(136, 140, 146), "grey": color(136, 140, 146),
    "silver": color(190, 194, 200),
  ]

  private static func color(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Color {
    Color(red: red, green: green, blue: blue)
  }
}
