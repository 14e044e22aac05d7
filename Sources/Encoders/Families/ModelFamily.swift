import Models

/// A family of models: all that Fieldmark knows of models of one kind.
///
/// Each is one file of this folder and one word in the list `KnownFamily.all`. A layer that no other
/// family has is a file of `Layers`; nothing else asks which family a model is of.
///
/// ```swift
/// ModelFamily(of: model).form.name      // "CLIP"
/// ```
package struct ModelFamily: Sendable {
  /// How its weights are named, what their shapes and its configs say, how it wants its pictures.
  package let form: ModelForm
  /// The network for pictures that is built of the weights.
  let trunk: @Sendable (LayerReading) throws -> Trunk

  init(_ form: ModelForm, trunk: @escaping @Sendable (LayerReading) throws -> Trunk) {
    self.form = form
    self.trunk = trunk
  }
}
