import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

private func text(_ path: String) throws -> String {
  try String(contentsOfFile: path, encoding: .utf8)
}

@Test func anAuditGoesOnWhereItWasAndItsPartsJoin() throws {
  try inTrainedWorld { home, birds, probe in
    func audit(_ name: String, _ more: [String] = []) -> Transcript {
      home.transcript(
        [
          "audit", birds, "--classifier", probe, "-n", "6", "-o", "\(home.home)/\(name).run",
          "--json",
        ]
          + more)
    }
    let whole = audit("whole")
    #expect(whole.status == .done)
    #expect(audit("whole").results == whole.results)
    for part in 1...2 { #expect(audit("\(part)", ["--shard", "\(part)/2"]).status == .done) }
    let both = home.transcript(
      [
        "merge", "\(home.home)/1.run", "\(home.home)/2.run", "-o", "\(home.home)/both.run",
        "--json",
      ])
    #expect(both.results == whole.results)
    let lines = try text("\(home.home)/whole.run.jsonl").split(separator: "\n")
    #expect(
      lines.count == 6
        && lines.allSatisfy { $0.hasPrefix("{\"fieldmark\":\"\(fieldmarkVersion)\",\"picture\":") })
    #expect(
      try text("\(home.home)/whole.run.csv").hasPrefix(
        "class,look_alike,verdict,also_by,pictures,right,words_auc,"))
    let other = audit("whole", ["--compare", "thing"])
    #expect(other.status == ExitStatus(code: 64))
    #expect(
      other.notes.hasSuffix(
        "expected a run with compare \"thing\", found compare \"rival\"; "
          + "write a run with other settings to another file.\n"))
  }
}

@Test func aJoinedRunSaysWhatIsMissingAndDrawsItsPictures() throws {
  try inTrainedWorld { home, birds, probe in
    let run = "\(home.home)/1.run"
    let all = "\(home.home)/all.run"
    let words = [
      "audit", birds, "--classifier", probe, "--split", "all", "--shard", "1/10", "-o", run,
    ]
    #expect(home.transcript(words).status == .done)
    let merged = home.transcript(["merge", run, "-o", all])
    #expect(merged.status == .someFailed)
    let parts = (2...10).map { "\($0)/10" }.joined(separator: ", ")
    let sentence =
      "This run is unfinished: it has 3 pictures, without parts \(parts), and every number here is of "
      + "these alone."
    #expect(merged.results.contains("\n\n\(sentence)\n\n"))
    #expect(
      try text("\(home.home)/all.run.csv").contains(",\"3 pictures, without parts \(parts)\"\n"))
    let report = home.transcript(["report", all])
    #expect(report.status == .done && report.notes == sentence + "\n")
    let page = try text("\(home.home)/all.run.html")
    #expect(page.contains("</h1><p>\(sentence) None of 2 pairs of classes can be judged"))
    #expect(page.contains("data:image/png;base64,"))

    // The same pictures in another place are the same dataset.
    try FileManager.default.copyItem(atPath: birds, toPath: birds + "-copy")
    let second = "\(home.home)/2.run"
    let others = words.map {
      [birds: birds + "-copy", "1/10": "2/10", run: second][$0] ?? $0
    }
    #expect(home.transcript(others).status == .done)
    let both = home.transcript(["merge", run, second, "-o", "\(home.home)/both.run"])
    #expect(
      both.notes.contains(
        "The runs' pictures lay in different places: 'HOME/birds', 'HOME/birds-copy'. Pages of the joined "
          + "run look for them in the first.\n"))
  }
}

@Test func whatATableIsTakenForIsSaid() throws {
  try inTrainedWorld { home, birds, probe in
    let table = "\(home.home)/table.csv"
    try
      "Species;red wings;yellow head\nRedshouldered Brackle;yes;no\nLemon Thornet;no;yes\nLeafgreen Thornet;;\n"
      .write(toFile: table, atomically: true, encoding: .utf8)
    let told = home.transcript(
      [
        "audit", birds, "--classifier", probe, "--attributes", table, "-n", "1", "-o",
        "\(home.home)/a.run",
      ])
    #expect(told.status == .done)
    #expect(told.notes.contains("HOME/table.csv: yes and no are taken for 100 and 0 percent.\n"))
  }
}

