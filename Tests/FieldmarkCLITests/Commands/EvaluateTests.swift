import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

@Test func partsOfARunJoinedGiveTheTableOfTheWhole() throws {
  try inTrainedWorld { home, birds, probe in
    func evaluate(_ name: String, _ more: [String] = []) -> Transcript {
      home.transcript(
        [
          "evaluate", birds, "--classifier", probe, "--measures", "energy,max-box-acc,consistency",
          "-n", "9", "-o", "\(home.home)/\(name).run", "--json",
        ] + more)
    }
    let whole = evaluate("whole")
    #expect(whole.status == .done)
    #expect(
      whole.notes.contains("A class is compared with 2 others instead of 3: there are no more.\n"))
    for part in 1...2 { #expect(evaluate("\(part)", ["--shard", "\(part)/2"]).status == .done) }
    let runs = ["\(home.home)/1.run", "\(home.home)/2.run"]
    let one = home.transcript(["merge", runs[0], "-o", "\(home.home)/one.run", "--json"])
    #expect(one.status == .someFailed)
    #expect(one.notes.hasPrefix("Missing: 1 of 2 parts: 2/2.\n"))
    let both = home.transcript(["merge"] + runs + ["-o", "\(home.home)/both.run", "--json"])
    #expect(both.status == .done)
    #expect(both.results == whole.results)
    // What the joined run lacks, the same words without --shard do.
    #expect(evaluate("one").results == whole.results)
    let page = try String(contentsOfFile: "\(home.home)/one.run.html", encoding: .utf8)
    #expect(page.contains("<h2>Pictures on which two methods differ most</h2>"))
  }
}

@Test(arguments: ["evaluate", "audit"])
func aDatasetOfOneClassIsRefused(_ command: String) throws {
  try inTrainedWorld { home, birds, probe in
    let table = "\(home.home)/one.csv"
    try "path,class\na.png,wren\nb.png,wren\n".write(
      toFile: table, atomically: true, encoding: .utf8)
    let transcript = home.transcript(
      [command, table, "--classifier", probe, "-o", "\(home.home)/a.run"])
    #expect(transcript.status == ExitStatus(code: 65))
    #expect(
      transcript.notes.hasSuffix(
        "HOME/one.csv: expected pictures of at least two classes, which a classifier is to tell apart, found one "
          + "class, 'wren'.\n"))
  }
}

@Test func aTableOfAPaperSaysWhatItLacks() throws {
  try inTrainedWorld { home, birds, probe in
    let words = [
      "evaluate", birds, "--classifier", probe, "--table", "diffcam-2", "-n", "1", "-o",
      "\(home.home)/a.run",
    ]
    let transcript = home.transcript(words)
    #expect(transcript.status == .done)
    #expect(
      transcript.notes.contains(
        "Not in this table: Goyal et al. exchange parts of two pictures, and CounteRGAN draws pictures: "
          + "neither is a map.\n"))
    #expect(transcript.results.contains("| galore, random class |"))
    let refused = home.transcript(words + ["--strengths", "1"])
    #expect(refused.status == ExitStatus(code: 64))
    #expect(
      refused.notes.hasSuffix(
        "option --strengths: expected to be used without --table diffcam-2, found both; the table's rows are "
          + "those of the paper; --measures may be given.\n"))
  }
}

