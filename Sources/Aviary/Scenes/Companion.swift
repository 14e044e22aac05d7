import Ground

/// Another bird of the same species, somewhat farther away than the one that the picture is of. It
/// has the same plumage, so that a mask of a trait is true of all birds in the picture.
struct Companion: Sendable {
  private(set) var individual: Individual
  let pose: Pose
  private let seed: UInt64

  /// Finds places for so many beside a bird, where they hide each other least. The farthest comes
  /// first.
  static func flock(
    _ count: Int, of species: Species, beside bird: Individual, _ pose: Pose, in scene: Scene,
    _ draws: inout SplitMix
  ) -> [Companion] {
    var found: [Companion] = []
    for _ in 0..<count {
      let taken = [bird.box(pose)] + found.map { $0.individual.box($0.pose) }
      found.append(
        Companion(of: species, beside: bird, pose, in: scene, apartFrom: taken, &draws))
    }
    return found.sorted { $0.pose.place.y < $1.pose.place.y }
  }

  private init(
    of species: Species, beside bird: Individual, _ nearest: Pose, in scene: Scene,
    apartFrom taken: [Box], _ draws: inout SplitMix
  ) {
    seed = draws.next()
    individual = Individual(species, seed: seed, plumage: bird.plumage)
    var pose = Pose(species.form.habits, isOnWater: scene.isOnWater, &draws)
    pose.scale = nearest.scale * (0.7 + 0.25 * draws.unit())
    pose.place = .zero
    let box = individual.box(pose)
    let room = pointwiseMax(1 - (box.high - box.low), .zero)
    // On one level, what is farther away is higher in the picture. Otherwise it would be under the
    // water or the ground that the nearest bird is on.
    let isLevel = species.form.habits == .swims || species.form.habits == .walks
    let lowest = isLevel ? nearest.place.y - 0.02 : 1
    let places = (0..<16).map { _ in
      var place = room * Point(draws.unit(), draws.unit()) - box.low
      place.y = min(place.y, lowest)
      return place
    }
    func hidden(_ place: Point) -> Float {
      taken.reduce(0) { $0 + $1.overlap(Box([place + box.low, place + box.high], margin: 0)) }
    }
    pose.place = places.min { hidden($0) < hidden($1) } ?? places[0]
    self.pose = pose
  }

  /// Makes it a bird of another species, like the one in question.
  mutating func exchange(for species: Species, like bird: Individual) {
    individual = Individual(species, seed: seed, plumage: bird.plumage)
  }

  func draw(in scene: Scene, on easel: inout Easel) {
    let bird = Bird(individual, pose, scene.lighting)
    bird.drawPerch(scene, hasRing: false, on: &easel)
    bird.draw(on: &easel)
    bird.drawWater(scene, on: &easel)
  }
}

extension Individual {
  /// About where a bird is in the picture.
  func box(_ pose: Pose) -> Box {
    let box = Skeleton(form, pose).box(pose)
    return Box([pose.outer(box.low), pose.outer(box.high)], margin: 0)
  }
}
