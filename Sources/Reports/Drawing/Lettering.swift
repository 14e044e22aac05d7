import Pictures

/// A line of text in small pixel letters, for pictures that contain their own labels.
///
/// ```swift
/// var canvas = Canvas(width: 200, height: 40)
/// canvas.draw(Lettering("red epaulets", scale: 2), x: 8, y: 8)
/// ```
///
/// Characters outside the plain Latin alphabet are drawn as boxes, but `é` is drawn as `e` and `“`
/// as `"`. A label in another alphabet is therefore still distinguishable, and the full text is in
/// the metadata of the picture's file.
public struct Lettering: Equatable, Sendable {
  /// The characters to draw: ASCII, or U+007F for a box.
  let letters: [UInt8]
  /// The width and height of a dot in pixels.
  public let scale: Int

  public init(_ text: String, scale: Int = 1) {
    self.init(letters: text.flatMap(Lettering.letters), scale: scale)
  }

  private init(letters: [UInt8], scale: Int) {
    precondition((1...8).contains(scale), "Letters are drawn at a scale of 1 to 8.")
    self.letters = letters
    self.scale = scale
  }

  /// The distance between the left edges of adjacent letters, in pixels.
  private var step: Int { (Glyphs.width + 1) * scale }

  /// The width in pixels, without a gap after the last letter.
  public var width: Int { max(0, letters.count * step - scale) }

  /// The height in pixels, including the rows below the baseline.
  public var height: Int { Glyphs.height * scale }

  private static func letters(of character: Character) -> [UInt8] {
    if character.isWhitespace { return [UInt8(ascii: " ")] }
    let parts = character.parts.filter { $0.properties.generalCategory != .nonspacingMark }
      .flatMap { Array((standIns[Character($0)] ?? String($0)).unicodeScalars) }
    let isDrawn = !parts.isEmpty && parts.allSatisfy { (0x20...0x7e).contains($0.value) }
    return isDrawn ? parts.map { UInt8($0.value) } : [Glyphs.box]
  }

  /// Replacements for characters that Unicode does not decompose.
  private static let standIns: [Character: String] = [
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
    "×": "x", "⁄": "/", "·": ".", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o",
    "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
  ]
}

extension Lettering {
  /// Breaks the text into lines of a given width, between words where possible. What does not fit
  /// into the given number of lines is replaced by three dots.
  ///
  /// ```swift
  /// Lettering("red epaulets").wrapped(to: 50, lines: 2)      // `red`, `epaulets`
  /// ```
  public func wrapped(to width: Int, lines most: Int) -> [Lettering] {
    let room = max(1, (width + scale) / step)
    var lines: [[UInt8]] = []
    for word in letters.split(separator: UInt8(ascii: " ")) {
      if let last = lines.last, last.count + 1 + word.count <= room {
        lines[lines.count - 1] = last + [UInt8(ascii: " ")] + word
      } else {
        // A word that is longer than a line continues on the next.
        for start in stride(from: word.startIndex, to: word.endIndex, by: room) {
          lines.append(Array(word[start..<min(start + room, word.endIndex)]))
        }
      }
      if lines.count > most { break }
    }
    if lines.count > most {
      lines = Array(lines.prefix(most))
      if let last = lines.popLast() {
        let dots = [UInt8](repeating: UInt8(ascii: "."), count: min(3, room))
        lines.append(last.prefix(room - dots.count) + dots)
      }
    }
    return lines.map { Lettering(letters: $0, scale: scale) }
  }
}

extension Canvas {
  /// Draws letters with their upper left corner at (x, y), clipped at the canvas's edges.
  public mutating func draw(_ lettering: Lettering, x: Int, y: Int, color: Color = .black) {
    let scale = lettering.scale
    for (place, letter) in lettering.letters.enumerated() {
      let left = x + place * (Glyphs.width + 1) * scale
      for (dot, isInk) in Glyphs.ink(of: letter).enumerated() where isInk {
        let (row, column) = dot.quotientAndRemainder(dividingBy: Glyphs.width)
        fill(
          x: left + column * scale, y: y + row * scale, width: scale, height: scale, color: color)
      }
    }
  }
}
