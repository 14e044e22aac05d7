/// The colors of CUB-200-2011's vocabulary.
public enum Hue: String, CaseIterable, Sendable {
  case blue, brown, iridescent, purple, rufous, grey, yellow, olive, green, pink, orange, black
  case white, red, buff

  /// The color in words that CLIP's training texts know.
  public var phrase: String {
    switch self {
    case .grey: "gray"
    case .rufous: "reddish-brown"
    case .buff: "pale tan"
    default: rawValue
    }
  }

  /// Whether the color stands out. Berries and flowers come in such colors as well.
  var isVivid: Bool {
    switch self {
    case .blue, .purple, .yellow, .pink, .orange, .red, .white, .rufous, .green: true
    default: false
    }
  }

  /// The color as amounts of light; see `Tint`.
  var tint: Tint { Hue.tints[Int(index)] }

  private var index: UInt8 {
    switch self {
    case .blue: 0
    case .brown: 1
    case .iridescent: 2
    case .purple: 3
    case .rufous: 4
    case .grey: 5
    case .yellow: 6
    case .olive: 7
    case .green: 8
    case .pink: 9
    case .orange: 10
    case .black: 11
    case .white: 12
    case .red: 13
    case .buff: 14
    }
  }

  private static let tints = [
    rgb(48, 96, 196), rgb(112, 78, 50), rgb(36, 92, 96), rgb(112, 60, 150),
    rgb(166, 82, 44), rgb(136, 140, 146), rgb(244, 208, 44), rgb(122, 124, 62),
    rgb(52, 134, 64), rgb(238, 142, 168), rgb(240, 134, 32), rgb(36, 34, 40),
    rgb(240, 240, 236), rgb(206, 34, 34), rgb(220, 194, 150),
  ]
}
