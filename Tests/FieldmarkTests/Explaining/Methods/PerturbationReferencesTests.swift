import Fieldmark
import Foundation
import Testing

private func path(_ name: String) -> Fieldmark.Path {
  Fieldmark.Path(ReferenceData.shipped(name).path)
}

/// The concept against two others; see the file that makes the references.
private func contrast(_ width: Int) -> Target {
  let concepts = (0..<3).map { index in
    let direction = (0..<width).map { Float(sin(Double($0 * (2 * index + 3) + 5))) }
    return Target("concept \(index)", direction, .cosine(scale: 100))
  }
  return concepts[0].compared(with: Array(concepts.dropFirst()), strength: 0.6)
}

/// (`python3 References/make_perturbation.py Tests/References`)
@Test(
  arguments: ["vit", "resnet"],
  [
    "score-cam-difference", "score-cam-softmax", "gscore-cam", "ablation-cam", "occlusion", "rise",
    "glas-light", "glas-shadow", "glas", "glas-recursive",
  ])
private func mapsEqualTheirFormulasWrittenDownAgain(_ model: String, _ name: String) throws {
  let encoder = try ImageEncoder(
    Model(path("encoders/\(model)"), in: Caches(Environment([:]))))
  let view = View(encoder, try Picture(path("encoders/pictures/wide.png")))
  let settings = Method.Settings(seed: 7, score: .logit)
    .with(Method.masks, 30).with(Method.channels, 9).with(Method.window, 11).with(Method.step, 4)
  let method = try #require(Method(named: name))
  let map = try method(view, contrast(view.embedding.columns), settings).values
  let theirs = try Checkpoint(path("perturbation/\(model).safetensors")).tensor(
    name == "score-cam-difference" ? "score-cam" : name)
  // Of maps with a value for each pixel every third is kept.
  let step = map.columns == view.tap.grid.width ? 1 : 3
  let kept = stride(from: 0, to: map.rows, by: step).flatMap { row in
    stride(from: 0, to: map.columns, by: step).map { map[row, $0] }
  }
  let expected = try theirs.floats()
  try #require(kept.count == expected.count)
  let size = expected.map(abs).max() ?? 0
  let worst = zip(kept, expected).map { abs($0 - $1) }.max() ?? .infinity
  #expect(worst < 5e-5 * size, "differs by \(worst / size) of the largest")
}