@Test func aRunsPageNeedsNoOtherFileAndSaysWhereItsPicturesAreGone() throws {
  try inTrainedWorld { home, birds, probe in
    let run = "\(home.home)/a.run"
    let words = ["audit", birds, "--classifier", probe, "-n", "3", "-o", run]
    #expect(home.transcript(words).status == .done)
    let report = home.transcript(["report", run])
    #expect(report.status == .done && report.results == "HOME/a.run.html\n")
    let page = try text("\(home.home)/a.run.html")
    #expect(page.contains("data:image/png;base64,") && page.contains("In short"))
    #expect(!page.contains("http://") && !page.contains("src=\"/"))
    try FileManager.default.moveItem(atPath: birds, toPath: birds + "-moved")
    let moved = home.transcript(["report", run, "-o", "\(home.home)/b.html"])
    #expect(moved.status == .done && moved.notes.contains("Name the dataset with --dataset"))
    #expect(!(try text("\(home.home)/b.html")).contains("data:image/png;base64,"))
    let told = home.transcript(
      ["report", run, "-o", "\(home.home)/c.html", "--dataset", birds + "-moved"])
    #expect(told.status == .done)
    #expect(try text("\(home.home)/c.html") == page)
  }
}

@Test func onePictureIsAuditedByWhatTheHeadWasTold() throws {
  try inTrainedWorld { home, birds, probe in
    let picture = "\(birds)/images/001.Redshouldered_Brackle/Redshouldered_Brackle_0001_0.png"
    func audit(_ more: [String]) -> Transcript {
      home.transcript(
        ["audit", "--picture", picture, "--classifier", probe, "-o", "\(home.home)/one.run"] + more)
    }
    let told = audit(["--class", "Redshouldered Brackle", "--against", "Lemon Thornet"])
    #expect(told.status == .done)
    #expect(
      told.results.contains(
        "Redshouldered_Brackle_0001_0.png: Redshouldered Brackle against Lemon Thornet, taken for ")
    )
    #expect(home.transcript(["report", "\(home.home)/one.run"]).status == .done)
    #expect(
      audit([]).notes.hasSuffix(
        "option --class: expected what the picture is of, found nothing.\n"))
    #expect(
      audit(["--class", "Lemon Thornet", "--against", "lemon thornet"]).notes.hasSuffix(
        "option --against: expected another class than --class, found 'Lemon Thornet' for both.\n"))
    #expect(
      audit(["--class", "Lemon Thornt"]).notes.hasSuffix(
        "expected one of its 3 classes, found 'Lemon Thornt'; did you mean 'Lemon Thornet'?\n"))
  }
}

@Test func aTableTooSmallToHoldTraitsAgainstIsSaidToBe() throws {
  try inTrainedWorld { home, birds, probe in
    let table = "\(home.home)/table.csv"
    try
      "class,red wings,yellow head\nRedshouldered_Brackle,90,0\nLemon Thornet,0,80\nleafgreen thornet,,20\n"
      .write(toFile: table, atomically: true, encoding: .utf8)
    let told = home.transcript(
      [
        "audit", birds, "--classifier", probe, "--attributes", table, "-n", "6", "-o",
        "\(home.home)/a.run",
      ])
    #expect(told.status == .done)
    #expect(told.results.contains("\nNone of 2 pairs of classes can be judged on 6 pictures.\n"))
  }
}

