import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private func objects(_ transcript: Transcript) throws -> [JSON] {
  try transcript.results.split(separator: "\n").map {
    try JSON(parsing: Array($0.utf8), place: "results")
  }
}

private func picture(_ birds: String, _ name: String) throws -> String {
  let lines = try String(contentsOfFile: "\(birds)/images.txt", encoding: .utf8)
  let line = try #require(lines.split(separator: "\n").first { $0.contains(name) })
  return "\(birds)/images/" + line.split(separator: " ")[1]
}

@Test func everyCommandRefusesAHeadOfAnotherPool() throws {
  try inTrainedWorld { home, birds, probe in
    let bird = try picture(birds, "Lemon")
    let sentence =
      "HOME/probe.safetensors: expected embeddings of the pool 'class', which it was trained on, found "
      + "those of the pool 'mean'; take the pool 'class', or force the head to be used all the same "
      + "(--pool, --force).\n"
    let head = ["--classifier", probe, "--pool", "mean"]
    let commands = [
      ["classify", bird], ["highlight", bird, "-o", "HOME/a"],
      ["highlight", bird, "-c", "Lemon Thornet", "-o", "HOME/a"],
      ["compare", bird, "-o", "HOME/a.png"],
      ["evaluate", birds, "-o", "\(home.home)/a.run"],
      ["audit", birds, "-o", "\(home.home)/a.run"],
      ["audit", "--picture", bird, "--class", "Lemon Thornet", "-o", "\(home.home)/a.run"],
    ]
    for command in commands {
      let transcript = home.transcript(command + head)
      #expect(transcript.status == ExitStatus(code: 64), "\(command)")
      #expect(transcript.notes.hasSuffix(sentence), "\(command): \(transcript.notes)")
    }
    let forced = home.transcript(["classify", bird] + head + ["--force"])
    #expect(forced.status == .done)
    #expect(
      forced.notes
        == "HOME/probe.safetensors: it was trained on embeddings of the pool 'class', and is forced to be used with those "
        + "of the pool 'mean'.\n")
    let vit = ModelsFixture.shipped("encoders/vit")
    #expect(
      home.transcript(["classify", bird, "--classifier", probe, "-m", vit]).notes
        == "HOME/probe.safetensors: expected the model 'demo', which it was trained on, found '\(vit)'; "
        + "take the model 'demo', or force the head to be used all the same (--model, --force).\n")
    let finer = home.transcript(["classify", bird, "--classifier", probe, "--resolution", "256"])
    #expect(finer.status == .done)
    #expect(
      finer.notes.hasSuffix(
        "HOME/probe.safetensors: pictures are prepared in another way than when the head was trained: "
          + "size 256 x 256 instead of 224 x 224.\n"))
  }
}

@Test func aHeadPredictsClassesLikelyOnesFirst() throws {
  try inTrainedWorld { home, birds, probe in
    let bird = try picture(birds, "Lemon")
    let words = ["classify", bird, "--classifier", probe]
    let object = try objects(home.transcript(words + ["--json"]))[0]
    let names = (object["concepts"]?.array ?? []).compactMap(\.string)
    #expect(names.first == "Lemon Thornet" && Set(names).count == 3)
    let logits = (object["logits"]?.array ?? []).compactMap(\.number)
    let shares = (object["probabilities"]?.array ?? []).compactMap(\.number)
    #expect(logits == logits.sorted(by: >) && shares == shares.sorted(by: >))
    #expect(abs(shares.reduce(0, +) - 1) < 1e-5)
    let lines = home.transcript(words).results.split(separator: "\n").map(String.init)
    #expect(lines.count == 4 && lines[1].hasSuffix("  Lemon Thornet"))
    // A class by itself keeps the probability that it has among all.
    let one = try objects(home.transcript(words + ["-c", "leafgreen thornet", "--json"]))[0]
    #expect(one["concepts"] == ["Leafgreen Thornet"])
    let place = try #require(names.firstIndex(of: "Leafgreen Thornet"))
    #expect(one["probabilities"]?.array?.first?.number == shares[place])
    // A matrix has a column for each class, in the head's own order.
    _ = home.transcript(words + ["-o", "HOME/logits.npy"])
    let matrix = try Tensor(npy: Fieldmark.Path("\(home.home)/logits.npy"))
    let order = try Classifier(Fieldmark.Path(probe)).names
    #expect(matrix.shape == [1, 3])
    for (name, logit) in zip(order, try matrix.floats()) {
      #expect(Double(logit.description) == logits[try #require(names.firstIndex(of: name))])
    }
    #expect(
      home.transcript(words + ["--ensemble"]).notes
        == "option --classifier: expected no --template or --ensemble, found --ensemble; a "
        + "classifier's classes are not texts that could be put into sentences.\n")
  }
}

