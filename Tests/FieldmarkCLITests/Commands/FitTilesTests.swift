import Encoders
import FieldmarkCLI
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
        == "option --fit: expected crop, squash or pad for an embedding, found tiles; highlight, "
        + "compare and classify look at tiles.\n")
    let sheet = ["compare", wide, "-c", "bird", "-a", "red epaulets", "--json"]
    #expect(home.transcript(sheet + tiled).results.contains("\"tiles\":3"))
  }
}
