import Ground

extension Input {
  /// A hint about missing quotes, if an operand is no file and follows an option with a text: `-c
  /// "red epaulets" takes both words`.
  package var quotesThatWouldHelp: String? {
    operands.indices.lazy.compactMap { self.quotes(around: $0) }.first
  }

  /// The operands as pictures. A word that is no file, and that probably belongs to a text without
  /// quotes, is reported as such and not as a picture that cannot be read.
  package func pictures() throws -> [Path] {
    for index in operands.indices {
      guard let hint = quotes(around: index) else { continue }
      throw InputError(
        name, expected: "a picture", found: "no \(quoted(operands[index]))", hint: hint,
        kind: .words)
    }
    return paths
  }

  private func quotes(around index: Int) -> String? {
    guard isWord(index), let text = behind[index] else { return nil }
    let others = operands.indices.filter { behind[$0]?.place == text.place }
    let before = others.prefix { $0 < index }
    guard before.allSatisfy(isWord) else { return nil }
    let words = before + others.drop { $0 < index }.prefix(while: isWord)
    let whole = ([text.value] + words.map { operands[$0] }).map { printable($0) }
    return "\(text.flag) \"\(whole.joined(separator: " "))\" takes "
      + (whole.count == 2 ? "both words" : "all \(whole.count) words")
  }

  /// Whether an operand does not exist as a file and does not look like the name of one.
  private func isWord(_ index: Int) -> Bool {
    let word = operands[index]
    return word != Word("-".utf8) && !word.contains(UInt8(ascii: "."))
      && !word.contains(UInt8(ascii: "/")) && Path(bytes: word).kind == nil
  }
}
