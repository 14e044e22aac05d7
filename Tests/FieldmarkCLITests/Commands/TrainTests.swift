import Fieldmark
import FieldmarkCLI
import Foundation
import Parsing
import Testing

@Test func aHeadIsTrainedAndMethodsAreMeasuredWithIt() throws {
  try inWorld { home, birds in
    let probe = "\(home.home)/probe.safetensors"
    let words = ["train", birds, "-o", probe, "--with", "logistic", "--json"]
    let trained = home.transcript(words)
    #expect(trained.status == .done)
    let report = try JSON(parsing: Array(trained.results.utf8), place: "results")
    #expect(try #require(report["accuracy"]?.number) > 0.9)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: probe))
    // The second time no picture is looked at; the bytes are the same.
    _ = home.transcript(words)
    #expect(try Data(contentsOf: URL(fileURLWithPath: probe)) == bytes)

    let run = "\(home.home)/a.run"
    let ask = [
      "evaluate", birds, "--classifier", probe, "--references", "auto:1", "--methods", "grad-cam",
      "--measures", "energy,drop-5,sparseness", "-o", run, "--json",
    ]
    let some = home.transcript(ask + ["-n", "3"])
    #expect(some.status == .done)
    let all = home.transcript(ask)
    #expect(all.status == .done)
    // Three pictures first and then the others give what all at once do.
    let again = home.transcript(
      ask.map { $0 == run ? "\(home.home)/b.run" : $0 } + ["--threads", "1"])
    #expect(again.results == all.results)
    let table = try JSON(parsing: Array(all.results.utf8), place: "results")
    #expect(table["rows"]?.array?.count == 2 && table["failures"]?.array?.isEmpty == true)
    #expect(FileManager.default.fileExists(atPath: "\(home.home)/a.run.csv"))
    #expect(!FileManager.default.fileExists(atPath: run + "-journal"))

    let other = home.transcript(ask.map { $0 == "grad-cam" ? "layer-cam" : $0 })
    #expect(other.status == ExitStatus(code: 64))
    #expect(
      other.notes.hasSuffix(
        "a.run: expected a run with rows with {\"name\":\"layer-cam\"} as number 1 of 2, found rows with "
          + "{\"name\":\"grad-cam\"} as number 1 of 2 (2 differ); write a run with other "
          + "settings to another file.\n"))
  }
}

@Test func trainSaysWhatItCameTo() throws {
  try inWorld { home, birds in
    let words = ["train", birds, "--json", "-o", "\(home.home)/p.safetensors"]
    let whole = home.transcript(words + ["--with", "logistic"])
    #expect(!whole.notes.contains("converged"), "\(whole.notes)")
    #expect(whole.results.contains(#""converged":true,"steps":"#))
    let cut = home.transcript(words + ["--with", "logistic", "--epochs", "2", "--start", "torch"])
    #expect(cut.status == .done && cut.results.contains(#""converged":false,"steps":2}"#))
    #expect(
      cut.notes.hasPrefix(
        "--start does nothing with logistic, which finds the same classifier wherever it starts.\n")
    )
    #expect(
      cut.notes.contains("The training has not converged after 2 steps: the loss may still be "))
    // A start of random numbers is told of in the file, and makes another head.
    let adam = home.transcript(words + ["--epochs", "1", "--start", "torch"])
    #expect(!adam.notes.contains("--start") && !adam.results.contains("converged"))
    let path = Fieldmark.Path("\(home.home)/p.safetensors")
    let about = try #require(try Checkpoint(path).metadata["probe"])
    #expect(about.contains(#""start":"torch""#))
    let weights = try Checkpoint(path).tensor("weight").floats()
    _ = home.transcript(words + ["--epochs", "1", "--start", "torch", "--seed", "3"])
    #expect(try Checkpoint(path).tensor("weight").floats() != weights)
  }
}

@Test(
  arguments: [
    (["--rate", "0"], "option --rate: expected a number above 0, found 0.0."),
    (["--epochs", "0"], "option --epochs: expected at least 1, found 0."),
    (["--decay", "-1"], "option --decay: expected 0 or more, found -1.0."),
    (
      ["--with", "adams"],
      "option --with: expected one of adam, logistic, least-squares, found 'adams'; did you mean "
        + "'adam'?"
    ),
  ])
func wrongSettingsOfTrainingAreRefusedInASentence(_ words: [String], _ sentence: String) throws {
  try inWorld { home, birds in
    let transcript = home.transcript(["train", birds, "-o", "\(home.home)/p.safetensors"] + words)
    #expect(transcript.status == ExitStatus(code: 64))
    #expect(transcript.notes.split(separator: "\n").last.map(String.init) == sentence)
  }
}

@Test func aHeadOfOneClassIsNotTrained() throws {
  try inWorld { home, birds in
    let table = "\(home.home)/one.csv"
    let picture = "\(birds)/images/001.Redshouldered_Brackle/Redshouldered_Brackle_0001_0.png"
    let rows = (0..<6).map { _ in "\(picture),wren" }
    try (["path,class"] + rows).joined(separator: "\n").write(
      toFile: table, atomically: true, encoding: .utf8)
    let transcript = home.transcript(["train", table, "-o", "\(home.home)/p.safetensors"])
    #expect(transcript.status == ExitStatus(code: 65))
    #expect(
      transcript.notes
        == "HOME/one.csv: expected pictures of at least two classes, which a classifier is to tell apart, "
        + "found 6 pictures of one class, 'wren'.\n")
  }
}
