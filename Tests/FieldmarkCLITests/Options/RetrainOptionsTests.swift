import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private func json(_ transcript: Transcript) throws -> JSON {
  try JSON(parsing: Array(transcript.results.utf8), place: "results")
}

/// The changes of the first pair that has some.
private func changes(_ summary: JSON) throws -> [JSON.Member] {
  let pairs = summary["pairs"]?.array ?? []
  return try #require(
    pairs.compactMap { $0["changes"]?.members }.first { !$0.isEmpty })
}

@Test func headsThatAreTrainedAgainWidenTheIntervals() throws {
  try inTrainedWorld { home, birds, probe in
    func audit(_ name: String, _ more: [String] = []) -> Transcript {
      home.transcript(
        [
          "audit", birds, "--classifier", probe, "--split", "all", "-n", "24", "--nuisance",
          "background", "-o", "\(home.home)/\(name).run", "--json",
        ] + more)
    }
    let alone = audit("alone")
    let again = audit("again", ["--retrain", "6"])
    #expect(alone.status == .done && again.status == .done, "\(again.notes)")
    #expect(
      try json(alone)["intervals"]?.string
        == "Intervals are those in which the share of this classifier lies with a confidence of 95 % over more "
        + "pictures like these, changed by the same amounts; they say nothing of how another training would come out."
    )
    #expect(
      try json(again)["intervals"]?.string
        == "Intervals are those in which the share of another classifier lies with a confidence of 95 %, trained in "
        + "the same way on other pictures of the same kind: they cover pictures, the amounts that "
        + "are estimated from them, and training (6 further trainings)."
    )
    let (narrow, wide) = (try changes(try json(alone)), try changes(try json(again)))
    #expect(narrow.map(\.key) == wide.map(\.key))
    for (narrow, wide) in zip(narrow, wide) {
      #expect(wide.value["trainings"]?.integer == 6 && narrow.value["trainings"] == nil)
      #expect(wide.value["share"] == narrow.value["share"] && wide.value["p"] == narrow.value["p"])
      #expect(wide.value["low_over_pictures"] == narrow.value["low"])
      let (low, old) = (wide.value["low"]?.number ?? 0, narrow.value["low"]?.number ?? 0)
      #expect(low < old)
    }
    #expect(audit("again", ["--retrain", "6"]).results == again.results)
    #expect(
      audit("again", ["--retrain", "7"]).notes.hasSuffix(
        "again.run: expected a run with retrained 7, found retrained 6; write a run with other settings to "
          + "another file.\n"))
    let csv = try String(contentsOfFile: "\(home.home)/again.run.csv", encoding: .utf8)
    #expect(csv.contains("intervals_cover,traits_share") && csv.contains(",pictures and training,"))
    #expect(home.transcript(["report", "\(home.home)/again.run"]).status == .done)
    let page = try String(contentsOfFile: "\(home.home)/again.run.html", encoding: .utf8)
    #expect(
      page.contains(
        "they cover pictures, the amounts that are estimated from them, and training (6 further "
          + "trainings)."))
  }
}

@Test func replicasTakeThePlaceOfTraining() throws {
  try inTrainedWorld { home, birds, probe in
    func audit(_ replicas: [String]) -> Transcript {
      home.transcript(
        [
          "audit", birds, "--classifier", probe, "--split", "all", "-n", "24", "--nuisance",
          "background", "-o", "\(home.home)/a.run", "--json",
        ] + replicas.flatMap { ["--replica", $0] })
    }
    // The same head five times over does not differ from itself, so that the training adds nothing.
    let same = audit(Array(repeating: probe, count: 5))
    #expect(same.status == .done, "\(same.notes)")
    for change in try changes(try json(same)) {
      let (low, alone) = (change.value["low"]?.number, change.value["low_over_pictures"]?.number)
      #expect(abs((low ?? 0) - (alone ?? 1)) < 1e-4)
    }
    do {
      let other = Path("\(home.home)/other.safetensors")
      let width = try Classifier(Path(probe)).width
      try writeSafetensors(
        [Tensor("weight", shape: [2, width], [Float](repeating: 1, count: 2 * width))],
        metadata: ["classes": "[\"Perch\",\"Roach\"]"], to: other)
      #expect(
        audit(Array(repeating: other.description, count: 5)).notes.hasSuffix(
          "other.safetensors: expected the classes of HOME/probe.safetensors, in the same order, found "
            + "others.\n"))
    }
  }
}

@Test func trainingPicturesAreNeededOfEachClass() throws {
  try inTrainedWorld { home, birds, probe in
    let table = "\(home.home)/some.csv"
    let folder = "\(birds)/images/001.Redshouldered_Brackle"
    let pictures = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().prefix(6)
    let other = try FileManager.default.contentsOfDirectory(atPath: "\(birds)/images").sorted()[1]
    let one = try FileManager.default.contentsOfDirectory(atPath: "\(birds)/images/\(other)")[0]
    let rows =
      pictures.map { "\(folder)/\($0),Redshouldered Brackle,train" } + [
        "\(birds)/images/\(other)/\(one),\(other.dropFirst(4).map { $0 == "_" ? " " : $0 }.map(String.init).joined()),train"
      ]
    try (["path,class,split"] + rows).joined(separator: "\n").write(
      toFile: table, atomically: true, encoding: .utf8)
    let told = home.transcript([
      "audit", birds, "--classifier", probe, "--retrain", "5", "--retrain-on", table, "-o",
      "\(home.home)/a.run",
    ])
    #expect(told.status == ExitStatus(code: 65))
    #expect(
      told.notes.contains(
        "some.csv: expected training pictures of each class of the classifier, found none of '"),
      "\(told.notes)")
  }
}

/// What is moved by an amount that is estimated from the pictures has a wider interval than how these
/// scatter says.
@Test func estimatedAmountsAreMovedFurtherAsWell() throws {
  try inTrainedWorld { home, birds, probe in
    func audit(_ name: String, _ more: [String]) throws -> [JSON.Member] {
      let done = home.transcript(
        [
          "audit", birds, "--classifier", probe, "--split", "all", "-n", "24", "--nuisance",
          "contrast", "-o", "\(home.home)/\(name).run", "--json",
        ] + more)
      #expect(done.status == .done, "\(done.notes)")
      return try changes(try json(done))
    }
    let (alone, again) = (try audit("alone", []), try audit("again", ["--retrain", "6"]))
    func width(_ members: [JSON.Member], _ low: String, _ high: String) throws -> Double {
      let contrast = try #require(members.first { $0.key == "contrast" }).value
      return try #require(contrast[high]?.number) - #require(contrast[low]?.number)
    }
    let narrow = try width(alone, "low", "high")
    let wide = try width(again, "low_over_pictures", "high_over_pictures")
    #expect(wide > narrow)
  }
}
