import Explaining
import Ground

/// What the files of a map are called behind the picture's name: what was asked, so that no other
/// question has the same files.
///
/// ```swift
/// QuestionName(["red epaulets"]).written                            // red-epaulets
/// QuestionName(["red epaulets"], against: ["bird"]).written         // red-epaulets-against-bird
/// QuestionName(["red epaulets"], strengths: [1], methods: ["layer-cam"]).written
///                                                   // red-epaulets-strength-1-layer-cam
/// ```
///
/// What is not as usual is spelled: references, strength, method, model. Whatever else changes a map or
/// its drawing (`others`), and texts that a file's name cannot spell, are in six hexadecimal digits at
/// the end: `red-epaulets-3f9a01`. Names of several things are joined by `+`.
public struct QuestionName: Sendable {
  public let written: String

  /// At most so many bytes before the digits: with a picture's name and an ending they fit into the 255
  /// that file systems allow.
  private static let most = 120

  /// Titles of questions asked with pictures are names of files, which lie where they lie: they are taken
  /// as they are.
  public init(
    _ titles: [String], asksPictures: Bool = false, against references: [String] = [],
    strengths: [Float] = [],
    methods: [String] = [], model: Path? = nil, others: [String] = []
  ) {
    var name = QuestionName.joined(titles.map { FileNames.slug($0) })
    if !references.isEmpty {
      name += "-against-" + QuestionName.joined(references.map { FileNames.slug($0) })
    }
    if !strengths.isEmpty {
      name += "-strength-" + QuestionName.joined(strengths.map(QuestionName.short))
    }
    if !methods.isEmpty { name += "-" + QuestionName.joined(methods) }
    if let model { name += "-" + QuestionName.spelled(model) }
    let texts = asksPictures ? [] : titles + references.filter { ReferenceRule($0) == nil }
    var rest = others + texts.filter { !QuestionName.isSpelledOut($0) }
    if name.utf8.count > QuestionName.most {
      rest.append(name)
      name = FileNames.shortened(name, QuestionName.most)
    }
    written =
      rest.isEmpty ? name : name + "-" + Digest.sha256(of: rest).hexadecimal.prefix(6)
  }

  private static func joined(_ parts: [String]) -> String { parts.joined(separator: "+") }

  /// `1`, `0.25`
  private static func short(_ strength: Float) -> String {
    strength == strength.rounded() && abs(strength) < 1e6 ? "\(Int(strength))" : "\(strength)"
  }

  /// Whether a name gives a text back but for capitals, which models do not see, and is not taken for
  /// something else.
  private static func isSpelledOut(_ text: String) -> Bool {
    let words = FileNames.slug(text).split(separator: "-")
    return words.joined(separator: " ") == text.lowercased() && !words.contains("against")
      && !words.contains("strength")
  }

  /// Of a file its folder's name too: many are called `model.safetensors`.
  private static func spelled(_ model: Path) -> String {
    let parts = model.description.split(separator: "/").suffix(2)
    var name = parts.joined(separator: "/")
    for ending in [".safetensors", ".pt", ".pth", ".bin"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    if name.hasPrefix("hf-hub:") { name = String(name.dropFirst("hf-hub:".count)) }
    return FileNames.slug(name, keepingCapitals: true)
  }
}
