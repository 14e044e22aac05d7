import Measures
import Reports

/// What the words for the traits of a pair lose by the same changes, as a positive control: they go by
/// nothing else.
struct WordsBeside {
  let pair: AuditPair

  /// By taking the traits away.
  var traits: [HTML] {
    guard !pair.traitsAreExchanged, let words = pair.relianceOfWords(Interventions.traits) else {
      return []
    }
    let works = words.p <= Verdict.sure && words.share >= Verdict.traitShare
    return [
      .text(
        " To compare: the words for the traits lose \(words.share.percent) of their own margin by it"
          + (works
            ? ", so that the traits were really taken away."
            : ", so that it is doubtful whether the traits were really taken away."))
    ]
  }

  /// By moving something else: as much as that touches the traits.
  func other(_ name: String) -> [HTML] {
    pair.relianceOfWords(name).map {
      [.text(" To compare: the words for the traits lose \($0.share.percent) by it.")]
    } ?? []
  }
}
