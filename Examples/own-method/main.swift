import Fieldmark

/// How many of the strongest channels count.
let channels = Method.Setting<Int>(
  "strongest", "How many of the strongest channels count", 16, .atLeast1)

/// Grad-CAM by the strongest channels alone: those whose mean gradient is largest.
let strongest = Method(
  "strongest-cam", "Grad-CAM by the strongest channels alone.", paper: "an example",
  taking: [channels.declaration]
) { view, target, settings in
  let count = try channels(settings, view.encoder, block: view.block)
  let weights = view.gradient(target).meanRow().elements
  let least = weights.sorted(by: >)[min(count, weights.count) - 1]
  let kept = weights.map { $0 >= least ? $0 : 0 }
  return view.heatmap(view.activation.rowSums(weightedBy: kept))
}

let bird = try Picture("fieldmark-out/bird.png")
let clip = try CLIP("demo")
let epaulets = try clip.target("red epaulets") - 0.6 * clip.target("bird")
print(try strongest(clip, bird, epaulets).peak)
print(try strongest(clip, bird, epaulets, Method.Settings().with(channels, 4)).peak)
