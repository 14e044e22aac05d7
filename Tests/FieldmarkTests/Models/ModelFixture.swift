import Fieldmark
import Foundation

/// A tiny CLIP that a test takes apart: the tensors of `Tests/References/models/vit`, by name.
struct ModelFixture {
  var tensors: [Tensor]
  var config = #"{"model_cfg":{"vision_cfg":{"head_width":8},"text_cfg":{"heads":2}}}"#
  var configName = "open_clip_config.json"

  init(_ name: String = "vit/open_clip_model.safetensors") throws {
    let file = ReferenceData.shipped("models/" + name)
    let checkpoint = try Checkpoint(Fieldmark.Path(file.path))
    tensors = checkpoint.names.compactMap { checkpoint[$0] }
  }

  /// A file of nothing but these shapes, filled with zeros.
  init(shapes: [String: [Int]], config: String = "{}", configName: String = "none.json") {
    tensors = shapes.sorted { $0.key < $1.key }.map { name, shape in
      Tensor(name, shape: shape, [Float](repeating: 0, count: shape.reduce(1, *)))
    }
    self.config = config
    self.configName = configName
  }

  mutating func remove(_ name: String) { tensors.removeAll { $0.name == name } }

  /// Puts zeros of another shape in the place of a tensor, or beside the others.
  mutating func set(_ name: String, _ shape: [Int]) {
    remove(name)
    tensors.append(
      Tensor(name, shape: shape, [Float](repeating: 0, count: shape.reduce(1, *))))
  }

  mutating func rename(_ change: (String) -> String) {
    tensors = tensors.map { $0.renamed(change($0.name)) }
  }

  /// Makes a DINOv2 wider, with zeros, so that its heads are 64 wide and need no settings.
  mutating func widen(from width: Int, to wide: Int) {
    for tensor in tensors {
      set(
        tensor.name,
        tensor.shape.map { [width, 3 * width].contains($0) ? $0 / width * wide : $0 })
    }
  }

  /// Opens the tensors as a folder in the layout of a repository.
  func model(_ overrides: Model.Overrides = .init()) throws -> Model {
    var result: Result<Model, any Error>?
    try inTemporaryFolder { folder in
      try writeSafetensors(tensors, to: folder / "model.safetensors")
      try write(Array(config.utf8), to: folder / Path(configName))
      result = Result { try Model(folder, in: Caches(Environment([:])), overrides) }
    }
    guard let result else { preconditionFailure("A test's folder runs its test.") }
    return try result.get()
  }
}
