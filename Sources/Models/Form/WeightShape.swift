/// A weight that a model of an architecture has, with its shape, against which a checkpoint is
/// checked.
///
/// ```swift
/// WeightShape.linear("visual.attnpool.q_proj", 2048, 2048)
/// // visual.attnpool.q_proj.weight: 2048 x 2048, visual.attnpool.q_proj.bias: 2048
/// ```
package struct WeightShape: Sendable {
  let name: String
  let shape: [Int]

  package init(_ name: String, _ shape: [Int]) {
    self.name = name
    self.shape = shape
  }

  package static func linear(_ name: String, _ outputs: Int, _ inputs: Int) -> [WeightShape] {
    [WeightShape(name + ".weight", [outputs, inputs]), WeightShape(name + ".bias", [outputs])]
  }

  /// The scale and the shift of a layer norm.
  package static func norm(_ name: String, _ width: Int) -> [WeightShape] {
    [WeightShape(name + ".weight", [width]), WeightShape(name + ".bias", [width])]
  }

  /// The scale and the shift of a batch norm, and the mean and variance that it has measured.
  package static func batchNorm(_ name: String, _ width: Int) -> [WeightShape] {
    ["weight", "bias", "running_mean", "running_var"].map {
      WeightShape("\(name).\($0)", [width])
    }
  }
}
