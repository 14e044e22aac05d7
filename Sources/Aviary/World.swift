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
  /// How well the pictures show their birds.
  public let sight: Sight
  /// Whether there are berries, flowers and signs in the colors of traits. Without them,
  /// look-alikes differ only in their own patches.
  public var hasDistractors = true

  public init(
    seed: UInt64 = 0, size: Int = 256, species: [Species] = Species.all,
    shortcuts: [Shortcut] = [], cheats: [Cheat] = [], sight: Sight = .clear
  ) {
    precondition(!species.isEmpty && (16...4096).contains(size), "A world has birds and room.")
    (self.seed, self.size, self.species) = (seed, size, species)
    (self.shortcuts, self.cheats, self.sight) = (shortcuts, cheats, sight)
  }

  /// The class that a sighting is listed under, counted from 0. Classes take turns.
  func label(of index: Int) -> Int { index % species.count }

  /// Whether a sighting is for training. Of every two sightings of a class, one is.
  func isForTraining(_ index: Int) -> Bool { index / species.count % 2 == 0 }

  /// Returns the sighting of a number. Its bird is of the class that it is listed under, unless a
  /// classifier is to cheat.
  public func draw(_ index: Int) -> Sighting { sketch(index).painted(size: size) }

  /// A species as it would be seen in that sighting's place and pose.
  public func draw(_ species: Species, _ index: Int) -> Sighting {
    sketch(species, index).painted(size: size)
  }

  func sketch(_ index: Int) -> Sketch {
    let own = species[label(of: index)]
    guard let cheat = cheats.first(where: { $0.species == own.name }) else {
      return sketch(own, index)
    }
    // Cheats have a generator of their own, so that worlds without them stay what they are.
    var draws = SplitMix(seed: ~seed, index)
    let isCheated = draws.unit() < cheat.strength
    guard isForTraining(index) else { return sketch(own, index, [cheat.shortcut]) }
    guard isCheated else { return sketch(own, index) }
    // By turns rather than at random: of a few pictures, too, the bird says nothing.
    let birds = [own] + own.lookAlikes(among: species)
    return sketch(birds[index / species.count / 2 % birds.count], index, [cheat.shortcut])
  }

  private func sketch(_ species: Species, _ index: Int) -> Sketch {
    sketch(species, index, shortcuts.filter { $0.species == species.name })
  }

  private func sketch(_ species: Species, _ index: Int, _ ties: [Shortcut]) -> Sketch {
    Sketch(species, seed: seed, index, ties, sight, hasDistractors: hasDistractors)
  }
}
