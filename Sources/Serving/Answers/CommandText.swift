import Encoders
import Explaining
import Ground

/// A command line as it is typed into a POSIX shell.
///
/// ```swift
/// CommandText(["fieldmark", "highlight", "it's.png"]).written      // fieldmark highlight 'it'\''s.png'
/// ```
package struct CommandText: Equatable, Sendable {
  package let words: [String]

  package init(_ words: [String]) { self.words = words }

  package var written: String { words.map(CommandText.quoted).joined(separator: " ") }

  /// The word in single quotes, in which nothing has a meaning for a shell, unless it is plain.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || "_./:=@%+,-".utf8.contains(byte)
    }
    return isPlain && !word.isEmpty ? word : "'\(word.replacing("'", with: "'\\''"))'"
  }
}

extension MapRequest {
  /// The command line that gives the same maps.
  func command(_ session: Session, and others: [(name: String, value: String?)] = [])
    -> CommandText
  {
    var words = ["fieldmark", "highlight", CommandText.operand(look.picture.path)]
    for concept in concepts { words += CommandText.option("-c", concept) }
    let references = rule.map { [$0.description] } ?? against
    for reference in references { words += CommandText.option("-a", reference) }
    let standard = MapRequest.standard
    // Without references only CLIP Surgery asks for the strength, and only whether it is 0.
    if strength != standard.strength, !references.isEmpty || strength == 0 {
      words += CommandText.option("--strength", strength.settingText)
    }
    if weighting.name != standard.weighting.name, !references.isEmpty {
      words += ["--weighting", weighting.name]
    }
    if method.name != standard.method.name { words += ["--method", method.name] }
    words += look.words
    for setting in asked { words += CommandText.option("--\(setting.name)", setting.value) }
    if isOfClasses, let head = session.classifier { words += ["--classifier", head.place] }
    for other in others { words += ["--\(other.name)"] + (other.value.map { [$0] } ?? []) }
    return CommandText(words + session.options)
  }
}

extension LookRequest {
  /// The options of a command line that looks at the picture in the same way.
  var words: [String] {
    var words: [String] = []
    if asksForBlock, block != encoder.blocks - 1 { words += ["--layer", "\(block)"] }
    if let fit { words += ["--fit", fit.name] }
    if let size { words += ["--resolution", size.text] }
    if model.model.name != "demo" { words += CommandText.option("--model", model.model.name) }
    return words
  }
}

extension CommandText {
  /// An option with its value, attached to it where the value could be taken for an option.
  static func option(_ name: String, _ value: String) -> [String] {
    value.hasPrefix("-") ? ["\(name)=\(value)"] : [name, value]
  }

  /// A file that is not taken for an option.
  static func operand(_ path: Path) -> String {
    let text = String(decoding: path.bytes, as: UTF8.self)
    return text.hasPrefix("-") ? "./\(text)" : text
  }
}
