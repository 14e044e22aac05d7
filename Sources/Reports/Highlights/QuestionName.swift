import Explaining
import Ground

/// The part of a map's file name that follows the picture's name. It identifies the question, so
/// that different questions have different files.
///
/// ```swift
/// QuestionName(["red epaulets"]).written                            // red-epaulets
/// QuestionName(["red epaulets"], against: ["bird"]).written         // red-epaulets-against-bird
/// QuestionName(["red epaulets"], strengths: [1], methods: ["layer-cam"]).written
///                                                   // red-epaulets-strength-1-layer-cam
/// ```
///
/// References, strength, method and model are spelled if they are not the default. Everything else
/// that changes a map or its drawing (`others`), and texts that cannot be spelled in a file's name,
/// are hashed into six hexadecimal digits at the end: `red-epaulets-3f9a01`. Several names are
/// joined by `+`.
public struct QuestionName: Sendable {
  public let written: String

  /// The most bytes before the digits. With a picture's name and an ending, they fit into the 255
  /// bytes that file systems allow.
  private static let most = 120

  /// With `asksPictures`, titles are names of picture files. They are not hashed even if the slug
  /// does not spell them exactly.
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

  /// The strength with the fewest digits: `1`, `0.25`.
  private static func short(_ strength: Float) -> String {
    strength == strength.rounded() && abs(strength) < 1e6 ? "\(Int(strength))" : "\(strength)"
  }

  /// Whether the slug determines the text except for its case, which models ignore, and cannot be
  /// taken for another part of the name.
  private static func isSpelledOut(_ text: String) -> Bool {
    let words = FileNames.slug(text).split(separator: "-")
    return words.joined(separator: " ") == text.lowercased() && !words.contains("against")
      && !words.contains("strength")
  }

  /// The model's name. A file is named with its folder, since many files are called
  /// `model.safetensors`.
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
