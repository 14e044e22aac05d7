import Fieldmark
import FieldmarkCLI
import Parsing
import Testing

private let vit = ModelsFixture.shipped("encoders/vit")
private let pictures = ModelsFixture.shipped("encoders/pictures")
private let wide = "\(pictures)/wide.png"

/// The only one that was printed.
private func object(_ transcript: Transcript) throws -> JSON {
  try JSON(parsing: Array(transcript.results.utf8), place: "results")
}

/// 96 x 64 pixels become 80 x 48: three tiles of 3 x 3 patches.
@Test func aPictureInTilesIsMappedFromEdgeToEdge() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "-c", "bird", "--json"]
    let transcript = home.transcript(words + ["--fit", "tiles"])
    #expect(transcript.notes == "" && transcript.status == .done)
    let found = try object(transcript)
    #expect(found["tiles"] == 3 && found["grid"] == [3, 5])
    #expect(found["region"]?.written() == "[0.0,0.0,96.0,64.0]")
    let square = [
      "highlight", "\(pictures)/square.png", "-m", vit, "-c", "bird", "--json", "--fit",
    ]
    let tiled = try object(home.transcript(square + ["tiles"]))
    let cropped = try object(home.transcript(square + ["crop"]))
    #expect(tiled["values"] == cropped["values"] && tiled["values"]?.array?.count == 9)
    #expect(tiled["score"] == cropped["score"])
  }
}

/// 96 x 64 pixels in patches of 16 keep their size; 63 rows of another are stretched by one.
@Test func aPictureAtItsOwnSizeIsMappedFromEdgeToEdge() throws {
  try ModelsFixture.run { home in
    let words = ["highlight", wide, "-m", vit, "-c", "bird", "--json", "--resolution"]
    let native = try object(home.transcript(words + ["native"]))
    let same = try object(home.transcript(words + ["96x64", "--fit", "squash"]))
    #expect(native["grid"] == [4, 6] && native["region"]?.written() == "[0.0,0.0,96.0,64.0]")
    #expect(native["values"] == same["values"] && native["score"] == same["score"])
    #expect(native["fit"]?.string == "native" && native["resolution"]?.string == "native")
    for command in [["embed"], ["classify", "-c", "bird"]] {
      let more = [wide, "-m", vit, "--json", "--resolution"]
      let own = home.transcript(command + more + ["native"])
      #expect(own.status == .done && own.notes == "")
      #expect(own == home.transcript(command + more + ["96x64", "--fit", "squash"]))
    }
    #expect(
      home.transcript(words + ["native", "--fit", "pad"]).notes
        == "option --fit: expected to be used without --resolution native, found both; at its "
        + "native size the whole picture is seen, in its own shape.\n")
  }
}

@Test func methodsAreMeasuredOnPicturesAtTheirOwnSizes() throws {
  try inTrainedWorld { home, birds, _ in
    let probe = "\(home.home)/native.safetensors"
    let native = ["--resolution", "native"]
    let trained = home.transcript(
      ["train", birds, "-o", probe, "--with", "least-squares"] + native)
    #expect(trained.status == .done, "\(trained.notes)")
    let evaluated = home.transcript(
      [
        "evaluate", birds, "--classifier", probe, "-n", "3", "--references", "auto:1", "--methods",
        "grad-cam,rollout", "--measures", "rd-5,energy,max-sensitivity", "-o",
        "HOME/a.run",
      ] + native)
    #expect(evaluated.status == .done, "\(evaluated.notes)")
    // A head that was trained otherwise is told of.
    let other = home.transcript(["classify", birds, "--classifier", probe])
    #expect(
      other.notes.contains("size 224 x 224 instead of native, fit crop instead of native"),
      "\(other.notes)")
    let audited = home.transcript(
      ["audit", birds, "--classifier", probe, "-o", "HOME/b.run"] + native)
    #expect(
      audited.notes.hasSuffix(
        "option --resolution: expected one size for all pictures, found native; an audit compares the "
          + "maps of several pictures with each other.\n"), "\(audited.notes)")
  }
}

@Test func classifyTakesTheMeanOfTilesAndEmbedRefusesThem() throws {
  try ModelsFixture.run { home in
    let tiled = ["-m", vit, "--fit", "tiles"]
    let classified = home.transcript(["classify", wide, "-c", "bird", "--json"] + tiled)
    let found = try object(classified)
    let mapped = home.transcript(["highlight", wide, "-c", "bird", "--json"] + tiled)
    guard case .array(let logits)? = found["logits"], case .number(let logit)? = logits.first
    else { return #expect(Bool(false), "\(classified.results)") }
    let score = try #require(try object(mapped)["score"]?.number)
    #expect(abs(logit - score) < 1e-4)
    #expect(
      home.transcript(["embed", wide] + tiled).notes
        == "option --fit: expected crop, squash or pad for an embedding, found tiles; only "
        + "highlight, compare and classify look at tiles.\n")
    let sheet = ["compare", wide, "-c", "bird", "-a", "red epaulets", "--json"]
    #expect(home.transcript(sheet + tiled).results.contains("\"tiles\":3"))
  }
}
