import Models

/// A family of models: everything that Fieldmark knows about models of one kind.
///
/// Each family is one file of this folder and one entry in the list `KnownFamily.all`. A layer that
/// only one family has is a file of `Layers`. No other code asks which family a model belongs to.
///
/// ```swift
/// ModelFamily(of: model).form.name      // "CLIP"
/// ```
package struct ModelFamily: Sendable {
  /// How its weights are named, how an architecture follows from their shapes and from configs, and
  /// how pictures are preprocessed.
  package let form: ModelForm
  /// Builds the image encoder's network from the weights.
  let trunk: @Sendable (LayerReading) throws -> Trunk

  init(_ form: ModelForm, trunk: @escaping @Sendable (LayerReading) throws -> Trunk) {
    self.form = form
    self.trunk = trunk
  }
}
