import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let wide = ModelsFixture.shipped("encoders/pictures/wide.png")

/// A command line of each command that writes, all of whose files go below OUT. In the folder are a world
/// of birds, a table of them, a head, a run, and a picture.
private let writers: [String: [String]] = [
  "highlight": [
    "HOME/wide.png", "-m", vit, "-c", "bird", "-o", "OUT/",
    "--save", "png,heat,npy,json,mask,rle,html",
  ],
  "compare": ["HOME/wide.png", "-m", vit, "-c", "bird", "-a", "wing", "-o", "OUT/a.png"],
  "classify": ["HOME/wide.png", "-m", vit, "-c", "bird", "-o", "OUT/a.npy"],
  "embed": ["HOME/wide.png", "-m", vit, "-o", "OUT/a.npy"],
  "train": [
    "HOME/birds/data.csv", "-o", "OUT/a.safetensors", "--with", "least-squares", "--cosines", "OUT",
  ],
  "evaluate": [
    "HOME/birds", "--classifier", "HOME/probe.safetensors", "-n", "1", "--measures", "energy",
    "--references", "auto:1", "-o", "OUT/a.run",
  ],
  "audit": ["HOME/birds", "--classifier", "HOME/probe.safetensors", "-n", "1", "-o", "OUT/a.run"],
  "merge": ["HOME/old.run", "-o", "OUT/a.run"],
  "report": ["HOME/old.run", "-o", "OUT/a.html"],
  "demo": ["-o", "OUT"],
  "aviary": ["-o", "OUT", "-n", "1", "--size", "32"],
]

/// Asks with a file of the same call for the output.
private let inputs: [(words: [String], file: String)] = [
  (["highlight", "HOME/wide.png", "-m", vit, "-c", "bird", "-o", "HOME/wide.png"], "wide.png"),
  (
    ["highlight", "HOME/wide.png", "-m", vit, "-c", "bird", "-o", "HOME/in/../wide.png"], "wide.png"
  ),
  (
    ["compare", "HOME/wide.png", "-m", vit, "-c", "a", "-a", "b", "-o", "HOME/wide.png"], "wide.png"
  ),
  (["classify", "HOME/wide.png", "-m", vit, "-c", "a", "-o", "HOME/wide.png"], "wide.png"),
  (["embed", "HOME/one.png", "HOME/wide.png", "-m", vit, "-o", "HOME/wide.png"], "wide.png"),
  (["train", "HOME/birds/data.csv", "-o", "HOME/birds/data.csv"], "birds/data.csv"),
  (
    ["train", "HOME/birds/cosines.csv", "-o", "HOME/p.safetensors", "--cosines", "HOME/birds"],
    "birds/cosines.csv"
  ),
  (
    ["evaluate", "HOME/birds/old.run.csv", "--classifier", "HOME/table.safetensors"]
      + ["--references", "auto:1", "-o", "HOME/birds/old.run"], "birds/old.run.csv"
  ),
  (
    ["audit", "HOME/birds", "--classifier", "HOME/probe.safetensors", "-o"]
      + ["HOME/probe.safetensors"], "probe.safetensors"
  ),
  (["merge", "HOME/old.run", "-o", "HOME/old.run"], "old.run"),
  (["report", "HOME/old.run", "-o", "HOME/old.run"], "old.run"),
]

private func inWorkshop(_ body: (ModelsFixture) throws -> Void) throws {
  try inTrainedWorld { home, birds, _ in
    try home.copy(wide, to: "\(home.home)/wide.png")
    try home.copy(wide, to: "\(home.home)/one.png")
    try home.copy("\(birds)/images.txt", to: "\(home.home)/in/images.txt")
    let images = try String(contentsOfFile: "\(birds)/images.txt", encoding: .utf8)
    let rows = images.split(separator: "\n").map { line -> String in
      let path = line.split(separator: " ")[1]
      return "images/\(path),\(path.dropFirst(4).prefix { $0 != "/" }.replacing("_", with: " "))"
    }
    for name in ["data", "cosines", "old.run"] {
      try home.write("\(birds)/\(name).csv", (["path,class"] + rows).joined(separator: "\n"))
    }
    let table = ["train", "HOME/birds/data.csv", "-o", "HOME/table.safetensors"]
    #expect(home.transcript(table + ["--with", "least-squares"]).status == .done)
    let old = [
      "evaluate", birds, "--classifier", "HOME/probe.safetensors", "-n", "1", "--measures",
      "energy",
      "--references", "auto:1", "-o", "HOME/old.run",
    ]
    #expect(home.transcript(old).status == .done)
    try body(home)
  }
}

