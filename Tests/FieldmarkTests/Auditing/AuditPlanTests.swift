import Fieldmark
import Testing

/// What version 0.1.0 wrote of `audit birds --seed 4 --template "a photo of {}" --against weights`, but
/// for the names of three hundred attributes.
private let written = #"""
  {"command":"audit","model":"demo","weights":"240c709d","pool":"class","layer":4,"preprocessing":{"size":[224,224],"fit":"crop","shortest":224},"positions":"open_clip","precision":"fp32","dataset":"aviary: 30 pictures of 3 classes","pictures":"731fe3d3","split":"test","classifier":"590445d9","method":"grad-cam","seed":4,"method settings":{},"look-alike":"weights","strength":1.0,"references":2,"compare":"rival","attribute strength":0.6,"traits":3,"least":10.0,"local":true,"one per part":false,"normalise":false,"text_weights":"d0816373","normalizer":"openai","thing":"bird","sentences":["a photo of {}"],"classes":["Redshouldered Brackle","Lemon Thornet"],"attributes":["has_bill_shape::dagger"],"phrases":["dagger-shaped bill"],"bases":["bird bill"],"percentages":"d468687b","shard":"1/1"}
  """#

private func settings() throws -> RunSettings {
  RunSettings(try #require(JSON(parsing: Array(written.utf8), place: "settings").members))
}

@Test func anAuditsPlanOfVersion01IsReadAndWrittenBackAsItStands() throws {
  let plan = try AuditPlan(settings(), of: "a.run")
  #expect(JSON.object(plan.settings.members).written() == written)
  #expect(try plan.settings == settings())
  #expect(plan.method?.name == "grad-cam" && plan.seed == 4 && plan.lookAlike == "weights")
  #expect(plan.strength == 1 && plan.references == 2 && plan.base == .rival)
  #expect(plan.attributeStrength == 0.6 && plan.choice == AttributeChoice())
  #expect(plan.texts.normalizer == "openai" && plan.texts.sentences == ["a photo of {}"])
  #expect(plan.classes[1] == "Lemon Thornet" && plan.phrases == ["dagger-shaped bill"])
  #expect(plan.inputs.split == .test && plan.part == .whole)
  #expect(plan.nuisances == nil, "that version compared maps only")
}

@Test func whatIsChangedIsAPartOfThePlan() throws {
  let quick = try AuditPlan(settings(), of: "a.run")
  for nuisances in [[], Nuisance.all.map(\.name), ["my own"]] {
    var plan = quick
    plan.nuisances = nuisances
    let again = try AuditPlan(plan.settings, of: "a.run")
    #expect(again == plan && again.nuisances == nuisances)
  }
  var plan = quick
  plan.nuisances = ["background", "mirror"]
  #expect(
    JSON.object(plan.settings.members).written()
      == written.replacing(
        #""normalise":false,"#, with: #""normalise":false,"nuisances":["background","mirror"],"#))
  #expect(!quick.differences(from: plan).isEmpty, "a quick run is not continued with changes")
}

@Test(
  arguments: [
    (
      "method", "grad-cham",
      "a.run, its method: expected a method, found 'grad-cham'; another version of Fieldmark may have "
        + "written it."
    ),
    ("strength", "much", "a.run, its strength: expected a number, found 'much'."),
    ("local", 1, "a.run, its local: expected true or false, found 1."),
    ("nuisances", 7, "a.run, its nuisances: expected names, found 7."),
    ("classes", ["wren", 7], #"a.run, its classes: expected names, found ["wren",7]."#),
    (
      "compare", "nothing",
      "a.run, its compare: expected one of rival, part, thing, found 'nothing'; another version of "
        + "Fieldmark may have written it."
    ),
  ] as [(String, JSON, String)])
func aDamagedOrUnknownSettingOfAnAuditIsOneSentence(
  _ name: String, _ value: JSON, _ sentence: String
) throws {
  let members =
    try settings().members.filter { $0.key != name } + [JSON.Member(name, value)]
  let error = #expect(throws: InputError.self) {
    try AuditPlan(RunSettings(members), of: "a.run")
  }
  #expect(error?.description == sentence)
}

@Test func auditsPlansDifferFieldByField() throws {
  let own = try AuditPlan(settings(), of: "a.run")
  var other = own
  other.choice.count = 5
  other.classes[0] = "Wren"
  #expect(
    own.differences(from: other).map(\.found) == [
      "traits 5", #"classes with "Wren" as number 1 of 2"#,
    ])
}
