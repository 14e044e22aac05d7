import Ground

/// A world of birds, in which every pixel of every trait is known.
///
/// ```swift
/// let world = World(seed: 7)
/// let sighting = world.draw(12)
/// sighting.picture                                       // 256 x 256
/// sighting.species.name                                  // Rustycapped Pipling
/// for trait in sighting.traits { print(trait.phrase) }   // short, cone-shaped bill, ...
/// sighting.mask(of: sighting.traits[0])                  // true where it is seen
/// ```
///
/// The same seed gives the same bytes on every machine and with any number of threads: sighting 12
/// does not depend on who drew the others.
public struct World: Sendable {
  public let seed: UInt64
  /// The number of pixels in a picture's side.
  public let size: Int
  public let species: [Species]
  public let shortcuts: [Shortcut]
  public let cheats: [Cheat]
  /// Whether there are berries, flowers and signs in the colors of traits. Without them,
  /// look-alikes differ only in their own patches.
  public var hasDistractors = true

  public init(
    seed: UInt64 = 0, size: Int = 256, species: [Species] = Species.all,
    shortcuts: [Shortcut] = [], cheats: [Cheat] = []
  ) {
    precondition(!species.isEmpty && (16...4096).contains(size), "A world has birds and room.")
    (self.seed, self.size, self.species) = (seed, size, species)
    (self.shortcuts, self.cheats) = (shortcuts, cheats)
  }

  /// The class that a sighting is listed under, counted from 0. Classes take turns.
  func label(of index: Int) -> Int { index % species.count }

  /// Whether a sighting is for training. Of every two sightings of a class, one is.
  func isForTraining(_ index: Int) -> Bool { index / species.count % 2 == 0 }

  /// Returns the sighting of a number. Its bird is of the class that it is listed under, unless a
  /// classifier is to cheat.
  public func draw(_ index: Int) -> Sighting {
    let own = species[label(of: index)]
    guard let cheat = cheats.first(where: { $0.species == own.name }) else {
      return draw(own, index)
    }
    // Cheats have a generator of their own, so that worlds without them stay what they are.
    var draws = SplitMix(seed: ~seed, index)
    let isCheated = draws.unit() < cheat.strength
    guard isForTraining(index) else { return draw(own, index, [cheat.shortcut]) }
    guard isCheated else { return draw(own, index) }
    // Birds take turns and are not drawn at random, so that even in a few pictures the bird says
    // nothing.
    let birds = [own] + own.lookAlikes(among: species)
    return draw(birds[index / species.count / 2 % birds.count], index, [cheat.shortcut])
  }

  /// Returns a species as it would be seen in the place and pose of that sighting.
  public func draw(_ species: Species, _ index: Int) -> Sighting {
    draw(species, index, shortcuts.filter { $0.species == species.name })
  }

  private func draw(_ species: Species, _ index: Int, _ ties: [Shortcut]) -> Sighting {
    var draws = SplitMix(seed: seed, index)
    var sceneDraws = SplitMix(seed: draws.next())
    var birdDraws = SplitMix(seed: draws.next())
    var poseDraws = SplitMix(seed: draws.next())
    var clutterDraws = SplitMix(seed: draws.next())
    var scene = Scene(ties, habits: species.form.habits, &sceneDraws)
    let individual = Individual(species, &birdDraws)
    if hasDistractors { scene.distract(with: individual.plumage, &sceneDraws) }
    var pose = Pose(species.form.habits, isOnWater: scene.isOnWater, &poseDraws)
    World.place(individual, &pose, &poseDraws)
    let bird = Bird(individual, pose, scene.lighting)

    var easel = Easel(size: size)
    scene.habitat.paint(
      on: &easel, horizon: scene.horizon, shade: scene.shade, seed: scene.seed)
    bird.drawPerch(scene, on: &easel)
    scene.drawDistractors(around: pose, on: &easel, &clutterDraws)
    bird.draw(on: &easel)
    bird.drawWater(scene, on: &easel)
    scene.drawCover(on: &easel, &clutterDraws)
    scene.drawMark(on: &easel)
    return Sighting(
      species: species, individual: individual, pose: pose, scene: scene, width: size,
      height: size, pixels: easel.pixels, shows: easel.shows)
  }

  /// Gives a pose its place. The longer side of the bird's box is 62 to 93 % of the picture's, and
  /// all of it lies inside.
  private static func place(
    _ bird: Individual, _ pose: inout Pose, _ draws: inout SplitMix
  ) {
    let box = Skeleton(bird.form, pose).box(pose)
    let extent = box.high - box.low
    pose.scale = (0.62 + 0.31 * draws.unit()) / max(extent.x, extent.y)
    let room = 1 - pose.scale * extent
    let corner = Point(room.x * (0.15 + 0.7 * draws.unit()), room.y * (0.15 + 0.7 * draws.unit()))
    let low = Point(pose.looksRight ? box.low.x : -box.high.x, box.low.y)
    pose.place = corner - pose.scale * low
  }
}
