import Fieldmark

/// How far the peak of a map is from the middle of the thing, in pixels.
let distance = Measure(
  "peak-distance", "How far the peak is from the middle of the thing.", paper: "an example",
  needs: .place, better: .lower, settings: [], leftOut: ["the thing's place is empty"]
) { measured in
  let map = measured.map
  let places = map.values.elements.indices
  guard let box = measured.truth?.boxes.first,
    let peak = places.max(by: { map.values.elements[$0] < map.values.elements[$1] })
  else { return nil }
  let across = Double(map.columns.lowerBound + peak % map.columns.count) - middle(box.columns)
  let down = Double(map.rows.lowerBound + peak / map.columns.count) - middle(box.rows)
  return (across * across + down * down).squareRoot()
}

func middle(_ range: Range<Int>) -> Double { Double(range.lowerBound + range.upperBound - 1) / 2 }

// A drawn bird comes with the place of its epaulets.
let drawn = World(seed: 4, size: 448).draw(try Species.named("Redshouldered Brackle"), 4)
guard let trait = drawn.traits.first(where: { $0.phrase == "red epaulets" }) else {
  throw InputError("the drawn bird", expected: "red epaulets", found: "none")
}
let truth = Truth(
  Mask(width: drawn.picture.width, height: drawn.picture.height, drawn.mask(of: trait)))

let clip = try CLIP("demo")
let epaulets = try clip.target("red epaulets")
for strength: Float in [0, 0.6] {
  let map = try Method.gradCAM(clip, drawn.picture, epaulets - strength * clip.target("bird"))
  let measured = MeasuredMap(map.resized(), truth: truth)
  print("strength \(strength): \(try distance(measured) ?? .nan) pixels away")
}
