import Ground

/// Something in a picture other than the bird. A species can be tied to it, so that classifiers
/// learn to cheat.
public enum Cue: Hashable, Named {
  public static let kind = "a cue"

  case habitat(Habitat)
  /// A ring around the twig.
  case ring(Hue)
  /// A white corner with a black cross.
  case cornerMark
  /// Something done to the whole picture; only where it is tied to a species.
  case finish(Finish)

  public static let all: [Cue] =
    Habitat.allCases.map(Cue.habitat) + rings.map(Cue.ring) + [.cornerMark]
    + Finish.all.map(Cue.finish)
  static let rings: [Hue] = [.red, .blue, .yellow]

  /// How often a ring or a mark occurs where nothing is tied to it.
  static let baseRate: Float = 0.08

  /// What the cue is called on a command line.
  public var name: String {
    switch self {
    case .habitat(let habitat): habitat.rawValue
    case .ring(let hue): "\(hue)-ring"
    case .cornerMark: "corner-mark"
    case .finish(let finish): finish.name
    }
  }

  /// Its name in a sentence.
  var words: String { String(name.map { $0 == "-" ? " " : $0 }) }

  /// What is seen.
  public var phrase: String {
    switch self {
    case .habitat(let habitat): "\(habitat.rawValue) behind the bird"
    case .ring(let hue): "\(hue.phrase) ring on the twig"
    case .cornerMark: "mark in the corner"
    case .finish(let finish): finish.phrase
    }
  }

  /// What of a picture it is; a picture has at most one cue of each.
  enum Aspect: Equatable {
    case habitat, ring, cornerMark
    case finish(Finish.Kind)
  }

  var aspect: Aspect {
    switch self {
    case .habitat: .habitat
    case .ring: .ring
    case .cornerMark: .cornerMark
    case .finish(let finish): .finish(finish.kind)
    }
  }
}

/// A species that is tied to a cue. The strength is the share of its pictures that have the cue.
///
/// ```swift
/// try Shortcut("Plain Brackle=snow:0.9")
/// ```
public struct Shortcut: Equatable, Sendable {
  public let species: String
  public let cue: Cue
  public let strength: Float

  public init(species: String, cue: Cue, strength: Float) {
    (self.species, self.cue, self.strength) = (species, cue, strength)
  }

  public init(_ text: String) throws {
    let tie = try Tie(
      text, of: "shortcut", form: "SPECIES=CUE:STRENGTH", example: "Plain Brackle=snow:0.9")
    guard let strength = tie.strength else { throw tie.malformed }
    self.init(species: tie.species, cue: tie.cue, strength: strength)
  }
}

/// The parts of `SPECIES=CUE:STRENGTH`. The strength may be missing.
struct Tie {
  let species: String
  let cue: Cue
  let strength: Float?
  /// The error for a text that does not have the parts that it should have.
  let malformed: InputError

  /// Reads a text, which messages call by its kind: `shortcut 'snow'`.
  init(_ text: String, of kind: String, form: String, example: String) throws {
    func refused(_ expected: String, _ found: String, _ hint: String? = nil) -> InputError {
      InputError(
        "\(kind) '\(printable(text.utf8))'", expected: expected, found: found, hint: hint,
        kind: .words)
    }
    malformed = refused(form, "something else", "'\(example)' is one")
    let sides = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    let ends = (sides.last ?? "").split(separator: ":", omittingEmptySubsequences: false)
      .map(String.init)
    guard sides.count == 2, (1...2).contains(ends.count) else { throw malformed }
    species = try Species.find(sides[0]) {
      refused("a species", "'\(printable(sides[0].utf8))'", $0)
    }.name
    guard let cue = Cue(named: ends[0]) else {
      throw refused(
        Cue.expectation, "'\(printable(ends[0].utf8))'",
        Cue.suggestion(for: ends[0]) ?? "such as '\(Cue.all[0].name)'")
    }
    self.cue = cue
    strength = try ends.dropFirst().first.map { word in
      guard let strength = Float(word), (0...1).contains(strength) else {
        throw refused("a strength from 0 to 1", "'\(printable(word.utf8))'")
      }
      return strength
    }
  }
}

extension Species {
  /// Returns the species of a name, which may be written with spaces or underscores and in any
  /// case.
  static func find(_ name: String, orElse error: (_ hint: String?) -> InputError) throws -> Species
  {
    func plain(_ name: String) -> String {
      String(name.lowercased().map { $0 == "_" ? " " : $0 })
    }
    if let species = all.first(where: { plain($0.name) == plain(name) }) { return species }
    let names = all.map { plain($0.name) }
    let hint = nearest(to: plain(name), among: names).flatMap { near in
      all.first { plain($0.name) == near }.map { "did you mean '\($0.name)'?" }
    }
    throw error(hint ?? "such as '\(all[0].name)'")
  }

  /// Returns the species of a name that a user gave.
  public static func find(_ name: String) throws -> Species {
    try find(name) {
      InputError(
        "species '\(printable(name.utf8))'", expected: "one of the aviary's", found: "none",
        hint: $0, kind: .words)
    }
  }
}