/// Commands of `fieldmark --help`, by what their own help says.
private func commands(withOption option: String) -> [String] {
  let lines = Program.fieldmark.transcript(["--help"]).results.split(separator: "\n")
  let names = lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("  the libraries") }.map { line in
    line.dropFirst(2).split(separator: " ").prefix { $0.first?.isLowercase == true }
      .joined(separator: " ")
  }
  return names.filter { name in
    let help = Program.fieldmark.transcript(
      name.split(separator: " ").map(String.init) + ["--help"])
    return help.status == .done
      && help.results.split(separator: "\n").contains {
        $0.drop { $0 == " " }.split(separator: " ").prefix(2).contains(Substring(option))
      }
  }
}

private func files(below folder: String) -> [String] {
  let walk = FileManager.default.enumerator(atPath: folder)
  return (walk?.compactMap { $0 as? String } ?? []).filter { name in
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
    return !isFolder.boolValue
  }.sorted()
}

@Test func everyCommandThatWritesCanBeForcedAndIsTried() {
  let writing = commands(withOption: "--out")
  #expect(writing.sorted() == writers.keys.sorted())
  // The server writes nothing, and forces only a classifier that was trained on another model.
  #expect(Set(commands(withOption: "--force")) == Set(writing + ["serve"]))
  let places = Program.fieldmark.commands.map { command in
    (command.name, command.options.filter { $0.role == .output }.map(\.flag))
  }
  #expect(places.filter { !$0.1.isEmpty }.map(\.0).sorted() == writing.sorted())
  #expect(Set(places.flatMap(\.1)) == ["--out", "--cosines"])
}

/// Wherever a command writes, somebody else's file is left as it was, before any work is done.
@Test func whatFieldmarkDidNotMakeIsNeverWrittenOver() throws {
  try inWorkshop { home in
    for (command, line) in writers.sorted(by: { $0.key < $1.key }) {
      let out = "\(home.home)/out-\(command)"
      let words = [command] + line.map { $0.replacing("OUT", with: out) }
      let first = home.transcript(words)
      #expect(first.status == .done, "\(command): \(first.notes)")
      let made = files(below: out)
      #expect(!made.isEmpty, "\(command)")
      // Its own files may be written again.
      #expect(home.transcript(words).status == .done, "\(command)")
      // Of hundreds of files of an aviary some are enough.
      for file in command == "aviary" ? made.filter({ !$0.contains("/") }) : made {
        try FileManager.default.removeItem(atPath: out)
        try home.write("\(out)/\(file)", "mine")
        let refused = home.transcript(words)
        // An aviary cannot be read where its settings are something else.
        let isBroken = command == "aviary" && file == "aviary.json"
        #expect(refused.status.code == (isBroken ? 65 : 73), "\(command) \(file): \(refused.notes)")
        #expect(refused.notes.contains("out-\(command)"), "\(command) \(file)")
        #expect(files(below: out) == [file], "\(command) \(file)")
        #expect(try String(contentsOfFile: "\(out)/\(file)", encoding: .utf8) == "mine")
      }
      guard command != "aviary" else { continue }
      let forced = home.transcript(words + ["--force"])
      #expect(forced.status == .done, "\(command): \(forced.notes)")
      #expect(files(below: out) == made, "\(command)")
    }
  }
}

@Test func anOutputNeverReplacesAnInput() throws {
  try inWorkshop { home in
    for (words, file) in inputs {
      let path = URL(fileURLWithPath: "\(home.home)/\(file)")
      let before = try Data(contentsOf: path)
      let transcript = home.transcript(words)
      #expect(transcript.status.code == 64, "\(words)")
      #expect(
        transcript.notes.hasSuffix(
          ": expected another file to write to, found one that is read here; give another name, or "
            + "--force to write over it.\n"), "\(words): \(transcript.notes)")
      #expect(try Data(contentsOf: path) == before, "\(words)")
    }
  }
}

