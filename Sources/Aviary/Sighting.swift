import Pictures

/// A bird as it was seen: the picture, and what each of its pixels shows.
public struct Sighting: Sendable {
  public let species: Species
  let individual: Individual
  public let pose: Pose
  public let scene: Scene
  public let width: Int
  public let height: Int
  /// Red, green, blue of each pixel, row by row.
  public let pixels: [UInt8]
  /// What each pixel shows: the topmost thing that covers at least half of it. It is the number of
  /// a patch or of a thing of the scene.
  let shows: [UInt8]
  /// Which pixels show other birds of the species than the one that the picture is of; empty if there
  /// are none.
  let others: [Bool]

  public var picture: Picture { Picture(width: width, height: height, pixels: pixels) }

  /// The patches of this individual and their colors.
  public var plumage: [Patch: Hue] { individual.plumage }

  /// All of this individual's traits, seen or not.
  public var allTraits: [Trait] { Trait.all(individual.plumage, species.form) }

  /// The traits of which enough pixels are seen.
  public var traits: [Trait] {
    let counts = counts
    return allTraits.filter { pixels(of: $0.patches, counts) >= leastPixels }
  }

  /// How many pixels must be seen at least: 12 in a picture of 256 x 256, which is a spot about 4
  /// pixels across.
  public var leastPixels: Int { max(1, 12 * width * height / 65536) }

  /// Returns where patches are seen.
  public func mask(of patches: [Patch]) -> [Bool] { mask(of: patches.map(\.rawValue)) }

  public func mask(of trait: Trait) -> [Bool] { mask(of: trait.patches) }

  /// Where the bird is seen, and others of its species.
  public var segmentation: [Bool] { shows.map { Patch(rawValue: $0) != nil } }

  package func mask(of things: [UInt8]) -> [Bool] {
    var isIn = [Bool](repeating: false, count: 256)
    for thing in things { isIn[Int(thing)] = true }
    return shows.map { isIn[Int($0)] }
  }

  /// How many pixels show each thing, by the thing's number.
  var counts: [Int] {
    var counts = [Int](repeating: 0, count: 256)
    for thing in shows { counts[Int(thing)] += 1 }
    return counts
  }

  func pixels(of patches: [Patch], _ counts: [Int]) -> Int {
    patches.reduce(0) { $0 + counts[Int($1.rawValue)] }
  }

  private func isOther(_ pixel: Int) -> Bool { !others.isEmpty && others[pixel] }

  /// The smallest rectangle around what is seen of the bird itself; nil if nothing is seen.
  public var box: (x: Int, y: Int, width: Int, height: Int)? {
    var (left, right, top, bottom) = (width, -1, height, -1)
    for (index, isBird) in segmentation.enumerated() where isBird && !isOther(index) {
      let (row, column) = index.quotientAndRemainder(dividingBy: width)
      (left, right) = (min(left, column), max(right, column))
      (top, bottom) = (min(top, row), max(bottom, row))
    }
    return right < 0 ? nil : (left, top, right - left + 1, bottom - top + 1)
  }

  /// For each part of the bird itself, in CUB-200-2011's order, the pixel that stands for it: the visible
  /// pixel of the part that is nearest to their mean. It is nil if too little of the part is seen.
  public var parts: [(x: Int, y: Int)?] {
    var partsOfThing = [[Int]](repeating: [], count: 256)
    for part in BodyPart.allCases {
      for patch in part.patches(looksRight: pose.looksRight) {
        partsOfThing[Int(patch.rawValue)].append(part.rawValue - 1)
      }
    }
    var sums = [SIMD3<Int>](repeating: .zero, count: BodyPart.allCases.count)
    var nearest = [(x: Int, y: Int)?](repeating: nil, count: sums.count)
    var distances = [Int](repeating: .max, count: sums.count)
    for (index, thing) in shows.enumerated() where !isOther(index) {
      for part in partsOfThing[Int(thing)] { sums[part] &+= [index % width, index / width, 1] }
    }
    for (index, thing) in shows.enumerated() where !isOther(index) {
      for part in partsOfThing[Int(thing)] where sums[part].z >= min(leastPixels, 8) {
        let (x, y) = (index % width, index / width)
        let (dx, dy) = (x - sums[part].x / sums[part].z, y - sums[part].y / sums[part].z)
        if dx * dx + dy * dy < distances[part] {
          distances[part] = dx * dx + dy * dy
          nearest[part] = (x, y)
        }
      }
    }
    return nearest
  }

  /// What is seen that is not the bird: words, and the things that they are about.
  package var context: [(kind: String, phrase: String, things: [UInt8])] {
    let counts = counts
    var found = [
      (kind: "habitat", phrase: Cue.habitat(scene.habitat).phrase, things: [Thing.scenery])
    ]
    if let ring = scene.ring { found.append(("cue", Cue.ring(ring).phrase, [Thing.ring])) }
    if scene.hasCornerMark { found.append(("cue", Cue.cornerMark.phrase, [Thing.mark])) }
    for finish in scene.finishes {
      if let thing = finish.kind.thing { found.append(("cue", finish.phrase, [thing])) }
    }
    for (index, distractor) in scene.distractors.enumerated() {
      found.append(("distractor", distractor.phrase, [Thing.distractors + UInt8(index)]))
    }
    return found.filter { item in
      item.things.reduce(0) { $0 + counts[Int($1)] } >= leastPixels
    }
  }
}
