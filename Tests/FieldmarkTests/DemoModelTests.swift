import Fieldmark
import Foundation
import Testing

private func reference(_ name: String) -> Fieldmark.Path {
  Fieldmark.Path(ReferenceData.shipped("demo/\(name)").path)
}

/// What open_clip and PyPI's grad-cam answered with the same weights.
/// (`python3 References/make_demo.py Demo Tests/References/demo`)
private struct Expected {
  let checkpoint: Checkpoint
  let prompts: [String]

  init() throws {
    checkpoint = try Checkpoint(reference("expected.safetensors"))
    prompts = try #require(checkpoint.metadata["prompts"]).split(separator: "\n").map(String.init)
  }

  func matrix(_ name: String, columns: Int) throws -> Matrix {
    let numbers = try checkpoint.tensor(name).floats()
    return Matrix(rows: numbers.count / columns, columns: columns, numbers)
  }
}

private func difference(_ a: Matrix, _ b: Matrix) -> Float {
  let largest = b.elements.map(abs).max() ?? 1
  return zip(a.elements, b.elements).map { abs($0 - $1) }.max()! / largest
}

@Test func theDemoModelEmbedsAsOpenCLIPDoes() throws {
  let (expected, model) = (try Expected(), try Model(.demo))
  let encoder = try ImageEncoder(model)
  let picture = encoder(try Picture(reference("bird.png")))
  #expect(try difference(picture, expected.matrix("embedding", columns: 128)) < 1e-5)
  let texts = try TextEncoder(model)(expected.prompts)
  #expect(try difference(texts, expected.matrix("texts", columns: 128)) < 1e-5)
}

@Test(arguments: ["grad-cam", "layer-cam", "hires-cam"])
func theDemoModelsMapsEqualThoseOfGradCAM(_ name: String) throws {
  let (expected, model) = (try Expected(), try Model(.demo))
  let view = View(try ImageEncoder(model), try Picture(reference("bird.png")))
  let words = try TextEncoder(model)
  let rows = try words(expected.prompts)
  let targets = [0, 2].map {
    Target(expected.prompts[$0], Array(rows[row: $0]), .cosine(scale: words.scale))
  }
  let method = try #require(Method.all.first { $0.name == name })
  let map = try method(view, targets[0] - 0.6 * .mean([targets[1]]))
  #expect(map.values.rows == 28 && map.values.columns == 28)
  #expect(try difference(map.values, expected.matrix(name, columns: 28)) < 1e-4)
}

@Test func theDemoModelSaysWhatItKnows() throws {
  let model = try Model("demo", in: Caches(Environment([:])))
  #expect(model.name == "demo" && model.architecture.image.patch == 8)
  let caution =
    "The demo model knows the drawn birds of 'fieldmark aviary', not photographs, which need a "
    + "real CLIP; 'fieldmark models get hf-hub:ORG/NAME' downloads one."
  #expect(model.caution == caution && model.notes == [])
  #expect(model.askedAboutPhotographs.notes == [caution])
}
