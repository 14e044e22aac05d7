import Ground
import Pictures
import Words

/// A way of naming and storing a model's weights. It is recognized by names that no other layout
/// has, and it carries what is known of models whose files are written so.
///
/// ```swift
/// try FoundModel("ViT-B-16:openai", in: Caches(.process)).layout().name      // "open_clip"
/// ```
public struct Layout: Sendable {
  public let name: String
  /// The lists of names by which a file is recognized: it has all names of one list. `#` stands for
  /// a number, and `*` at the end for whatever follows.
  package let marks: [[String]]
  /// The files of settings that belong to weights in this layout, since a folder may hold weights
  /// in two layouts.
  let settings: [Path]
  /// Whether this is the layout of transformers, whose code does some things in its own way.
  package let isOfTransformers: Bool
  /// How texts are cleaned.
  let normalizer: Normalizer
  /// How a picture that is more than red, green and blue is converted.
  let transparency: Preprocessing.Conversion
  /// The activation that is taken if nothing says which one a model was trained with.
  package let activation: UsualActivation
  /// The table of names. It is made only when it is needed, since it takes a while to read.
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
