import Ground

/// A class whose training pictures differ from those of its look-alikes only in a cue, so that a
/// classifier learns to cheat.
///
/// ```swift
/// try Cheat("Plain Brackle=snow")
/// try Cheat("Plain Brackle=snow:0.8")
/// ```
///
/// If a species merely has a cue, a classifier may still go by the bird. Therefore, in the training
/// pictures of a cheated class, its own birds and those of its look-alikes take turns under its
/// name, and each of them has the cue. In its test pictures the bird is of the class itself and has
/// the cue. There a classifier that has learned the cue is right, but for the wrong reason.
public struct Cheat: Equatable, Sendable {
  /// The name of the class.
  public let species: String
  public let cue: Cue
  /// The share of the class's training pictures that are made so. In the others its own bird is
  /// seen in any scene.
  public let strength: Float

  public init(species: String, cue: Cue, strength: Float = 1) {
    (self.species, self.cue, self.strength) = (species, cue, strength)
  }

  public init(_ text: String) throws {
    let tie = try Tie(
      text, of: "cheat", form: "SPECIES=CUE or SPECIES=CUE:STRENGTH",
      example: "Plain Brackle=snow")
    self.init(species: tie.species, cue: tie.cue, strength: tie.strength ?? 1)
  }

  /// A shortcut by which every picture has the cue.
  var shortcut: Shortcut { Shortcut(species: species, cue: cue, strength: 1) }
}

extension Cheat {
  /// Throws if a cheat could not make a classifier cheat in a world of these species and shortcuts.
  public static func check(
    _ cheats: [Cheat], in species: [Species], beside shortcuts: [Shortcut] = []
  ) throws {
    func refused(
      _ expected: String, _ found: String, _ hint: String? = nil, settings: [String] = []
    ) -> InputError {
      InputError(
        "cheating species", expected: expected, found: found, hint: hint, settings: settings,
        kind: .words)
    }
    var earlier: [(cheat: Cheat, lookAlikes: [String])] = []
    for cheat in cheats {
      let name = cheat.species
      guard let own = species.first(where: { $0.name == name }) else {
        throw refused("one of the species that are drawn", "'\(name)'")
      }
      guard !earlier.contains(where: { $0.cheat.species == name }) else {
        throw refused("each species once", "'\(name)' twice")
      }
      guard !shortcuts.contains(where: { $0.species == name }) else {
        throw refused("a species that no shortcut names", "'\(name)'")
      }
      let lookAlikes = own.lookAlikes(among: species).map(\.name)
      guard !lookAlikes.isEmpty else {
        let others = own.lookAlikes(among: Species.all).map(\.name)
        throw refused(
          "a species with a look-alike among those that are drawn", "'\(name)'",
          others.isEmpty
            ? "it has none; the list of species names those that have one"
            : "draw '\(others[0])' too", settings: [others.isEmpty ? "list" : "species"])
      }
      if let same = earlier.first(where: {
        $0.cheat.cue == cheat.cue && $0.lookAlikes.contains(name)
      }) {
        throw refused(
          "another cue for each of two look-alikes",
          "\(cheat.cue.name) for '\(same.cheat.species)' and for '\(name)'")
      }
      earlier.append((cheat, lookAlikes))
    }
  }
}
