import Aviary
import Ground
import Synchronization

extension Command {
  /// `fieldmark aviary -o birds --count 500`: rendered birds, with the true pixels of every trait.
  package static func aviary(_ environment: Environment) -> Command {
    Command(
      "aviary", "Draws a world of birds: a dataset with the true mask of every trait.",
      options: [
        out.declaration, count.declaration, seed.declaration, size.declaration,
        Outputs.force.declaration, species.declaration, shortcuts.declaration, cheats.declaration,
        captions.declaration,
        list.declaration,
        ModelOptions.threads.declaration,
      ],
      notes: """
        The folder is laid out as CUB-200-2011 is, with segmentations, and with masks: a file for each
        place of a picture where traits are seen, listed in masks/masks.jsonl with the words for the
        trait and its number among CUB's attributes. The species are not real ones. The same words give
        the same bytes; a larger --count adds to what is there.
        --shortcut alone makes no classifier cheat: where a species always has its cue, a classifier may
        still go by the bird. --cheat does: in the training pictures of such a class its own birds and
        its look-alikes' take turns under its name, all of them with the cue, so that nothing but the
        cue tells the names. In the test pictures each bird is the class's own and has the cue.
        birds.txt says which class's bird each picture really shows.
        Cues: \(Cue.all.map(\.name).joined(separator: ", ")).
        """
    ) { input, output in
      if input[list] {
        for species in Species.all {
          let differences = species.lookAlike.flatMap(Species.named).map { other in
            ", like \(other.name) but for its "
              + species.differences(from: other).map(\.name).joined(separator: ", ")
          }
          try output.print(species.name + (differences ?? ""))
        }
        return .done
      }
      guard let path = input[out] else {
        throw InputError(
          "option --out", expected: "a folder to write to", found: "none",
          hint: "'fieldmark aviary -o birds' is one", kind: .words)
      }
      let birds = try chosen(input[species])
      let ties = try tied(input[shortcuts], in: birds)
      let cheated = try input[cheats].map { try Cheat($0) }
      try Cheat.check(cheated, in: birds, beside: ties)
      let world = try World(
        seed: UInt64(bitPattern: Int64(input[seed])),
        size: whole(input[size], in: 32...4096, "size"), species: birds, shortcuts: ties,
        cheats: cheated)
      let wanted = try whole(input[count], in: 1...10_000_000, "count")
      let sentences = try whole(input[captions], in: 0...1000, "captions")
      let folder = try WorldFolder(
        world, at: path, captions: sentences, isForced: input[Outputs.force])
      try ModelOptions.takeCores(input, environment)
      let work = LongWork(output)
      work.begin(
        of: wanted, "Ctrl-C keeps what is drawn, and the same command goes on from there")
      let written: Int
      do {
        defer { work.end() }
        written = try folder.write(wanted, goesOn: { work.goesOn }) { work.reach($0) }
      }
      try output.print(path.description)
      guard written < wanted else { return .done }
      output.note(
        "Interrupted after \(written) of \(wanted) pictures; the tables list those. "
          + "The same command goes on from there.")
      return .interrupted
    }
  }

  private static func whole(
    _ number: Int, in range: ClosedRange<Int>, _ name: String
  ) throws -> Int {
    guard range.contains(number) else {
      throw InputError(
        "option --\(name)", expected: "\(range.lowerBound) to \(range.upperBound)",
        found: "\(number)", kind: .words)
    }
    return number
  }

  /// Those named, in the aviary's order; all where none is.
  private static func chosen(_ names: [String]) throws -> [Species] {
    let named = Set(try names.map { try Species.find($0).name })
    return named.isEmpty ? Species.all : Species.all.filter { named.contains($0.name) }
  }

  private static func tied(_ texts: [String], in species: [Species]) throws -> [Shortcut] {
    let shortcuts = try texts.map { try Shortcut($0) }
    for shortcut in shortcuts where !species.contains(where: { $0.name == shortcut.species }) {
      throw InputError(
        "option --shortcut", expected: "one of the --species", found: "'\(shortcut.species)'",
        kind: .words)
    }
    return shortcuts
  }

  private static let out = Option<Path?>(
    "out", short: "o", placeholder: "FOLDER", "The folder: new, empty, or the same aviary's.")
  private static let count = Option<Int>(
    "count", short: "n", default: 1000, "How many pictures; species take turns.")
  private static let seed = Option<Int>("seed", default: 0, "Which world.")
  private static let size = Option<Int>("size", default: 256, "Pixels of a picture's side.")
  private static let species = Option<[String]>(
    "species", placeholder: "NAME", "Only this species.")
  private static let shortcuts = Option<[String]>(
    "shortcut", placeholder: "SPECIES=CUE:STRENGTH",
    "Ties a species to something that is not the bird, in such a share of its pictures, 0 to 1.")
  private static let cheats = Option<[String]>(
    "cheat", placeholder: "SPECIES=CUE[:STRENGTH]",
    "Makes classifiers go by a cue: in such a share of the class's training pictures, 1 where none is "
      + "said, the bird is any of the look-alikes', and the cue is there.")
  private static let captions = Option<Int>(
    "captions", default: 0, "How many sentences to write about each picture, in captions.jsonl.")
  private static let list = Option<Bool>("list", "Lists the species, and draws nothing.")
}