@Test func aRefusalSaysWhatLiesThereAndWhatWouldHelp() throws {
  try ModelsFixture.run { home in
    try home.write("\(home.home)/mine.npy", "mine")
    try home.write("\(home.home)/empty.npy", "")
    try FileManager.default.createSymbolicLink(
      atPath: "\(home.home)/link.npy", withDestinationPath: "gone.npy")
    try home.copy(wide, to: "\(home.home)/wide.png")
    let words = ["embed", "HOME/wide.png", "-m", vit, "-o"]
    let hint = "; give another name with --out, or --force to write over it.\n"
    #expect(
      home.transcript(words + ["HOME/mine.npy"])
        == Transcript(
          notes: "HOME/mine.npy: expected no file, or a NumPy file that Fieldmark made, found one "
            + "that Fieldmark did not make" + hint, status: ExitStatus(code: 73)))
    #expect(
      home.transcript(words + ["HOME/link.npy"]).notes
        == "HOME/link.npy: expected a file to write to, found a link to nothing" + hint)
    // Nothing is lost with an empty file.
    #expect(home.transcript(words + ["HOME/empty.npy"]).status == .done)
    #expect(
      home.transcript(["highlight", "HOME/wide.png", "-m", vit, "-c", "a", "-o", "HOME/a.png"])
        .status
        == .done)
    #expect(
      home.transcript(words + ["HOME/a.png"]).notes
        == "HOME/a.png: expected no file, or a NumPy file that Fieldmark made, found a picture with "
        + "maps of Fieldmark's" + hint)
  }
}

@Test func twoOutputsHaveTwoNames() throws {
  try inWorld { home, birds in
    let refused = home.transcript([
      "train", birds, "-o", "HOME/c/cosines.csv", "--cosines", "HOME/c/../c",
    ])
    #expect(refused.status.code == 64)
    #expect(
      refused.notes
        == "HOME/c/../c/cosines.csv: expected a different name for each file that is written, found "
        + "the same name for two.\n")
  }
}

/// 2 maps, then 4, then 8: what was drawn was taken for pictures.
@Test func aFolderThatIsAskedAgainHasTheSamePictures() throws {
  try ModelsFixture.run { home in
    for name in ["a", "b"] { try home.copy(wide, to: "\(home.home)/in/\(name).png") }
    let words = ["highlight", "HOME/in", "-m", vit, "-c", "bird", "-o"]
    let first = home.transcript(words + ["HOME/in"])
    #expect(first.results.split(separator: "\n").count == 2 && first.notes == "")
    let again = home.transcript(words + ["HOME/in/fieldmark-out"])
    #expect(again.results.split(separator: "\n").count == 2)
    #expect(again.notes == "2 maps that Fieldmark drew are left out.\n")
    let third = home.transcript(words + ["HOME/in"])
    #expect(third.results == first.results)
    #expect(
      third.notes
        == "2 maps that Fieldmark drew and 1 folder named fieldmark-out are left out.\n")
    // Who names a map means it.
    let named = home.transcript(
      ["classify", "HOME/in/a-bird-encoders-vit.png", "-m", vit, "-c", "bird"])
    #expect(named.status == .done)
    let group = home.transcript(
      ["highlight", wide, "-m", vit, "--against-pictures", "HOME/in", "--json"])
    #expect(
      group.notes
        .hasPrefix("HOME/in: 2 maps that Fieldmark drew and 1 folder named fieldmark-out are left"))
  }
}

@Test func filesOfAnotherPictureOfThatNameAreLeftAlone() throws {
  try ModelsFixture.run { home in
    try home.copy(wide, to: "\(home.home)/a/1.png")
    try home.copy(ModelsFixture.shipped("encoders/pictures/tall.png"), to: "\(home.home)/b/1.png")
    let words = ["-m", vit, "-c", "bird", "-o", "HOME/out", "--save"]
    for format in ["png", "json", "html", "rle"] {
      let ending = format == "rle" ? "rle.json" : format
      let first = home.transcript(["highlight", "HOME/a/1.png"] + words + [format])
      #expect(first.results == "HOME/out/1-bird-encoders-vit.\(ending)\n")
      #expect(
        home.transcript(["highlight", "HOME/b/1.png"] + words + [format])
          == Transcript(
            notes: "HOME/out/1-bird-encoders-vit.\(ending): expected no file, or one made from the "
              + "same picture and files, found one made from others; give another name with --out, or "
              + "--force to write over it.\n", status: ExitStatus(code: 73)))
      #expect(
        home.transcript(["highlight", "HOME/a/../a/1.png"] + words + [format]).results
          == first.results)
    }
  }
}

@Test(arguments: [
  ["audit", "birds", "--classifier", "probe.safetensors", "-o", ""],
  ["aviary", "-o", ""],
  ["train", "birds", "--out="],
])
func anEmptyNameOfAnOutputIsRefused(words: [String]) {
  let expected = Transcript(
    notes: "option --out: expected a file name, found ''.\n", status: ExitStatus(code: 64))
  #expect(Program.fieldmark.transcript(words) == expected)
}
