import Fieldmark

// A picture, upright and in RGB; and a model: the built-in one, a file, a folder or a name.
let bird = try Picture("fieldmark-out/bird.png")
let clip = try CLIP("demo")

// Where does the model see red epaulets, as opposed to bird?
let epaulets = try clip.target("red epaulets")
let map = try Method.gradCAM(clip, bird, epaulets - 0.6 * clip.target("bird"))
print(map.peak)  // in the picture's own pixels
try map.overlaid(on: bird).write(to: "epaulets.png")

// The logit of the picture and the words: exp(logit scale) times their cosine.
print(try clip.score(bird, epaulets))

// What flows into the last block, what is still ahead of it, and the way back from there.
let encoder = try clip.images
let tap = encoder.tap(encoder.planes(of: bird), block: encoder.blocks - 1)
let rest = tap.rest.traced(tap.activation)
let gradient = rest.pullback(epaulets.directions)
print(gradient)
