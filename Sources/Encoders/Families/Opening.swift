import Ground
import Models

/// Opens models of every known family.
extension Model {
  /// The model that `--model` names.
  public init(_ name: Path, in caches: Caches, _ overrides: Overrides = Overrides()) throws {
    try self.init(FoundModel(name, in: caches), overrides)
  }

  public init(_ found: FoundModel, _ overrides: Overrides = Overrides()) throws {
    try self.init(found, overrides, .families)
  }
}

extension FoundModel {
  /// The layout of the weights, recognized by the names of the tensors.
  public func layout() throws -> Layout {
    let tensors = try FileTensors(checkpoint())
    let layout = try KnownModels.families.form(of: tensors).1
    _ = try NamedTensors(tensors, layout: layout.name, layout.renaming())
    return layout
  }
}

extension ImageEncoder {
  public init(_ model: Model, precision: Precision = .fp32) throws {
    let reading = try LayerReading(model, precision)
    try self.init(
      model.architecture, ModelFamily(of: model).trunk(reading),
      preprocessing: model.preprocessing)
  }
}
