import Fieldmark
import Foundation
import Testing

private let shipped = ReferenceData.shipped("encoders")

private func view() throws -> View {
  let model = try Model(
    Fieldmark.Path(shipped.appendingPathComponent("vit").path), in: Caches(Environment([:])))
  let picture = try Picture(
    Fieldmark.Path(shipped.appendingPathComponent("pictures/wide.png").path))
  return View(try ImageEncoder(model), picture)
}

/// A target of the model's 24 numbers.
private func target(_ name: String, _ first: Float) -> Target {
  Target(name, [first] + (1..<24).map { Float($0 % 5) - 2 }, .cosine(scale: 10))
}

/// A method that gives the same whatever it is asked.
private func constant(_ values: [[Float]]) -> Method {
  Method("constant", "The same.", paper: "none") { view, _, _ in view.heatmap(Matrix(values)) }
}

@Test func aHighlightSaysWhatADrawingWouldNotTell() throws {
  let (view, question) = (try view(), Question(target("bird", 1)))
  func notes(_ values: [[Float]]) throws -> [String] {
    try Highlight(question, constant(values), view).notes
  }
  #expect(try notes([[1, 2], [-3, 0]]) == [])
  #expect(try notes([[-1, 0], [-3, 0]]) == ["the map is empty: nothing in it is above 0"])
  #expect(try notes([[2, 2], [2, 2]]) == ["the map is flat: it is 2.0 everywhere"])
}

@Test(arguments: [Float.nan, .infinity, -.infinity])
func mapsWithNumbersThatAreNoneAreRefused(_ stray: Float) throws {
  let view = try view()
  let error = #expect(throws: InputError.self) {
    try Highlight(Question(target("bird", 1)), constant([[0, stray]]), view)
  }
  #expect(
    error?.description
      == "map of 'bird' by constant: expected finite numbers from the model, found \(stray); "
      + "its weights may be damaged, or the weights or the strength may be too large for 32 bits.")
}

@Test func whatIsTheSameToTheModelIsNoted() {
  let question = Question(
    target("bird", 1), against: [target("Bird", 1), target("cat", 2)], notes: ["first"])
  let asked = question.asked { _ in 0 }
  #expect(asked.against == ["Bird", "cat"])
  #expect(
    asked.notes == [
      "first", "to the model 'bird' and 'Bird' are the same, so nothing tells them apart",
    ])
}

@Test func aQuestionsTargetIsTheContrast() throws {
  let view = try view()
  let embedding = view.embedding
  let (bird, cat, dog) = (target("bird", 1), target("cat", 3), target("dog", 7))
  func logit(_ target: Target) -> Float { target(embedding) }
  func score(_ question: Question) -> Float {
    question.asked { $0(embedding) }.contrast.target(embedding)
  }
  let mean = score(Question(bird, against: [cat, dog], strength: 0.5))
  #expect(abs(mean - (logit(bird) - 0.25 * (logit(cat) + logit(dog)))) < 1e-4)
  let softmax = Question(bird, against: [cat, dog], strength: 0.5, weighting: .softmax)
  let (c, d) = (exp(logit(cat)), exp(logit(dog)))
  let weighted = (c * logit(cat) + d * logit(dog)) / (c + d)
  #expect(abs(score(softmax) - (logit(bird) - 0.5 * weighted)) < 1e-4)
  #expect(score(Question(bird, against: [cat], strength: 0)) == logit(bird))
}

@Test(arguments: [Method.gradCAM, .layerCAM])
func manyQuestionsAtOnceGetTheAnswersOfEach(_ method: Method) throws {
  let view = try view()
  let (bird, cat, dog) = (target("bird", 1), target("cat", 3), target("dog", 7))
  let questions = [
    Question(bird), Question(cat, against: [bird, dog]),
    Question(dog, against: [bird, cat], weighting: .softmax),
  ]
  for (found, question) in zip(try Highlight.all(questions, method, view), questions) {
    let alone = try Highlight(question, method, view)
    #expect(found.question.concept.name == question.concept.name && found.score == alone.score)
    let size = alone.heatmap.values.elements.map(abs).max() ?? 0
    for (a, b) in zip(found.heatmap.values.elements, alone.heatmap.values.elements) {
      #expect(abs(a - b) <= 1e-5 * size)
    }
  }
}

@Test func theObjectHasAllThatIsNeededToAskAgain() throws {
  let view = try view()
  let question = Question(
    target("bird", 1), against: [target("cat", 3)], strength: 0.3, notes: ["of the question"])
  let highlight = try Highlight(question, constant([[0, 1.5, -2]]), view)
  let score = question.asked { $0(view.embedding) }.contrast.target(view.embedding)
  let conceptScore = question.concept(view.embedding)
  #expect(
    highlight.json(
      picture: "a/b.png",
      Provenance(model: "vit", notes: ["of the model"], [.init("precision", "fp32")])
    ).written() == """
      {"picture":"a/b.png","width":96,"height":64,"model":"vit","method":"constant","layer":2,\
      "concept":"bird","against":["cat"],"strength":0.3,"weighting":"mean",\
      "score":\(JSON(score).written()),"concept_score":\(JSON(conceptScore).written()),"grid":[1,3],"values":[0.0,1.5,-2.0],\
      "region":[16.0,0.0,64.0,64.0],"peak":[48.0,32.0],"notes":["of the question","of the model"],\
      "settings":{},"precision":"fp32"}
      """)
}