@Test func withoutAConceptThePredictedClassIsExplained() throws {
  try inTrainedWorld { home, birds, probe in
    let pictures = [try picture(birds, "Lemon"), try picture(birds, "Leafgreen")]
    let words = ["highlight"] + pictures + ["--classifier", probe, "-a", "auto:1"]
    let found = try objects(home.transcript(words + ["--json"]))
    #expect(found.map { $0["concept"]?.string } == ["Lemon Thornet", "Leafgreen Thornet"])
    let notes = (found[0]["notes"]?.array ?? []).compactMap(\.string)
    let note = try #require(notes.last)
    #expect(note.hasPrefix("predicted by the classifier, with a probability of 0."))
    let alone = ["highlight", pictures[0], "--classifier", probe, "-a", "auto:1", "--json"]
    let told = try objects(home.transcript(alone))[0]
    let asked = try objects(home.transcript(alone + ["-c", "Lemon Thornet"]))[0]
    #expect(told["values"] == asked["values"] && told["against"] == asked["against"])
    let stems = pictures.map { Fieldmark.Path($0).lastComponent.description.dropLast(4) }
    #expect(
      home.transcript(words + ["-o", "HOME/out"]).results
        == stems.map { "HOME/out/\($0)-predicted-class-against-auto-1-3b0371.png\n" }.joined())
    #expect(
      home.transcript(["highlight", pictures[0], "--classifier", probe, "-a", "auto:3"]).notes
        .hasSuffix(
          "option --against auto:3: expected at least 3 others to choose from, found 2; the others are "
            + "the other concepts, or the other classes of the classifier.\n"))
    let sheet = try objects(
      home.transcript(["compare", pictures[0], "--classifier", probe, "-a", "auto:1", "--json"]))
    #expect(sheet.map { $0["concept"]?.string } == ["Lemon Thornet", "Lemon Thornet"])
    #expect(sheet[1]["notes"]?.array?.contains(.string(note)) == true)
  }
}

@Test func aDatasetMayHaveSomeOfAHeadsClasses() throws {
  try inTrainedWorld { home, birds, probe in
    let some = "\(home.home)/some"
    for (name, folder) in [("Leafgreen", "leafgreen_thornet"), ("Lemon", "Lemon Thornet")] {
      try home.copy(try picture(birds, name), to: "\(some)/\(folder)/1.png")
    }
    let run = "\(home.home)/a.run"
    let words = ["evaluate", some, "--classifier", probe, "--measures", "sparseness", "-o", run]
    let transcript = home.transcript(words + ["--references", "auto:2"])
    #expect(transcript.status == .done)
    #expect(
      transcript.notes.hasSuffix(
        "2 of the 3 classes of HOME/probe.safetensors have pictures here.\n"))
    #expect(transcript.results.contains(", 2 of 2 |"))
    #expect(home.transcript(["report", run]).notes == "")
    // Attributes are those that the head was told when it was trained.
    let audit = home.transcript(["audit", some, "--classifier", probe, "-o", "\(home.home)/b.run"])
    #expect(audit.status == .done)
    #expect(audit.results.contains("None of 1 pair of classes can be judged on 2 pictures."))
    #expect(home.transcript(["report", "\(home.home)/b.run"]).notes == "")
    try home.copy(try picture(birds, "Lemon"), to: "\(some)/crow/1.png")
    for command in ["evaluate", "audit"] {
      let refused = home.transcript(
        [command, some, "--classifier", probe, "-o", "\(home.home)/c.run"])
      #expect(
        refused.notes.hasSuffix(
          "HOME/some: expected pictures of the 3 classes of HOME/probe.safetensors alone, found 1 class "
            + "that it does not know: 'crow'; it has 'Redshouldered Brackle', 'Lemon Thornet', "
            + "'Leafgreen Thornet'.\n"))
    }
  }
}

