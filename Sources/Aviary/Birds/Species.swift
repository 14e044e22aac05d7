import Ground

/// A species of bird. None of them is real, and their names are made up, so that nobody who
/// measures on them can mistake an answer for knowledge of birds.
///
/// ```swift
/// Species.all.count                               // 60
/// Species(named: "Plain Brackle")?.lookAlike       // of Redshouldered Brackle, in its epaulets
/// ```
public struct Species: Named {
  public static let kind = "a species"

  public let name: String
  public var form: Form
  /// The color of each patch that the species has.
  public var plumage: [Patch: Hue]
  /// What only some individuals have: how many of them, and which patches differ.
  public var varieties: [Variety] = []
  /// The species that this one is easily taken for.
  public var lookAlike: String?

  public struct Variety: Sendable {
    public let share: Float
    public let patches: [Patch: Hue?]
  }

  /// The name in file names, as CUB-200-2011 writes names.
  public var fileName: String { String(name.map { $0 == " " ? "_" : $0 }) }

  /// Returns the patches that only one of the two species has, or that differ in color.
  public func differences(from other: Species) -> [Patch] {
    Patch.allCases.filter { plumage[$0] != other.plumage[$0] }
  }

  /// Returns the species that this one is easily taken for: the species whose look-alike it is, and
  /// all other look-alikes of that species.
  public func lookAlikes(among others: [Species]) -> [Species] {
    others.filter { $0.name != name && ($0.lookAlike ?? $0.name) == (lookAlike ?? name) }
  }

  /// All pairs of a species and one of its look-alikes.
  public static let pairs: [(Species, Species)] = all.compactMap { species in
    species.lookAlike.flatMap(Species.init(named:)).map { ($0, species) }
  }
}

extension Species {
  /// Creates a species from the colors of its regions. All patches of a region have the same color
  /// unless a mark says otherwise.
  init(
    _ name: String, _ form: Form, head: Hue, above: Hue, below: Hue, wing: Hue? = nil,
    tail: Hue? = nil, bill: Hue = .black, leg: Hue = .black, eye: Hue = .black,
    _ marks: [Patch: Hue] = [:]
  ) {
    self.name = name
    self.form = form
    plumage = [
      .bill: bill, .eye: eye, .forehead: head, .crown: head, .nape: head, .face: head,
      .throat: head, .breast: below, .belly: below, .back: above, .wing: wing ?? above,
      .upperTail: tail ?? above, .underTail: tail ?? above, .leg: leg,
    ]
    plumage.merge(marks) { $1 }
  }

  /// Returns a look-alike: the same bird except for the given patches.
  func lookAlike(_ name: String, _ patches: [Patch: Hue?]) -> Species {
    var species = Species(self, named: name)
    for (patch, hue) in patches { species.plumage[patch] = hue }
    species.lookAlike = self.name
    return species
  }

  /// Returns the same species, of which a share of the individuals has other patches.
  func varying(_ share: Float, _ patches: [Patch: Hue?]) -> Species {
    var species = self
    species.varieties.append(Variety(share: share, patches: patches))
    return species
  }

  private init(_ species: Species, named name: String) {
    self.name = name
    form = species.form
    plumage = species.plumage
    varieties = species.varieties
  }

  /// Each plumage that occurs, and how often. Varieties are drawn independently of each other.
  var plumages: [(share: Float, plumage: [Patch: Hue])] {
    var found: [(share: Float, plumage: [Patch: Hue])] = [(1, plumage)]
    for variety in varieties {
      found =
        found.map { ($0.share * (1 - variety.share), $0.plumage) }
        + found.map { ($0.share * variety.share, $0.plumage.changed(by: variety.patches)) }
    }
    return found
  }
}

extension [Patch: Hue] {
  func changed(by patches: [Patch: Hue?]) -> [Patch: Hue] {
    var changed = self
    for (patch, hue) in patches { changed[patch] = hue }
    return changed
  }
}
