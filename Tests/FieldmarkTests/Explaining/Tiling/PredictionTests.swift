import Fieldmark
import Testing

@Test func theLikeliestClassComesFirstAndOfEqualOnesTheFirst() {
  let prediction = Prediction(Matrix([[0, 2, -1, 2]]))
  #expect(prediction.order == [1, 3, 0, 2] && prediction.best == 1)
  // exp(0), exp(2), exp(-1) and exp(2) by their sum, 16.146.
  #expect(abs(prediction.probabilities[1] - 0.45764) < 1e-4)
  #expect(abs(prediction.probabilities.reduce(0, +) - 1) < 1e-6)
}

@Test func aHeadPredictsTheClassThatScoresMost() throws {
  try SmallEvaluation.run { small in
    for number in [0, 1, 7] {
      let view = View(small.encoder, try small.dataset.examples[number].picture())
      let prediction = small.classifier.prediction(of: Tiles(view))
      let scores = small.classifier.targets.map { $0(view.embedding) }
      #expect(prediction.best == scores.indices.max { scores[$0] < scores[$1] })
      #expect(zip(prediction.logits.elements, scores).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }
}
