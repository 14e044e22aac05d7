import Ground

/// The reading of how many tokens a model knows, and whether they are CLIP's.
extension ArchitectureReading {
  package mutating func vocabulary(_ weight: String) throws -> Int {
    let count = try shaped("text.vocabulary", weight, axis: 0, of: 2)
    let place = "tensor '\(tensors.fileName(weight))'"
    guard count >= Architecture.Text.withoutMerges else {
      throw InputError(
        place,
        expected: "at least \(Architecture.Text.withoutMerges) rows, for the bytes and marks of "
          + "CLIP's tokenizer", found: "\(count)")
    }
    guard count > Architecture.Text.largestVocabulary else { return count }
    // If the model has another tokenizer, a config of open_clip names it and is refused for that.
    let isSaid = settings["tokenizer"] != nil
    if !isSaid, let other = Self.otherTokenizers.first(where: { $0.count == count }) {
      throw InputError(
        place, expected: "rows for the tokens of CLIP's tokenizer",
        found: "\(count), as the tokenizer of \(other.name) has them",
        hint: "Fieldmark has only CLIP's own tokenizer")
    }
    let rest = count - Architecture.Text.largestVocabulary
    findings.note(
      "\(tensors.place) knows \(count) tokens, \(rest) more than CLIP's tokenizer has; no text "
        + "contains those."
        + (isSaid
          ? "" : " Texts of a model that was trained with another tokenizer are read wrongly."))
    return count
  }

  /// The tokenizers that models in CLIP's form were trained with and whose vocabularies are larger
  /// than CLIP's.
  private static let otherTokenizers: [(count: Int, name: String)] = [
    (50_257, "GPT-2"), (50_265, "RoBERTa"), (119_547, "the multilingual BERT"),
    (250_002, "XLM-RoBERTa"), (250_100, "mT5"), (250_112, "mT5"), (256_000, "Gemma"),
    (256_206, "NLLB"), (901_629, "XLM-V"),
  ]
}
