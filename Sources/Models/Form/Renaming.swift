/// A table of the names that a layout has for Fieldmark's weights, with a line for each weight:
///
///     vision_model.post_layernorm.*                     visual.ln_post.*
///     vision_model.encoder.layers.#.self_attn.q_proj.*  visual.transformer.resblocks.#.attn.in_proj_*  1/3
///     visual_projection.weight                          visual.proj  transposed
///     vision_model.embeddings.position_ids              -
///
/// `#` is a number, `*` at the end stands for `weight` and `bias`, `-` marks what is not needed,
/// and a third word says how the tensor differs (`Change`).
package struct Renaming: Sendable {
  struct Rule: Sendable {
    let file: String
    /// The name of the weight; nil if the tensor is not needed.
    let weight: String?
    let change: Change
  }

  private let byFile: [String: Rule]
  private let byWeight: [String: [Rule]]

  package init(_ tables: String...) {
    let rules = tables.flatMap { $0.split(separator: "\n") }.flatMap { line in
      let words = line.split(separator: " ").map(String.init)
      precondition(
        (2...3).contains(words.count), "A line of a table of names has two or three words.")
      let isPair = words[0].hasSuffix("*")
      return (isPair ? ["weight", "bias"] : [""]).map { end in
        let names = words.map { isPair && $0.hasSuffix("*") ? $0.dropLast() + end : $0 }
        return Rule(
          file: names[0], weight: names[1] == "-" ? nil : names[1],
          change: words.count < 3 ? .none : Renaming.change(words[2]))
      }
    }
    byFile = Dictionary(rules.map { ($0.file, $0) }) { first, _ in first }
    byWeight = Dictionary(grouping: rules.filter { $0.weight != nil }) { $0.weight ?? "" }
  }

  private static func change(_ word: String) -> Change {
    switch word {
    case "transposed": .transposed
    case "1/3": .part(0, of: 3)
    case "2/3": .part(1, of: 3)
    case "3/3": .part(2, of: 3)
    case "1x": .flattened(1)
    case "1x1x": .flattened(2)
    case "1x-row": .withoutFirstRow
    default: preconditionFailure("A table of names knows no change '\(word)'.")
    }
  }

  /// Returns the rule for a tensor's name, and the name of its weight. The result is nil for a name
  /// that the layout does not have.
  func callAsFunction(_ name: String) -> (rule: Rule, weight: String?)? {
    let (pattern, numbers) = Renaming.pattern(of: name)
    guard let rule = byFile[pattern] else { return nil }
    return (rule, rule.weight.map { Renaming.filled($0, numbers) })
  }

  /// Returns the names that the tensors of a weight have in the file, the best known first, with
  /// their changes.
  func sources(of weight: String) -> [(name: String, change: Change)] {
    let (pattern, numbers) = Renaming.pattern(of: weight)
    return (byWeight[pattern] ?? []).map { (Renaming.filled($0.file, numbers), $0.change) }
  }

  /// Returns `a.#.b` and [7] for `a.7.b`.
  private static func pattern(of name: String) -> (pattern: String, numbers: [String]) {
    var numbers: [String] = []
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map { part in
      guard !part.isEmpty, part.utf8.count <= 6, part.utf8.allSatisfy({ (0x30...0x39) ~= $0 })
      else { return String(part) }
      numbers.append(String(part))
      return "#"
    }
    return (parts.joined(separator: "."), numbers)
  }

  /// Returns the pattern with the last of the numbers in it. In `blocks.0.7.norm1`, as DINOv2
  /// writes it if blocks lie in chunks, the 7 counts.
  private static func filled(_ pattern: String, _ numbers: [String]) -> String {
    var rest = numbers.suffix(pattern.utf8.count { $0 == UInt8(ascii: "#") })
    return pattern.split(separator: ".", omittingEmptySubsequences: false).map { part in
      part == "#" ? rest.popFirst() ?? "0" : String(part)
    }.joined(separator: ".")
  }
}
