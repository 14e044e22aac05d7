import Fieldmark

// A picture, upright and in RGB; and a model: the built-in one, a file, a folder or a name.
let bird = try Picture("fieldmark-out/bird.png")
let model = try Model("demo", in: Caches(.process))
let encoder = try ImageEncoder(model)
let words = try TextEncoder(model)

// Where does the model see red epaulets, as opposed to bird?
let epaulets = try words.target("red epaulets")
let map = try Method.gradCAM(View(encoder, bird), epaulets - 0.6 * words.target("bird"))
print(map.peak)  // in the picture's own pixels
try map.overlaid(on: bird).write(to: "epaulets.png")

// The logit of the picture and the words: exp(logit scale) times their cosine.
print(epaulets(encoder(bird)))

// What flows into the last block, what is still ahead of it, and the way back from there.
let tap = encoder.tap(encoder.planes(of: bird), block: encoder.blocks - 1)
let rest = tap.rest.traced(tap.activation)
let gradient = rest.pullback(epaulets.directions)
print(gradient)
