import Fieldmark
import Testing

/// What version 0.1.0 wrote of `evaluate birds --methods grad-cam,gscore-cam --channels 2 --strengths
/// 0,0.6,1 --references auto:2 --measures energy,deletion --fill noise --seed 4 --deletion-step 2000`.
private let ofMethods = #"""
  {"command":"evaluate","model":"demo","weights":"240c709d","pool":"class","layer":4,"preprocessing":{"size":[224,224],"fit":"crop","shortest":224,"filter":"bicubic","transparency":"dropped after resizing","mean":[0.48145467,0.4578275,0.40821072],"deviation":[0.26862955,0.2613026,0.2757771]},"positions":"open_clip","precision":"fp32","dataset":"aviary: 30 pictures of 3 classes","pictures":"731fe3d3","split":"test","classifier":"590445d9","table":"none","rows":[{"name":"grad-cam"},{"name":"grad-cam + finer 0.6","against":"grad-cam"},{"name":"grad-cam + finer 1.0","against":"grad-cam"},{"name":"gscore-cam"},{"name":"gscore-cam + finer 0.6","against":"gscore-cam"},{"name":"gscore-cam + finer 1.0","against":"gscore-cam"}],"references":"auto:2","weighting":"mean","rival":"directions","measures":["energy","deletion"],"truth":"any","score":"probability","fill":"noise, seed 4","pixels_a_step":2000,"seed":4,"method settings":{"gscore-cam":{"channels":2,"score":"logit"}},"shard":"1/1"}
  """#

/// The same of `evaluate birds --table diffcam-2 --measures energy`, a table whose rows say themselves
/// how they compare.
private let ofTable = #"""
  {"command":"evaluate","model":"demo","weights":"240c709d","pool":"class","layer":4,"preprocessing":{"size":[224,224]},"positions":"open_clip","precision":"fp32","dataset":"aviary: 30 pictures of 3 classes","pictures":"731fe3d3","split":"test","classifier":"590445d9","table":"diffcam-2","rows":[{"name":"galore, random class"},{"name":"grad-cam + finer 0.6, random class"}],"measures":["energy"],"truth":"any","score":"probability","fill":"each measure's own","pixels_a_step":224,"seed":0,"method settings":{},"shard":"3/8"}
  """#

private func settings(_ text: String) throws -> RunSettings {
  RunSettings(try #require(JSON(parsing: Array(text.utf8), place: "settings").members))
}

private func asked(_ text: String) throws -> EvaluationPlan {
  try EvaluationPlan(settings(text), of: "birds.run")
}

@Test(arguments: [ofMethods, ofTable])
func aPlanOfVersion01IsReadAndWrittenBackAsItStands(_ text: String) throws {
  #expect(JSON.object(try asked(text).settings.members).written() == text)
  #expect(try asked(text).settings == settings(text))
}

@Test func aPlanHasWhatWasAskedAsValues() throws {
  let plan = try asked(ofMethods)
  #expect(plan.inputs.model == "demo" && plan.inputs.layer == 4 && plan.inputs.pool == .class)
  #expect(plan.inputs.positions?.name == "open_clip" && plan.inputs.precision == .fp32)
  #expect(plan.inputs.split == .test && plan.inputs.pictures == "731fe3d3")
  #expect(plan.table == nil && plan.references == ReferenceRule(2) && plan.rival == .directions)
  #expect(plan.weighting?.name == "mean" && plan.measures == ["energy", "deletion"])
  #expect(plan.truth == .any && plan.scale == .probability && plan.fill == .noise)
  #expect(plan.deletionStep == 2000 && plan.seed == 4 && plan.part == .whole)
  #expect(
    plan.rows.map(\.method) == Array(repeating: "grad-cam", count: 3)
      + Array(repeating: "gscore-cam", count: 3))
  #expect(plan.rows.map(\.strength) == [0, 0.6, 1, 0, 0.6, 1])
  let table = try asked(ofTable)
  #expect(table.table == "diffcam-2" && table.rows.map(\.strength) == [0, nil])
  #expect(table.part == RunPart(index: 3, of: 8) && table.fill == nil)
}

/// What a run has not was not asked then: older versions had fewer settings.
@Test func aPlanWithoutSettingsIsReadAsOneOfNothing() throws {
  let plan = try EvaluationPlan(RunSettings([]), of: "a.run")
  #expect(plan.rows.isEmpty && plan.measures.isEmpty && plan.seed == 0 && plan.rival == nil)
  #expect(plan.inputs == RunInputs())
}

@Test(
  arguments: [
    ("model", 7, "birds.run, its model: expected a text, found 7."),
    ("layer", "last", "birds.run, its layer: expected a whole number, found 'last'."),
    (
      "pool", "mode",
      "birds.run, its pool: expected one of class, mean, found 'mode'; another version of Fieldmark may "
        + "have written it."
    ),
    (
      "positions", "nearest",
      "birds.run, its positions: expected one of open_clip, huggingface, dinov2, bilinear, found "
        + "'nearest'; another version of Fieldmark may have written it."
    ),
    (
      "split", "some",
      "birds.run, its split: expected one of test, training, all, found 'some'; another version of "
        + "Fieldmark may have written it."
    ),
    (
      "rows", [["against": "grad-cam"]],
      #"birds.run, its rows: expected names, found [{"against":"grad-cam"}]."#
    ),
    ("measures", ["energy", 1], #"birds.run, its measures: expected names, found ["energy",1]."#),
    (
      "references", "auto:none",
      "birds.run, its references: expected a rule such as auto:3, found 'auto:none'; another version of "
        + "Fieldmark may have written it."
    ),
    ("table", 9, "birds.run, its table: expected a text, found 9."),
    (
      "truth", "sky",
      "birds.run, its truth: expected one of any, box, mask, parts, difference, found 'sky'; another "
        + "version of Fieldmark may have written it."
    ),
    (
      "fill", "blur, seed 3",
      "birds.run, its fill: expected each measure's own, or one of zero, mean, blur, noise, black, found "
        + "'blur, seed 3'; another version of Fieldmark may have written it."
    ),
    ("seed", 0.5, "birds.run, its seed: expected a whole number, found 0.5."),
    ("method settings", [], "birds.run, its method settings: expected an object, found []."),
    (
      "shard", "9/8",
      "birds.run, its shard: expected a part such as 3/8, the third of eight, found '9/8'."
    ),
  ] as [(String, JSON, String)])
func aDamagedOrUnknownSettingIsOneSentence(
  _ name: String, _ value: JSON, _ sentence: String
) throws {
  let members = try settings(ofMethods).members.map {
    $0.key == name ? JSON.Member(name, value) : $0
  }
  let error = #expect(throws: InputError.self) {
    try EvaluationPlan(RunSettings(members), of: "birds.run")
  }
  #expect(error?.description == sentence)
}

@Test func plansDifferFieldByField() throws {
  let own = try asked(ofMethods)
  var other = own
  #expect(own == other && own.differences(from: other).isEmpty)
  other.truth = .parts
  other.fill = nil
  other.deletionStep = 224
  let found = own.differences(from: other)
  #expect(own != other)
  #expect(
    found.map(\.expected) == [#"truth "any""#, #"fill "noise, seed 4""#, "pixels_a_step 2000"])
  #expect(
    found.map(\.found) == [#"truth "parts""#, #"fill "each measure's own""#, "pixels_a_step 224"])
}

@Test func aRunKeepsThePlanOfItsEvaluation() throws {
  try SmallEvaluation.run { small in
    try inTemporaryFolder { folder in
      let comparison = ClassComparison(references: ReferenceRule(2), strengths: [0, 0.6])
      let evaluation = Evaluation(
        small.context, [.method(.gradCAM, comparison)], [.energy, .deletion], truth: .box)
      let plan = try EvaluationPlan(
        RunInputs(), of: evaluation, comparison: comparison, fill: .black,
        part: RunPart(index: 2, of: 3))
      let run = try RunFile(folder / "a.run", plan)
      let read = try EvaluationPlan(run)
      #expect(read == plan && run.kind == .evaluate)
      #expect(read.rows == evaluation.rows && read.truth == .box && read.fill == .black)
      var other = plan
      other.seed = 9
      let error = #expect(throws: InputError.self) { try RunFile(folder / "a.run", other) }
      #expect(
        error?.description
          == "\(folder)/a.run: expected a run with seed 9, found seed 0; write a run with "
          + "other settings to another file.")
    }
  }
}

@Test func everyFillIsReadByItsName() throws {
  let preprocessing = Preprocessing.openAI(32)
  for choice in FillChoice.allCases {
    let name = choice.fill(seed: 7, preprocessing).name
    #expect(name == (choice == .noise ? "noise, seed 7" : choice.rawValue))
    #expect(FillChoice(written: name) == choice)
  }
  #expect(FillChoice(written: "") == nil && FillChoice(written: "zero, seed 1") == nil)
}