@Test(
  arguments: [
    (["--traits", "0"], "option --traits: expected 1 to 20, found 0."),
    (["--least", "101"], "option --least: expected points from 0 to 100, found 101.0."),
    (["--references", "3"], "option --references: expected 1 to the 2 other classes, found 3."),
    (["--limit", "0"], "option --limit: expected at least 1, found 0."),
    (["--retrain", "4"], "option --retrain: expected 5 to 1000, found 4."),
    (["--retrain-on", "a"], "option --retrain-on: expected --retrain as well, found none."),
    (["--replica", "a"], "option --replica: expected at least 5 of them, found 1."),
    (
      ["--replica", "a", "--retrain", "5"],
      "option --replica: expected not together with --retrain, found both."
    ),
    (
      ["--retrain", "5", "--quick"],
      "option --retrain: expected not together with --quick, found both; only intervals of what changes the "
        + "decision are widened."
    ),
    (["--picture", "a.png"], "fieldmark audit: expected a dataset or --picture, found both."),
    (["--calibrate", "0"], "option --calibrate: expected at least 1 pair of classes, found 0."),
    (
      ["--calibrate", "2", "--quick"],
      "option --calibrate: expected not together with --quick, found both."
    ),
    (
      ["--calibrate", "2", "--picture", "a.png"],
      "option --calibrate: expected a dataset, found a single picture."
    ),
    (
      ["--calibrate", "9"],
      "a calibration: expected at most 2 pairs of classes, as many as look alike and have 6 pictures of each, "
        + "found 9."
    ),
  ])
func whatAnAuditCannotDoIsSaid(_ words: [String], _ message: String) throws {
  try inTrainedWorld { home, birds, probe in
    let transcript = home.transcript(
      ["audit", birds, "--classifier", probe, "-o", "\(home.home)/a.run"] + words)
    #expect(transcript.status == ExitStatus(code: 64))
    #expect(transcript.notes.hasSuffix(message + "\n"), "\(transcript.notes)")
  }
}

@Test func aCalibrationLiesBesideItsRunAndIsKept() throws {
  try inTrainedWorld { home, birds, probe in
    let run = "\(home.home)/a.run"
    let words = [
      "audit", birds, "--classifier", probe, "--calibrate", "1", "--nuisance", "color", "-n", "1",
      "-o", run,
    ]
    let first = home.transcript(words)
    #expect(first.status == .done)
    #expect(first.results.contains("HOME/a.run.calibration.json\n"))
    #expect(
      first.results.contains("\nHow small a reliance could be found here: marks were planted in "))
    #expect(
      first.results.contains(
        "  text: left out, because this audit does not change what would show it\n"))
    #expect(
      first.notes.contains(
        "The calibration plants marks in 20 pictures of 1 pair of classes and takes up to "))
    let kept = try text(run + ".calibration.json")
    #expect(home.transcript(["report", run]).status == .done)
    #expect(try text(run + ".html").contains("How small a reliance could be found here"))

    let again = home.transcript(words + ["--json"])
    #expect(
      again.notes.contains(
        "HOME/a.run.calibration.json: the calibration of the same model, pictures and settings is kept.\n"
      ))
    #expect(again.results.contains("\"calibration\":{\"subject\":\""))
    #expect(!again.results.contains("data:image"))
    #expect(try text(run + ".calibration.json") == kept)

    // Somebody else's file is not written over, and that of another run is not shown.
    try kept.replacing("\"subject\": \"", with: "\"subject\": \"0")
      .write(toFile: run + ".calibration.json", atomically: true, encoding: .utf8)
    let other = home.transcript(["report", run])
    #expect(
      other.notes
        == "HOME/a.run.calibration.json: expected the calibration of this run, found one of another model, "
        + "other pictures or other settings. The page leaves it out.\n")
    try "{}".write(toFile: run + ".calibration.json", atomically: true, encoding: .utf8)
    #expect(
      home.transcript(words).notes
        == "HOME/a.run.calibration.json: expected no file, or a JSON file that Fieldmark made, found one that "
        + "Fieldmark did not make; give another name with --out, or --force to write over it.\n")
  }
}
