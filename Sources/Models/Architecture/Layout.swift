import Ground
import Pictures
import Words

/// A way of naming and storing a model's weights, known by names that no other layout has, with what
/// is known of models whose files are written so.
///
/// ```swift
/// try FoundModel("ViT-B-16:openai", in: Caches(.process)).layout().name      // "open_clip"
/// ```
public struct Layout: Sendable {
  public let name: String
  /// What a file's names are known by: all that one of these lists. `#` stands for a number, `*` at
  /// the end for whatever follows.
  package let marks: [[String]]
  /// The files of settings that speak of weights in this layout: a folder may hold two.
  let settings: [Path]
  /// Whether files of transformers are named so, whose code does some things in its own way.
  package let isOfTransformers: Bool
  /// How texts are cleaned.
  let normalizer: Normalizer
  /// What becomes of a picture that is more than red, green and blue.
  let transparency: Preprocessing.Conversion
  /// What is taken where nothing says which activation a model was trained with.
  package let activation: UsualActivation
  /// Made when it is needed: a table of names takes a while to read.
  package let renaming: @Sendable () -> Renaming

  package init(
    _ name: String, marks: [[String]], settings: [Path], isOfTransformers: Bool = false,
    normalizer: Normalizer = .openai, transparency: Preprocessing.Conversion,
    activation: UsualActivation, renaming: @escaping @Sendable () -> Renaming
  ) {
    self.name = name
    self.marks = marks
    self.settings = settings
    self.isOfTransformers = isOfTransformers
    self.normalizer = normalizer
    self.transparency = transparency
    self.activation = activation
    self.renaming = renaming
  }
}

/// The activation of models of which nothing else is known.
package struct UsualActivation: Sendable {
  let activation: Activation
  /// Where it comes from: `default of open_clip`.
  let source: String
  /// Whether some models of this kind were trained with another one.
  let isDoubtful: Bool

  package init(_ activation: Activation, _ source: String, isDoubtful: Bool) {
    self.activation = activation
    self.source = source
    self.isDoubtful = isDoubtful
  }
}
