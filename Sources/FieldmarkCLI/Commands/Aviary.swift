import Aviary
import Ground
import Parsing
import Synchronization

private struct Options: OptionGroup {
  let out = Option<Path?>(
    "out", short: "o", placeholder: "FOLDER", role: .output,
    "The folder of the dataset. It is new, empty, or holds the same dataset already.")
  let count = Option<Int>(
    "count", short: "n", default: 1000, "How many pictures are drawn; the species take turns.")
  let seed = Option<Int>("seed", default: 0, "The seed of all random draws.")
  let size = Option<Int>("size", default: 256, "The side of a picture in pixels.")
  let force = Option<Bool>("force", "Writes into a folder that has other files in it.")
  let species = Option<[String]>("species", placeholder: "NAME", "Draws only this species.")
  let shortcuts = Option<[String]>(
    "shortcut", placeholder: "SPECIES=CUE:STRENGTH",
    "Ties a species to a cue that is not part of the bird, in this share of its pictures, 0 to 1.")
  let cheats = Option<[String]>(
    "cheat", placeholder: "SPECIES=CUE[:STRENGTH]",
    "Makes classifiers rely on a cue. In this share of the training pictures of the species, 1 without "
      + "STRENGTH, the cue is present, and the bird may be any of the look-alikes.")
  let sight = Option<Sight>(
    "sight", default: .clear,
    "How well the pictures show their birds: "
      + Sight.all.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + ".")
  let captions = Option<Int>(
    "captions", default: 0,
    "How many sentences about each picture are written, in captions.jsonl.")
  let counterfactuals = Option<Bool>(
    "counterfactuals",
    "Draws each test picture again with one thing exchanged: a trait, or a cue that is tied to the "
      + "species.")
  let list = Option<Bool>("list", "Lists the species and draws nothing.")
  let threads = ModelOptions.threads
}

extension Command {
  /// `fieldmark aviary -o birds --count 500`: drawn birds with the true mask of every trait.
  package static func aviary(_ environment: Environment) -> Command {
    Command(
      "aviary", "Draws a dataset of birds with the true mask of every trait.",
      options: Options.self,
      notes: """
        The folder has the layout of CUB-200-2011, with segmentations, and with masks: one file for each place of a
        picture where traits are visible. masks/masks.jsonl lists them with the words for each trait and its
        number among CUB's attributes. The species are invented. The same command draws the same bytes; a larger
        --count adds pictures to those that are there.
        --shortcut alone does not make a classifier cheat: even if a species always has its cue, a classifier may
        still recognize the bird. --cheat does: in the training pictures of such a class, its own birds and those
        of its look-alikes take turns under its name, all of them with the cue, so that only the cue tells the
        names apart. In the test pictures, each bird is the class's own and has the cue. birds.txt says which
        class's bird each picture really shows.
        --counterfactuals shows what a classifier relies on. Beside each test picture it draws twins, in which
        exactly one thing is that of a look-alike: its bird in the same place and pose, or the cue that is tied
        to it, or no cue where it has none. The twins are in counterfactuals/ and are not part of the dataset.
        counterfactuals.csv lists them: the picture (picture) and its twin (changed), whether a trait or a cue
        differs (kind), what was exchanged for what (what), the class of the picture (class), and the class
        whose look the twin has (toward).
        With --sight, masks show what is left to be seen. Of several birds, the largest is the one that the
        picture is of, and masks and attributes tell of all birds; as in CUB, there is one box, and it and the
        places of parts are of that bird. The same --seed gives the same birds, poses and habitats for each
        sight.
        Cues: \(Cue.all.map(\.name).joined(separator: ", ")).
        """
    ) { input, output in
      if input[Options.list] {
        for species in Species.all {
          let differences = species.lookAlike.flatMap(Species.init(named:)).map { other in
            ", like \(other.name) but for its "
              + species.differences(from: other).map(\.name).joined(separator: ", ")
          }
          try output.print(species.name + (differences ?? ""))
        }
        return .done
      }
      guard let path = input[Options.out] else {
        throw InputError(
          "option --out", expected: "a folder to write to", found: "none",
          hint: "'fieldmark aviary -o birds' is one", kind: .words)
      }
      let birds = try chosen(input[Options.species])
      let ties = try tied(input[Options.shortcuts], in: birds)
      let cheated = try input[Options.cheats].map { try Cheat($0) }
      try Cheat.check(cheated, in: birds, beside: ties)
      let world = try World(
        seed: UInt64(bitPattern: Int64(input[Options.seed])),
        size: whole(input[Options.size], in: 32...4096, "size"), species: birds, shortcuts: ties,
        cheats: cheated, sight: input[Options.sight])
      let wanted = try whole(input[Options.count], in: 1...10_000_000, "count")
      if input[Options.counterfactuals] { try checkTwins(of: wanted, birds) }
      let sentences = try whole(input[Options.captions], in: 0...1000, "captions")
      let folder = try WorldFolder(
        world, at: path, captions: sentences, twins: input[Options.counterfactuals],
        isForced: input[Options.force])
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

  private static func checkTwins(of count: Int, _ species: [Species]) throws {
    try Twin.check(among: species)
    guard count > species.count else {
      throw InputError(
        "option --count",
        expected:
          "more than \(species.count) with --counterfactuals, since the first picture of each "
          + "species is for training", found: "\(count)", kind: .words)
    }
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
}

extension Sight: OptionValue {}
