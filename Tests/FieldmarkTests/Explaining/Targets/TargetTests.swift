import Fieldmark
import Testing

private func linear(_ name: String, _ direction: [Float], bias: Float = 0) -> Target {
  Target(name, direction, .linear, bias: bias)
}

@Test func aContrastByHand() {
  let a = linear("a", [1, 0], bias: 1)
  let b = linear("b", [0, 1])
  let c = linear("c", [1, 1], bias: 2)
  let embedding = Matrix([[3, 5]])
  #expect(a(embedding) == 4 && c(embedding) == 10)
  let contrast = a.compared(with: [b, c], strength: 0.5)
  #expect(contrast(embedding) == 0.25, "4 - 0.5 x (5 + 10) / 2")
  #expect(contrast.scored(embedding).gradient == Matrix([[0.75, -0.5]]))
  #expect(contrast.name == "a against b, c")
  #expect(contrast.asOneDirection(embedding) == 0.25)
  #expect(contrast.asOneDirection.scored(embedding).gradient == Matrix([[0.75, -0.5]]))
  #expect(a.compared(with: [b], strength: 0)(embedding) == 4)
  #expect(a.compared(with: [], strength: 1)(embedding) == 4)
}

/// cos of (3, 4) with (1, 0) is 0.6, at any length.
@Test func cosinesAreScaled() {
  let a = Target("a", [2, 0], .cosine(scale: 10))
  #expect(abs(a(Matrix([[3, 4]])) - 6) < 1e-6)
  #expect(abs(a(Matrix([[30, 40]])) - 6) < 1e-6)
}

/// The gradient of every kind of target equals small steps.
@Test(arguments: [Target.Space.linear, .cosine(scale: 20)])
func gradientsEqualSmallSteps(_ space: Target.Space) {
  let model = TinyModel(name: "vit")
  let targets = model.targets(4, space, width: 6)
  let embedding = Matrix([[0.3, -0.7, 1.1, 0.2, -0.4, 0.9]])
  let contrast = targets[0].compared(with: Array(targets[1...]), strength: 0.6)
  let soft = targets[0].comparedBySoftmax(with: Array(targets[1...]), strength: 0.8)
  for target in [targets[1], contrast, soft, contrast + 0.5 * soft] {
    let gradient = target.scored(embedding).gradient
    for place in 0..<6 {
      var (up, down) = (embedding, embedding)
      up[0, place] += 1e-2
      down[0, place] -= 1e-2
      let step = (target(up) - target(down)) / 2e-2
      #expect(abs(step - gradient[0, place]) < 0.02 * max(1, abs(step)), "\(target.name)")
    }
  }
}

/// With one reference the softmax has nothing to weigh, however unlikely the reference is: the
/// official code turns the gradient's sign there.
@Test func aSoftmaxOverOneReferenceIsThePlainContrast() {
  let a = linear("a", [100, 0])
  let b = linear("b", [0, 1])
  let embedding = Matrix([[1, 1]])
  let soft = a.comparedBySoftmax(with: [b], strength: 0.6).scored(embedding)
  let plain = a.compared(with: [b], strength: 0.6).scored(embedding)
  #expect(soft.score == plain.score && soft.gradient == plain.gradient)
}

/// Reference logits 26, 24.5 and 23, strength 1: the nearest reference gets -1.084, the others
/// +0.021 and +0.063, as measured in the official code.
@Test func theSoftmaxContrastHasTheOfficialCodesSlopes() {
  let targets = [
    linear("y", [1, 0, 0, 0]), linear("a", [0, 1, 0, 0]), linear("b", [0, 0, 1, 0]),
    linear("c", [0, 0, 0, 1]),
  ]
  let soft = targets[0].comparedBySoftmax(with: Array(targets[1...]), strength: 1)
  let slopes = soft.scored(Matrix([[30, 26, 24.5, 23]])).gradient.elements
  for (slope, expected) in zip(slopes, [1, -1.084, 0.021, 0.063] as [Float]) {
    #expect(abs(slope - expected) < 1e-3)
  }
}

/// open_clip's logits, which have the model's own bias in them.
/// (`python3 References/make_encoders.py Tests/References/encoders`)
@Test func aPromptScoresItsLogitWithTheBiasOfTheModel() throws {
  let model = TinyModel(name: "extras")
  let words = try model.words()
  #expect(words.bias != 0)
  let prompts = ["red epaulets", "bird"]
  let logits = try model.expected("logits.wide")
  let embedding = try model.encoder()(model.picture())
  for (target, logit) in zip(try words.targets(prompts), [logits[0], logits[2]]) {
    #expect(abs(target(embedding) - logit) < 1e-5)
  }
}
