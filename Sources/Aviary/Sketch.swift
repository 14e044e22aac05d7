import Ground

/// All that is decided of a sighting before a pixel is painted. Painted again with one thing
/// exchanged, everything else is the same.
struct Sketch: Sendable {
  private(set) var species: Species
  private(set) var individual: Individual
  let pose: Pose
  var scene: Scene
  /// Other birds of the species, the farthest first.
  private var others: [Companion]
  /// What stands before the bird; nil for the scene's own few twigs.
  private let foliage: [Spray]?
  private let birdSeed: UInt64
  private let clutterSeed: UInt64

  init(
    _ species: Species, seed: UInt64, _ index: Int, _ ties: [Shortcut], _ sight: Sight,
    hasDistractors: Bool
  ) {
    var draws = SplitMix(seed: seed, index)
    var sceneDraws = SplitMix(seed: draws.next())
    birdSeed = draws.next()
    var poseDraws = SplitMix(seed: draws.next())
    clutterSeed = draws.next()
    // Generators of their own: pictures that are not finished, and birds in full view, stay what they
    // are.
    var finishDraws = SplitMix(seed: seed ^ 0x6669_6e69_7368, index)
    var sightDraws = SplitMix(seed: seed ^ 0x73_6967_6874, index)
    self.species = species
    individual = Individual(species, seed: birdSeed)
    var scene = Scene(ties, habits: species.form.habits, &sceneDraws)
    scene.finish(ties, &finishDraws)
    if hasDistractors { scene.distract(with: individual.plumage, &sceneDraws) }
    self.scene = scene
    var pose = Pose(species.form.habits, isOnWater: scene.isOnWater, &poseDraws)
    let (least, most) = (sight.size.lowerBound, sight.size.upperBound)
    let share = least + (most - least) * sightDraws.unit()
    Sketch.place(individual, &pose, share, &poseDraws)
    self.pose = pose
    let count = sight.others.lowerBound + sightDraws.below(sight.others.count)
    others = Companion.flock(
      count, of: species, beside: individual, pose, in: scene, &sightDraws)
    foliage =
      switch sight.foreground {
      case .fewTwigs: nil
      case .nothing: []
      case .foliage(let share):
        Spray.hiding(share, of: Bird(individual, pose, scene.lighting), in: scene, &sightDraws)
      }
  }

  /// Puts a bird of another species in the place and pose of this one, with the same lengths, shades
  /// and varieties; and so with the others.
  mutating func exchange(for other: Species) {
    species = other
    individual = Individual(other, seed: birdSeed)
    for place in others.indices { others[place].exchange(for: other, like: individual) }
  }

  func painted(size: Int) -> Sighting {
    let bird = Bird(individual, pose, scene.lighting)
    var clutterDraws = SplitMix(seed: clutterSeed)
    var easel = Easel(size: size)
    scene.habitat.paint(
      on: &easel, horizon: scene.horizon, shade: scene.shade, seed: scene.seed)
    for other in others { other.draw(in: scene, on: &easel) }
    easel.setBirdsApart()
    bird.drawPerch(scene, on: &easel)
    scene.drawDistractors(around: pose, on: &easel, &clutterDraws)
    bird.draw(on: &easel)
    bird.drawWater(scene, on: &easel)
    if let foliage {
      for spray in foliage { spray.draw(in: scene, on: &easel) }
    } else {
      scene.drawCover(on: &easel, &clutterDraws)
    }
    scene.drawMark(on: &easel)
    scene.applyFinishes(to: &easel)
    return Sighting(
      species: species, individual: individual, pose: pose, scene: scene, width: size,
      height: size, pixels: easel.pixels, shows: easel.shows.map { $0 & ~Thing.another },
      others: others.isEmpty ? [] : easel.shows.map { $0 & Thing.another != 0 })
  }

  /// Gives a pose its place: the bird fills 60 to 92 % of the picture, or a share of that, and all of it
  /// is inside.
  private static func place(
    _ bird: Individual, _ pose: inout Pose, _ share: Float, _ draws: inout SplitMix
  ) {
    let box = Skeleton(bird.form, pose).box(pose)
    let extent = box.high - box.low
    pose.scale = share * (0.62 + 0.31 * draws.unit()) / max(extent.x, extent.y)
    let room = 1 - pose.scale * extent
    let corner = Point(room.x * (0.15 + 0.7 * draws.unit()), room.y * (0.15 + 0.7 * draws.unit()))
    let low = Point(pose.looksRight ? box.low.x : -box.high.x, box.low.y)
    pose.place = corner - pose.scale * low
  }
}
