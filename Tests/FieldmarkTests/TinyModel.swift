import Fieldmark
import Foundation
import Testing

/// The tiny models of Tests/References/encoders, ready to look at a picture.
struct TinyModel: Sendable, CustomTestStringConvertible {
  var testDescription: String { name }
  let name: String

  static let transformers = [
    "vit", "vit-h", "vit-bigg", "rectangle", "extras", "dinov2", "dinov2-registers",
    "dinov2-swiglu", "dinov2-unbiased",
  ].map(TinyModel.init)

  private func path(_ file: String) -> Fieldmark.Path {
    Fieldmark.Path(ReferenceData.shipped("encoders/\(file)").path)
  }

  func model() throws -> Model { try Model(path(name), in: Caches(Environment([:]))) }

  func encoder() throws -> ImageEncoder { try ImageEncoder(model()) }

  /// Embeddings of the reference's prompts, as open_clip gave them, and their scale.
  func texts() throws -> Matrix {
    let tensor = try Checkpoint(path("\(name)/expected.safetensors")).tensor("texts")
    return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], try tensor.floats())
  }

  /// Numbers that the model's own library gave, by name.
  func expected(_ name: String) throws -> [Float] {
    try Checkpoint(path("\(self.name)/expected.safetensors")).tensor(name).floats()
  }

  func words() throws -> TextEncoder {
    try TextEncoder(Model(path(name), in: Caches(Environment([:]))))
  }

  func scale() throws -> Float {
    try Model(path(name), in: Caches(Environment([:]))).logitScale()
  }

  func picture(_ name: String = "wide") throws -> Picture { try Picture(pictureFile(name)) }

  func pictureFile(_ name: String) -> Fieldmark.Path { path("pictures/\(name).png") }

  /// Directions that are the same on every run.
  func targets(_ count: Int, _ space: Target.Space, width: Int) -> [Target] {
    (0..<count).map { index in
      let direction = (0..<width).map { place in
        let number = (index * 7919 + place * 104_729 + 13) % 1009
        return Float(number) / 504.5 - 1
      }
      return Target("number \(index)", direction, space, bias: Float(index) / 3)
    }
  }
}
