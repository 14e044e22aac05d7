import Fieldmark
import Testing

@Test(
  arguments: [
    ("rise", #"{"masks":4000,"seed":0,"score":"logit"}"#),
    ("lime", #"{"masks":1000,"seed":0,"score":"logit"}"#),
    ("mask", #"{"iterations":300,"seed":0,"score":"logit"}"#), ("smoothgrad", #"{"seed":0}"#),
    // A seventh of the 48 pixels that the model sees, and half of that.
    ("occlusion", #"{"window":6,"step":3,"score":"logit"}"#),
    (
      "glas",
      #"{"points":15,"sigma-light":3.0,"sigma-shadow":3.0,"sigma-space":3.0,"score":"probability"}"#
    ),
    ("glas-light", #"{"points":15,"sigma-light":3.0,"sigma-space":3.0,"score":"probability"}"#),
    ("glas-shadow", #"{"points":15,"sigma-shadow":3.0,"sigma-space":3.0,"score":"probability"}"#),
    // 300, but no more than there are.
    ("gscore-cam", #"{"channels":32,"score":"logit"}"#), ("grad-cam", "{}"), ("rollout", "{}"),
  ])
func aMethodTellsWhatItTakesWhereNobodySetIt(_ name: String, _ told: String) throws {
  let method = try #require(Method(named: name))
  let encoder = try TinyModel(name: "vit").encoder()
  #expect(JSON.object(try method.settings(.init(), encoder, block: 2)).written() == told)
}

@Test func whatIsSetIsToldAndWhatMeansNothingIsRefused() throws {
  let encoder = try TinyModel(name: "vit").encoder()
  func told(_ method: Method, _ settings: Method.Settings) throws -> String {
    JSON.object(try method.settings(settings, encoder, block: 0)).written()
  }
  let settings = Method.Settings(seed: UInt64(bitPattern: -3), score: .probability)
    .with(Method.masks, 7).with(Method.channels, 5).with(Method.window, 9)
    .with(Method.iterations, 2).with(Method.points, 4).with(Method.sigma, 0.5)
    .with(Method.sigmaSpace, 6)
  #expect(try told(.rise, settings) == #"{"masks":7,"seed":-3,"score":"probability"}"#)
  #expect(try told(.gScoreCAM, settings) == #"{"channels":5,"score":"probability"}"#)
  #expect(try told(.occlusion, settings) == #"{"window":9,"step":4,"score":"probability"}"#)
  #expect(
    try told(.glas, settings)
      == #"{"points":4,"sigma-light":0.5,"sigma-shadow":0.5,"sigma-space":6.0,"score":"probability"}"#
  )
  #expect(throws: InputError.self) { try told(.rise, Method.Settings().with(Method.masks, 0)) }
  #expect(throws: InputError.self) { try told(.glas, Method.Settings().with(Method.sigma, -1)) }
  #expect(throws: InputError.self) { try told(.glas, Method.Settings().with(Method.sigmaLight, 0)) }
}

@Test func everySettingIsListedOnceWithTheMethodsThatTakeIt() throws {
  let settings = Method.settings
  #expect(Set(settings.map(\.setting.name)).count == settings.count)
  let masks = try #require(settings.first { $0.setting.name == "masks" })
  #expect(masks.takenBy.map { "\($0.0.name) \($0.1.standard)" } == ["rise 4000", "lime 1000"])
  for method in Method.all {
    let told = try method.settings(.init(), try TinyModel(name: "vit").encoder(), block: 0)
    let listed = settings.filter { $0.takenBy.contains { $0.0.name == method.name } }
    #expect(Set(told.map(\.key)).isSubset(of: Set(listed.map(\.setting.name))))
  }
}
