import Encoders
import Explaining
import Ground
import Models
import Words

/// A model that is open, with the embeddings of texts that were asked for.
package final class OpenedModel: Sendable {
  package let clip: CLIP
  private let tokenizer: Once<Tokenizer>
  private let texts: Bounded<String, Target>
  private let encoders = Bounded<Looking, ImageEncoder>(most: 8)

  private struct Looking: Hashable {
    let fit: PictureFit?
    let size: InputSize?
  }

  init(_ clip: CLIP, texts most: Int) {
    self.clip = clip
    tokenizer = Once { try Tokenizer(of: clip.model) }
    texts = Bounded(most: most)
  }

  package var model: Model { clip.model }

  /// A target for each text. Texts that are not known yet are encoded together.
  package func targets(of names: [String]) throws -> [Target] {
    var known: [String: Target] = [:]
    for name in names { known[name] = texts.known(name) }
    var missing: [String] = []
    for name in names where known[name] == nil && !missing.contains(name) { missing.append(name) }
    if !missing.isEmpty {
      for target in try clip.targets(missing) {
        known[target.name] = texts.keep(target, as: target.name, cost: 1)
      }
    }
    return names.compactMap { known[$0] }
  }

  /// What anyone who relies on a text's score should know. A text that the model cannot take is
  /// refused.
  func notes(on text: String) throws -> [String] { try tokenizer.value().prompt(text).notes }

  /// The image encoder for pictures that are fitted in a way and have a size.
  package func encoder(_ fit: PictureFit?, _ size: InputSize?) throws -> ImageEncoder {
    try encoders.value(of: Looking(fit: fit, size: size)) {
      try clip.images.seeing(fit, size)
    }
  }
}