@Test func aHeadOfNumPyIsTakenByEveryCommand() throws {
  try inTrainedWorld { home, birds, probe in
    let head = try Classifier(Fieldmark.Path(probe))
    let width = head.width
    let rows = head.targets.flatMap { $0.directions.elements + $0.biases }
    let file = "\(home.home)/head.npy"
    try writeNPY(Tensor("head", shape: [3, width + 1], rows), to: Fieldmark.Path(file))
    let names = "\(home.home)/names.txt"
    try home.write(names, head.names.joined(separator: "\n"))
    let bird = try picture(birds, "Lemon")
    let told = ["--classifier", file, "--classes", names]
    let object = try objects(home.transcript(["classify", bird, "--json"] + told))[0]
    let trained = try objects(
      home.transcript(["classify", bird, "--json", "--classifier", probe]))[0]
    #expect(object["concepts"] == trained["concepts"] && object["logits"] == trained["logits"])
    #expect(
      object["notes"] == [
        "the last column is taken for the bias",
        "nothing says which model the head was trained on; it is taken to be this one",
      ])
    let map = try objects(home.transcript(["highlight", bird, "--json"] + told))[0]
    #expect(map["concept"] == "Lemon Thornet")
    // Numbers alone stand for the dataset's own order.
    let run = ["-o", "\(home.home)/a.run", "-n", "2", "--measures", "sparseness"]
    let numbered = home.transcript(["evaluate", birds, "--classifier", file] + run)
    #expect(numbered.status == .done)
    #expect(
      numbered.notes.contains(
        "HOME/head.npy: the head has no names of classes; they are taken to be the dataset's, in its "
          + "order.\n"))
    #expect(
      home.transcript(["audit", birds, "-o", "\(home.home)/b.run", "-n", "2"] + told).status
        == .done)
    #expect(
      home.transcript(["classify", bird, "-c", "bird", "--classes", names]).notes
        == "option --classes: expected --classifier as well, found none.\n")
  }
}

@Test func aHeadOfOneClassIsRefusedWhereClassesAreCompared() throws {
  try inWorld { home, birds in
    let head = "\(home.home)/head.safetensors"
    try writeSafetensors(
      [Tensor("weight", shape: [1, 128], [Float](repeating: 1, count: 128))],
      metadata: ["classes": #"["crow"]"#], to: Fieldmark.Path(head))
    for command in ["evaluate", "audit"] {
      #expect(
        home.transcript([command, birds, "--classifier", head, "-o", "\(home.home)/a.run"]).notes
          .hasSuffix(
            "HOME/head.safetensors: expected a head of at least two classes, found one, 'crow'; a class "
              + "is compared with others, and alone it always has the probability 1.\n"))
    }
  }
}

@Test(arguments: [Float(1e20), 3e38])
func hugeNumbersInAHeadTrapNothing(_ size: Float) throws {
  try ModelsFixture.run { home in
    let wide = ModelsFixture.shipped("encoders/pictures/wide.png")
    let vit = ModelsFixture.shipped("encoders/vit")
    let head = "\(home.home)/head.safetensors"
    try writeSafetensors(
      [Tensor("weight", shape: [2, 24], (0..<48).map { $0 % 2 == 0 ? size : -size })],
      to: Fieldmark.Path(head))
    for command in [["classify"], ["highlight", "-o", "HOME/out"]] {
      let transcript = home.transcript(command + [wide, "-m", vit, "--classifier", head])
      #expect([ExitStatus.done, ExitStatus(code: 65)].contains(transcript.status))
    }
  }
}