/// All three tables of a paper compare with the same classes, and with others where that is asked for.
@Test func tablesOfFinerCAMTakeOtherReferencesWeightingsAndStrengths() throws {
  try inTrainedWorld { home, birds, probe in
    func rows(_ words: [String]) throws -> [String] {
      let words =
        ["evaluate", birds, "--classifier", probe, "--measures", "energy", "-n", "1", "--force"]
        + ["--json", "-o", "\(home.home)/\(words.joined()).run", "--table"] + words
      let transcript = home.transcript(words)
      #expect(transcript.status == .done, "\(transcript.notes)")
      let table = try JSON(parsing: Array(transcript.results.utf8), place: "results")
      return (table["rows"]?.array ?? []).compactMap { $0["method"]?.string }
    }
    let others = try rows(["finer-2", "--references", "auto:2", "--strengths", "0,1"])
    #expect(
      others == [
        "grad-cam, none", "grad-cam, 1st most similar, strength 1.0",
        "grad-cam, 2nd most similar, strength 1.0", "grad-cam, aggregated, strength 1.0",
      ])
    let predictions = try rows([
      "finer-2", "--references", "auto:2:predictions", "--weighting", "softmax",
    ])
    #expect(
      predictions == [
        "grad-cam, none", "grad-cam, 2nd prediction", "grad-cam, 3rd prediction",
        "grad-cam, aggregated",
      ])
    let ways = try rows(["finer-3", "--references", "auto:2:logits", "--weighting", "softmax"])
    #expect(
      ways == [
        "grad-cam + finer 0.6, max before ReLU", "grad-cam + finer 0.6, mean before ReLU",
        "grad-cam + finer 0.6, mean after ReLU", "grad-cam + finer 0.6, softmax",
      ])
    let methods = try rows(["finer-1", "--references", "auto:1", "--strengths", "0.8"])
    #expect(
      methods == [
        "grad-cam + finer 0.8", "layer-cam + finer 0.8", "score-cam + finer 0.8",
      ])
    let refused = home.transcript([
      "evaluate", birds, "--classifier", probe, "--table", "finer-1", "--methods", "gem",
    ])
    #expect(
      refused.notes.hasSuffix(
        "option --methods: expected to be used without --table finer-1, found both; the table's rows are "
          + "those of the paper; --measures may be given.\n"))
  }
}

@Test(
  arguments: [
    (
      ["--measures", "energi"],
      "option --measures: expected a measure, or several with commas between, found 'energi'; did you "
        + "mean 'energy'?"
    ),
    (["--deletion-step", "0"], "option --deletion-step: expected at least 1, found 0."),
    (["--strengths", "0,0.6,0.60"], "option --strengths: expected each once, found 0.6 twice."),
    (["--methods", "glas,glas"], "option --methods: expected each once, found glas twice."),
    (["--limit", "0"], "option --limit: expected at least 1, found 0."),
    (
      ["--layer", "9"],
      "option --layer: expected a block of the model, 0 to 4, or -1 to -5 from the end, found 9."
    ),
    (
      ["--references", "auto:3"],
      "option --references: expected at most the 2 other classes, found 3."
    ),
    (
      ["--table", "finer-9"],
      "option --table: expected one of finer-1, finer-2, finer-3, diffcam-1, diffcam-2, glas-1, glas-2, "
        + "sfam-1, sfam-2, found 'finer-9'; did you mean 'finer-1'?"
    ),
  ])
func wrongWordsOfAnEvaluationAreRefusedInASentence(_ words: [String], _ sentence: String) throws {
  try inTrainedWorld { home, birds, probe in
    let transcript = home.transcript(
      ["evaluate", birds, "--classifier", probe, "-o", "\(home.home)/a.run"] + words)
    #expect(transcript.status == ExitStatus(code: 64))
    #expect(transcript.notes.split(separator: "\n").last.map(String.init) == sentence)
  }
}

@Test func everyMeasureAndTableIsListedWithItsCard() throws {
  let program = Program.fieldmark
  let listed = program.transcript(["measures"])
  #expect(listed.status == .done)
  for measure in Measure.all { #expect(listed.results.contains("  \(measure.name) ")) }
  for table in PaperTable.all { #expect(listed.results.contains("  \(table.name) ")) }
  let lines = program.transcript(["measures", "--json"]).results.split(separator: "\n")
  #expect(lines.count == Measure.all.count + PaperTable.all.count)
  let deletion = try #require(lines.first { $0.hasPrefix(#"{"measure":"deletion""#) })
  let card = try JSON(parsing: Array(deletion.utf8), place: "a line")["card"]
  #expect(card?["fill"]?.string == "zero" && card?["pixels_a_step"]?.integer == 224)
}
