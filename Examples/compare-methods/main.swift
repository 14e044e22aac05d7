import Fieldmark

// Three methods answer the same question about one picture. A view keeps what their maps share, so
// the picture goes through the encoder once.
let bird = try Picture("fieldmark-out/bird.png")
let clip = try CLIP("demo")
let view = View(try clip.images, bird)
let epaulets = try clip.target("red epaulets")
let reference = try clip.target("bird")

for method in [Method.gradCAM, .layerCAM, .gradECLIP] {
  for strength: Float in [0, 0.6] {
    let map = try method(view, epaulets - strength * reference)
    print("\(method.name), strength \(strength): highest at \(map.peak)")
    try map.overlaid(on: bird).write(to: Path("\(method.name)-\(strength).png"))
  }
}
